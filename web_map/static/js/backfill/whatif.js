/** What if: a pit closed, a volume, a mass or a pile's nature otherwise, another budget or aim. */

import { fill, h, select } from "../dom.js";
import { input } from "../office/fields.js";
import { number, t, term, wordsOf } from "../text.js";

const NATURES = ["CLASS_I", "CLASS_II", "CONSTRUCTION", "CLEAN_SOIL", "HAZARDOUS", "DOMESTIC", "RADIOACTIVE"];
const KINDS = {
  close: { title: () => t("backfill.if_kind.close"), said: (values) => t("backfill.if.close", values) },
  volume: { title: () => t("backfill.if_kind.volume"), said: (values) => t("backfill.if.volume", values), unit: () => t("backfill.if_unit.volume") },
  nature: { title: () => t("backfill.if_kind.nature"), said: (values) => t("backfill.if.nature", values), words: "WasteNature" },
  material: { title: () => t("backfill.if_kind.material"), said: (values) => t("backfill.if.material", values), words: "BackfillMaterial" },
  activity: { title: () => t("backfill.if_kind.activity"), said: (values) => t("backfill.if.activity", values), unit: () => t("backfill.if_unit.activity") },
  mass: { title: () => t("backfill.if_kind.mass"), said: (values) => t("backfill.if.mass", values), unit: () => t("backfill.if_unit.mass") },
};
const PIT_KINDS = ["close", "volume"];

/** The body of `what_if` that the suppositions come to. */
function bodyOf(list) {
  const body = { closed: [], volumes_m3: {}, masses_t: {}, reclassified: {} };
  for (const one of list) {
    if (one.kind === "close") body.closed.push(one.code);
    else if (one.kind === "volume") body.volumes_m3[one.code] = Number(one.value);
    else if (one.kind === "mass") body.masses_t[one.code] = Number(one.value);
    else {
      const field = { nature: "nature", material: "material", activity: "radioactivity_bq_g" }[one.kind];
      const said = one.kind === "activity" ? Number(one.value) : one.value;
      body.reclassified[one.code] = { ...body.reclassified[one.code], [field]: said };
    }
  }
  return body;
}

function said(one, names) {
  const { words, unit, said: say } = KINDS[one.kind];
  const value = words ? term(words, one.value) : unit ? number(Number(one.value), 2) : "";
  return say({ name: names.get(one.code), value });
}

/** The panel; `changed(wish)` is called with { aim, budget_yuan, what_if } when anything is otherwise. */
export function whatIfPanel(piles, pits, changed) {
  const now = { aim: "LEAST_HAUL", budget: "", list: [], kind: "close", code: pits[0]?.code || "", value: "" };
  const names = new Map([...piles, ...pits].map((one) => [one.code, one.name]));
  const chips = h("ul", { class: "if-chips" });
  const valueBox = h("div", { class: "if-value" });
  const siteBox = h("div", { class: "if-site" });

  const tell = () => changed({ aim: now.aim, budget_yuan: now.budget === "" ? null : Number(now.budget), what_if: bodyOf(now.list) });

  function drawChips() {
    fill(chips, now.list.map((one) => h("li", { class: "if-chip" }, h("span", {}, said(one, names)),
      h("button", { type: "button", "aria-label": t("backfill.if_remove"), onclick: () => {
        now.list = now.list.filter((other) => other !== one);
        drawChips();
        tell();
      } }, "×"))));
  }

  function drawValue() {
    const keep = (value) => { now.value = value; };
    if (now.kind === "close") fill(valueBox);
    else if (now.kind === "nature" || now.kind === "material") {
      const words = now.kind === "nature" ? wordsOf("WasteNature").filter(([value]) => NATURES.includes(value)) : wordsOf("BackfillMaterial");
      now.value = words[0][0];
      fill(valueBox, select("if-value", t("backfill.if_value"), words, now.value, keep));
    } else {
      now.value = "";
      fill(valueBox, input("if-value", KINDS[now.kind].unit(), "", { inputmode: "decimal", oninput: (event) => keep(event.target.value.trim()) }));
    }
  }

  function drawSite() {
    const of = PIT_KINDS.includes(now.kind) ? pits : piles;
    now.code = of[0]?.code || "";
    fill(siteBox, select("if-site", PIT_KINDS.includes(now.kind) ? t("backfill.pit") : t("backfill.pile"), of.map((one) => [one.code, one.name]), now.code, (code) => { now.code = code; }));
  }

  function add() {
    const needsNumber = Boolean(KINDS[now.kind].unit);
    if (!now.code || (needsNumber && (now.value === "" || Number.isNaN(Number(now.value))))) return;
    now.list = [...now.list.filter((one) => !(one.kind === now.kind && one.code === now.code)), { kind: now.kind, code: now.code, value: now.value }];
    drawChips();
    tell();
  }

  drawSite();
  drawValue();
  const panel = h("section", { class: "card what-if" }, h("h2", {}, t("backfill.what_if")), h("p", { class: "quiet" }, t("backfill.what_if_line")),
    h("div", { class: "if-row" },
      select("match-aim", t("backfill.aim"), wordsOf("MatchAim"), now.aim, (value) => { now.aim = value; tell(); }),
      input("match-budget", t("backfill.budget"), "", { inputmode: "decimal", placeholder: t("backfill.no_limit"), onchange: (event) => {
        now.budget = event.target.value.trim().replace(/[,\uFF0C\s]/g, "");
        if (now.budget === "" || !Number.isNaN(Number(now.budget))) tell();
      } })),
    h("div", { class: "if-row if-add" },
      select("if-kind", t("backfill.if_kind"), Object.entries(KINDS).map(([kind, one]) => [kind, one.title()]), now.kind, (kind) => { now.kind = kind; drawSite(); drawValue(); }),
      siteBox, valueBox, h("button", { type: "button", class: "button", id: "if-add", onclick: add }, t("backfill.if_add"))),
    chips);
  return { panel, wish: () => ({ aim: now.aim, budget_yuan: now.budget === "" ? null : Number(now.budget), what_if: bodyOf(now.list) }) };
}
