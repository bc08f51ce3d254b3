/** What lies round a site: each receptor with the layer and the date it rests on. */

import { h } from "../dom.js";
import { moment, pick, t } from "../text.js";

function line(one) {
  return h("tr", { class: one.is_known ? "" : "is-unknown" },
    h("td", {}, pick(one, "name")),
    h("td", {}, pick(one, "value")),
    h("td", { class: "quiet" }, pick(one, "layer") || "—"));
}

/** Draws the card of surroundings. */
export function aroundCard({ site }) {
  const known = site.surroundings.filter((one) => one.is_known);
  const unknown = site.surroundings.filter((one) => !one.is_known);
  const heads = [t("site.receptor"), t("site.measured"), t("site.layer")];
  const table = (rows) => h("table", { class: "reasons around" },
    h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows.map(line)));
  return h("section", { class: "card", id: "around" }, h("h2", {}, t("site.around")),
    site.measured_at && h("p", { class: "quiet" }, t("site.measured_at", { at: moment(site.measured_at) })),
    known.length > 0 && table(known),
    unknown.length > 0 && h("details", { open: known.length === 0 },
      h("summary", {}, t("site.unknown_around", { n: unknown.length })), table(unknown)));
}
