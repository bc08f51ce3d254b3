/** Which sites to sample: the strata with their numbers, the draw, and what it costs. */

import { get, put, sentenceOf } from "../api.js";
import { badge, fill, h, select, state } from "../dom.js";
import { newId } from "../new_id.js";
import { doing, input, problemLine, tick } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { mass, moment, money, number, t, term, wordsOf } from "../text.js";
import { stratumName } from "./words.js";

const right = { align: "right" };

function strataGrid(found, rules, isNeyman) {
  const isDrawn = Boolean(found.picks);
  return grid({
    label: t("sampling.strata"),
    columns: [
      { key: "name", title: t("sampling.stratum"), cell: (row) => stratumName(row.by, rules) },
      { key: "population", title: t("sampling.population"), cell: (row) => number(row.population), ...right },
      isNeyman && { key: "spread", title: t("sampling.spread"), cell: (row) => mass(row.spread_t), ...right },
      isDrawn && { key: "drawn", title: t("sampling.drawn"), cell: (row) => number(row.drawn), ...right },
    ].filter(Boolean),
    rows: found.strata,
  });
}

function picksGrid(found, rules, planSite, mayWrite) {
  return grid({
    label: t("sampling.picks"),
    columns: [
      { key: "name", title: t("sampling.site"), cell: (row) => h("div", {}, h("a", { class: "link", href: `/sites/${row.code}` }, row.name), h("br"), h("span", { class: "quiet" }, row.code)) },
      { key: "why", title: t("sampling.why"), cell: (row) => h("span", { class: "badges" }, row.why.map((one) => badge(term("WhySampled", one), {}, "badge-plain"))) },
      { key: "stratum", title: t("sampling.stratum"), cell: (row) => stratumName(found.strata[row.stratum].by, rules) },
      { key: "mass", title: t("sampling.mass"), cell: (row) => mass(row.mass_t) || t("sampling.unknown"), ...right },
      { key: "n", title: t("sampling.n"), cell: (row) => (row.n_table === null ? "—" : number(row.n_table)), ...right },
      { key: "cost", title: t("sampling.cost"), cell: (row) => money(row.cost_yuan) || "—", ...right },
      { key: "days", title: t("sampling.days"), cell: (row) => (row.days === null ? "—" : number(row.days)), ...right },
      mayWrite && { key: "plan", title: "", cell: (row) => h("button", { type: "button", class: "button", onclick: () => planSite(row) }, t("sampling.make_plan")) },
    ].filter(Boolean),
    rows: found.picks,
  });
}

function total(found) {
  const words = found.picks
    ? t("sampling.drawn_total", { drawn: number(found.picks.length), all: number(found.population) })
    : t("sampling.population_total", { all: number(found.population) });
  return h("p", { class: "sum" }, h("span", { class: "strong" }, words), " ",
    t("sampling.estimate", { cost: money(found.cost_yuan), days: number(found.days) }), " ",
    found.unsized > 0 && h("span", { class: "quiet" }, t("sampling.unsized", { n: number(found.unsized) })));
}

/** The card of the draw; `planSite(pick)` opens the form of a plan. */
export async function drawCard(now, planSite) {
  const wish = { by: ["kind", "mass_band"], size_by: "ALL", size: "", allocation: "PROPORTIONAL", seed: String(Date.now() % 100000) };
  const { items: earlier } = await get("/api/sampling/selections", { district: now.district.code });
  const result = h("div", { class: "draw-result" });
  const problem = problemLine();

  const show = (found) => fill(result, total(found), strataGrid(found, now.rules, (found.allocation || wish.allocation) === "NEYMAN"), found.picks && picksGrid(found, now.rules, planSite, now.mayWrite));

  async function preview() {
    problem.say("");
    const by = wish.by.map((one) => `&by=${one}`).join("");
    try {
      show(await get(`/api/sampling/strata?district=${encodeURIComponent(now.district.code)}${by}`));
    } catch (trouble) {
      fill(result, state("empty", sentenceOf(trouble)));
    }
  }

  async function drawSites() {
    problem.say("");
    const size = wish.size_by === "SHARE" ? Number(wish.size) / 100 : Number(wish.size);
    const body = { ...wish, district_code: now.district.code, seed: Number(wish.seed) || 0, size: wish.size_by === "ALL" || !wish.size ? null : size };
    try {
      show(await put(`/api/sampling/selections/${newId()}`, body));
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }

  async function reopen(id) {
    try {
      if (id) show(await get(`/api/sampling/selections/${id}`));
      else await preview();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }

  const size = input("draw-size", t("sampling.size"), "", { inputmode: "decimal", oninput: (event) => { wish.size = event.target.value; } });
  size.hidden = true;
  const flip = (name, isOn) => {
    wish.by = isOn ? [...wish.by, name] : wish.by.filter((one) => one !== name);
    preview();
  };
  await preview();
  return h("section", { class: "card", id: "draw" }, h("h2", {}, t("sampling.draw_title")), h("p", { class: "quiet" }, t("sampling.draw_line")),
    h("fieldset", { class: "strata-by" }, h("legend", {}, t("sampling.strata_by")),
      wordsOf("Stratifier").map(([value, name]) => tick(`by-${value}`, name, wish.by.includes(value), (event) => flip(value, event.target.checked)))),
    h("div", { class: "toolbar" },
      select("draw-size-by", t("sampling.size_by"), wordsOf("SizeBy"), wish.size_by, (value) => {
        wish.size_by = value;
        size.hidden = value === "ALL";
        size.querySelector("span").textContent = value === "SHARE" ? t("sampling.size_percent") : t("sampling.size");
      }), size,
      select("draw-allocation", t("sampling.allocation"), wordsOf("Allocation"), wish.allocation, (value) => {
        wish.allocation = value;
        preview();
      }),
      input("draw-seed", t("sampling.seed"), wish.seed, { inputmode: "numeric", oninput: (event) => { wish.seed = event.target.value; } }),
      now.mayWrite && doing(t("sampling.draw"), drawSites, "primary"),
      earlier.length > 0 && select("draw-earlier", t("sampling.earlier"), [["", t("sampling.choose")], ...earlier.map((one) => [one.id, t("sampling.earlier_item", { at: moment(one.made_at), by: one.made_by, n: one.drawn })])], "",
        reopen)),
    problem, result);
}
