/** Adding the candidates whose checks would teach the next model most: how many, which, and why. */

import { get, sentenceOf } from "../api.js";
import { fill, h, select } from "../dom.js";
import { area, classOf, number, percent, t, term } from "../text.js";

const NUMBERS = [5, 10, 20, 50];

function line(one, known) {
  const place = known.get(one.key);
  const name = place ? `${classOf(place.name).label} ${one.key.slice(10, 16)}` : one.key.slice(10, 16);
  const said = place ? [place.town, area(place.area_m2), t("teams.sure", { n: percent(place.rank) })].filter(Boolean).join(" · ") : "";
  return h("li", {}, h("span", { class: "strong" }, name), " ", h("span", { class: "badge teach-why" }, term("TeachReason", one.reason)),
    said && h("span", { class: "quiet" }, ` ${said}`));
}

/** The part of the form: its choice, its list, and how many are wanted; `places()` are those listed now. */
export function teachPart(district, places) {
  let wanted = 0;
  const list = h("div", { class: "teach-list", "aria-live": "polite" });

  async function show() {
    if (!wanted) {
      fill(list);
      return;
    }
    try {
      const { items } = await get("/api/work/teaching", { district: district.code, number: wanted });
      const known = new Map(places().map((one) => [one.key, one]));
      fill(list, h("p", { class: "quiet" }, items.length ? t("teams.teach_these", { n: number(items.length) }) : t("teams.teach_none")),
        items.length > 0 && h("ol", {}, items.map((one) => line(one, known))),
        h("p", { class: "quiet" }, t("teams.teach_what")));
    } catch (fault) {
      fill(list, h("p", { class: "field-error", role: "alert" }, sentenceOf(fault)));
    }
  }
  const options = [["0", t("teams.teach_no")], ...NUMBERS.map((n) => [String(n), t("teams.teach_n", { n })])];
  const choice = select("give-teach", t("teams.teach"), options, "0", (value) => {
    wanted = Number(value);
    show();
  });
  return { choice, list, number: () => wanted };
}
