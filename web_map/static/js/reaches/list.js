/** The rivers and their reaches with how many sites they have, by grade and state. */

import { h } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { number, pick, t, term } from "../text.js";

const GRADES = ["HIGH", "MEDIUM", "LOW", "OUT_OF_SCHEME", ""];

function stack(one, most) {
  const parts = GRADES.filter((grade) => one.by_grade[grade]).map((grade) => h("span", {
    class: "stack-part", title: `${grade ? term("Grade", grade) : t("reaches.no_grade")} ${one.by_grade[grade]}`,
    style: { width: `${(one.by_grade[grade] / most) * 100}%`, background: gradeStyle(grade).colour },
  }));
  return h("span", { class: "stack-bar", "aria-hidden": "true" }, parts);
}

function states(one) {
  return Object.entries(one.by_state).map(([state, n]) => `${term("SiteState", state)} ${n}`).join(" · ");
}

function row(one, most, chosen, onchoose, kind) {
  return h("button", {
    type: "button", class: `reach-row ${kind}`, "data-code": one.code, "aria-current": one.code === chosen ? "true" : null, onclick: () => onchoose(one.code),
  }, h("span", { class: "reach-name" }, pick(one, "name")), h("span", { class: "reach-total" }, number(one.total)),
  stack(one, most), h("span", { class: "reach-states" }, states(one)));
}

function about(river) {
  const km = number((river.to_m - river.from_m) / 1000, 1);
  if (river.is_main_stem) return t("reaches.stem", { km, order: river.stream_order });
  if (!river.joins_zh) return t("reaches.alone", { km, order: river.stream_order });
  return t("reaches.joins", { km, order: river.stream_order, river: pick(river, "joins"), at: number(river.joins_at_m / 1000, 1) });
}

/** The list; empty reaches are shown only if asked for, or chosen. */
export function reachList(data, chosen, isWhole, onchoose) {
  return data.rivers.map((river) => {
    const mine = data.reaches.filter((one) => one.river_code === river.code);
    const shown = mine.filter((one) => isWhole || one.total || one.code === chosen);
    const most = Math.max(1, ...mine.map((one) => one.total));
    return h("section", { class: "reach-river" },
      row({ ...river }, Math.max(1, river.total), chosen, onchoose, "is-river"), h("p", { class: "quiet" }, about(river)),
      shown.map((one) => row(one, most, chosen, onchoose, "")),
      shown.length < mine.length && h("p", { class: "quiet" }, t("reaches.hidden", { n: mine.length - shown.length })));
  });
}
