/** Who changed what of a site and when, field by field. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { moment, pick, t } from "../text.js";

function change(one) {
  const old = pick(one, "old");
  return h("li", {}, h("span", { class: "quiet" }, `${pick(one, "name")} `), old && h("del", {}, old), old && " → ", h("ins", {}, pick(one, "new")));
}

function entry(one) {
  return h("li", { class: "history-entry" },
    h("div", { class: "line" }, h("span", { class: "strong" }, pick(one, "verb")), h("span", { class: "quiet" }, `${one.actor} · ${moment(one.at)}`)),
    one.changes.length > 0 && h("ul", { class: "changes" }, one.changes.map(change)));
}

/** Draws the card of history; it is fetched when the card is drawn. */
export function historyCard({ site }) {
  const body = h("div", {}, state("wait", t("list.loading")));
  get(`/api/sites/${encodeURIComponent(site.code)}/history`)
    .then(({ items }) => fill(body, h("ul", { class: "plain" }, items.map(entry))))
    .catch((problem) => fill(body, state("error", sentenceOf(problem))));
  return h("section", { class: "card", id: "history" }, h("h2", {}, t("site.history")), body);
}
