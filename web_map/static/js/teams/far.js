/** How far work is, as a bar of its states with the numbers in words. */

import { h } from "../dom.js";
import { number, t, term } from "../text.js";

const ORDER = ["DONE", "WAITING", "SENT_BACK", "TO_DO"];

/** The bar; work is { places, by_state, left, overdue }. */
export function farBar(work) {
  if (!work?.places) return h("span", { class: "quiet" }, t("teams.nothing_held"));
  const told = ORDER.filter((state) => work.by_state[state]).map((state) => `${term("WorkState", state)} ${number(work.by_state[state])}`);
  return h("div", { class: "far" },
    h("div", { class: "far-track", role: "img", "aria-label": told.join(", ") }, ORDER.map((state) => h("span", {
      class: `far-${state}`, style: { width: `${(100 * work.by_state[state]) / work.places}%` },
    }))),
    h("span", { class: "far-words" }, told.join(" · ")));
}

/** How many are late, or nothing. */
export const lateOf = (work) => (work?.overdue ? h("span", { class: "late" }, t("teams.overdue_n", { n: number(work.overdue) })) : "");
