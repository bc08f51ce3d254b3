/** Every pair of a pile and a pit, and why it may or may not be. */

import { get } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { showError } from "../notice.js";
import { grid } from "../office/grid.js";
import { number, pick, t, term, wordsOf } from "../text.js";
import { openAssessment } from "./assessment_form.js";
import { factLine, siteLink, standingBadge } from "./words.js";

const PAGE = matchMedia("(max-width: 820px)").matches ? 10 : 50;

function reasonLine(one) {
  const by = [one.standard, one.clause].filter((part) => part !== "—").join(" ");
  return h("li", {}, h("p", {}, pick({ said_zh: one.zh, said_en: one.en }, "said"), " ", h("span", { class: "quiet" }, `(${by} · ${one.rule})`),
    !one.is_checked && badge(t("backfill.unchecked"), {}, "badge-demo")),
  h("p", { class: "quiet" }, one.facts.map(factLine).join(" · ")));
}

function why(row, propose) {
  const isOpen = propose && row.standing === "NEEDS_ASSESSMENT" && row.missing.length > 0;
  return h("div", { class: "pair-why" }, h("ul", { class: "plain" }, row.reasons.map(reasonLine)),
    row.missing.length > 0 && h("p", { class: "quiet" }, t("backfill.missing", { names: row.missing.map((one) => term("BackfillPaper", one)).join(" · ") })),
    isOpen && h("button", { type: "button", class: "button", "data-deed": "assess", onclick: () => propose(row) }, t("backfill.assessment.propose")));
}

function pairsGrid(rows, propose) {
  return grid({
    label: t("backfill.pairs"), rows,
    columns: [
      { key: "standing", title: t("backfill.standing"), cell: (row) => standingBadge(row.standing) },
      { key: "pile", title: t("backfill.pile"), cell: (row) => siteLink(row.pile, row.pile_name) },
      { key: "nature", title: t("backfill.nature"), cell: (row) => h("span", {}, row.material ? term("BackfillMaterial", row.material) : t("backfill.unknown"), h("br"), h("span", { class: "quiet" }, term("WasteNature", row.nature))) },
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit, row.pit_name) },
      { key: "void", title: t("backfill.void"), cell: (row) => (row.void ? term("PitVoid", row.void) : t("backfill.unknown")) },
      { key: "why", title: t("backfill.why"), cell: (row) => why(row, propose), width: "38%" },
    ],
  });
}

/** The card of pairs; `piles` and `pits` fill the choice of one site, `proposed()` hears of an assessment. */
export async function pairsCard(district, user, piles, pits, proposed) {
  const propose = user.rights.includes("EDIT") && ((row) => openAssessment(row, proposed));
  const now = { standing: "", code: "", offset: 0 };
  const list = h("div", { class: "pairs-list" });
  const tabs = h("div", { class: "pair-tabs", role: "group", "aria-label": t("backfill.standing") });

  async function show() {
    fill(list, state("wait", t("backfill.working")));
    try {
      const { items, total, counts } = await get("/api/backfill/pairs", { district: district.code, ...now, limit: PAGE });
      const every = Object.values(counts).reduce((sum, n) => sum + n, 0);
      const tab = (value, name, n) => h("button", { type: "button", class: "pair-tab", "aria-pressed": String(now.standing === value), onclick: () => go({ standing: value }) }, name, " ", h("span", { class: "pair-count" }, number(n)));
      fill(tabs, tab("", t("backfill.all_pairs"), every), wordsOf("PairStanding").map(([value, name]) => tab(value, name, counts[value])));
      fill(list, items.length ? pairsGrid(items, propose) : h("p", { class: "quiet" }, t("backfill.no_pairs")), total > PAGE && h("div", { class: "buttons" },
        h("button", { type: "button", class: "button", disabled: now.offset === 0, onclick: () => go({ offset: now.offset - PAGE }, false) }, t("backfill.page_back")),
        h("span", { class: "quiet" }, t("backfill.page", { from: number(now.offset + 1), to: number(Math.min(now.offset + PAGE, total)), all: number(total) })),
        h("button", { type: "button", class: "button", disabled: now.offset + PAGE >= total, onclick: () => go({ offset: now.offset + PAGE }, false) }, t("backfill.page_next"))));
    } catch (problem) {
      fill(list);
      showError(problem);
    }
  }

  function go(wish, fromStart = true) {
    Object.assign(now, fromStart ? { offset: 0 } : {}, wish);
    show();
  }

  const sites = [["", t("backfill.any_site")], ...[...piles, ...pits].map((one) => [one.code, one.name])];
  const chosen = h("label", { class: "field", for: "pair-site" }, h("span", {}, t("backfill.one_site")),
    h("select", { id: "pair-site", onchange: (event) => go({ code: event.target.value }) }, sites.map(([value, text]) => h("option", { value }, text))));
  await show();
  const card = h("section", { class: "card", id: "pairs" }, h("h2", {}, t("backfill.pairs")), h("p", { class: "quiet" }, t("backfill.pairs_line")), h("div", { class: "pair-tools" }, tabs, chosen), list);
  return { card, show };
}
