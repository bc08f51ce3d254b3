/** The counts of a comparison: in all, by class, by how the places stand now. */

import { h } from "../dom.js";
import { area, classOf, number, t, term } from "../text.js";
import { COLOURS, SIDES, now, totalOf } from "./model.js";

export const nameOf = (side) => ({ both: t("compare.both"), only_a: t("compare.only_a"), only_b: t("compare.only_b") })[side];

function cell(one, side) {
  return h("td", { class: "right", "data-label": nameOf(side) }, one ? h("div", {}, h("span", { class: "strong" }, number(one.number)), h("span", { class: "quiet cmp-area" }, area(one.area_m2))) : "—");
}

function table(title, rows, wordOf) {
  if (!rows.length) return null;
  return h("section", { class: "card" }, h("h2", {}, title), h("div", { class: "grid-box", tabindex: 0, role: "region", "aria-label": title },
    h("table", { class: "grid" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("compare.what")), SIDES.map((side) => h("th", { scope: "col", class: "right" }, nameOf(side))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, h("td", { "data-label": t("compare.what") }, wordOf(row.word)), SIDES.map((side) => cell(row[side], side))))))));
}

/** The three sides with their ticks; `changed` hears when one is shown or hidden. */
export function sideTicks(changed) {
  return h("div", { class: "cmp-sides", role: "group", "aria-label": t("compare.sides") }, SIDES.map((side) => {
    const { number: n, area_m2: ground } = totalOf(side);
    const tick = h("input", {
      type: "checkbox", checked: !now.hidden.has(side), "data-side": side,
      onchange: (event) => {
        if (event.target.checked) now.hidden.delete(side);
        else now.hidden.add(side);
        changed();
      },
    });
    return h("label", { class: "cmp-side check" }, tick, h("span", { class: "cmp-key", style: { background: COLOURS[side] } }),
      h("span", {}, nameOf(side)), h("span", { class: "cmp-number strong" }, number(n)), h("span", { class: "quiet" }, area(ground)));
  }));
}

/** The two tables. */
export function tables() {
  return [
    table(t("compare.by_class"), now.answer.by_class, (word) => classOf(word).label),
    table(t("compare.by_state"), now.answer.by_state, (word) => term("CandidateState", word)),
  ];
}
