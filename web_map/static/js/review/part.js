/** Says when only a part of the finds is listed, and leads to the rest, class by class. */

import { h } from "../dom.js";
import { classOf, number, percent, t } from "../text.js";
import { now } from "./model.js";

const here = (only) => `/runs/${now.run.id}/review${only ? `?only=${only}` : ""}`;

function choice(name, count) {
  const words = t("review.part_class", { name: classOf(name).label, n: number(count) });
  if (name === now.only) return h("span", { class: "button", "aria-current": "true" }, words);
  return h("a", { class: "button", href: here(name) }, words);
}

/** The line above the page; nothing where all finds are listed. */
export function partLine() {
  if (!now.leftOut && !now.only) return null;
  const least = now.finds.reduce((low, find) => Math.min(low, find.confidence), 1);
  const words = { shown: number(now.finds.length), n: number(now.leftOut), percent: percent(least) };
  return h("section", { class: "card rv-part", id: "review-part", role: "status" },
    h("p", { class: now.leftOut ? "strong" : "" }, now.leftOut ? t("review.part_cut", words) : t("review.part_one", { name: classOf(now.only).label, shown: words.shown })),
    now.leftOut > 0 && h("p", { class: "quiet" }, t("review.part_what")),
    h("div", { class: "buttons" }, Object.entries(now.classCounts).map(([name, count]) => choice(name, count)),
      now.only && h("a", { class: "button", href: here("") }, t("review.part_all"))));
}
