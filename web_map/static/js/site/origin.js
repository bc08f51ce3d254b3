/** The rows of imported lists that spoke of a site, as they stood. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { moment, t, term } from "../text.js";

function entry(one) {
  const place = one.stated_position
    ? h("p", {}, t("site.origin_position", { position: one.stated_position, crs: one.stated_crs }))
    : h("p", { class: "quiet" }, t("site.origin_outline", { crs: one.stated_crs }));
  const cells = Object.entries(one.raw).map(([heading, value]) => h("li", {}, h("span", { class: "quiet" }, heading), " ", value));
  return h("li", { class: "event" },
    h("p", {}, h("span", { class: "strong" }, one.list_name), " ", term("RowFate", one.fate)),
    h("p", { class: "quiet" }, t("site.origin_row", { file: one.file_name, sheet: one.sheet, row: one.row })),
    place,
    h("details", {}, h("summary", {}, t("site.origin_cells")), h("ul", { class: "plain" }, cells)),
    h("p", { class: "quiet" }, `${one.loaded_by} · ${moment(one.loaded_at)}`));
}

/** Draws the card; a site that came from no list has none. */
export function originCard({ site }) {
  const body = h("div");
  const card = h("section", { class: "card", id: "origin", hidden: true }, h("h2", {}, t("site.origin")), body);
  get(`/api/sites/${encodeURIComponent(site.code)}/imports`)
    .then(({ items }) => {
      card.hidden = !items.length;
      fill(body, h("ul", { class: "plain" }, items.map(entry)));
    })
    .catch((problem) => {
      card.hidden = false;
      fill(body, state("error", sentenceOf(problem)));
    });
  return card;
}
