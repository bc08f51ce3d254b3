/** The field checks of a site, those of the candidate that it was among them. */

import { placeChecks } from "../checks/place.js";
import { h } from "../dom.js";
import { t } from "../text.js";

/** Draws the card; it stands for today, so a past day has none. */
export function visitsCard({ site, asOf, user }) {
  if (asOf) return null;
  return h("section", { class: "card", id: "visits" }, h("h2", {}, t("checks.of_place")),
    placeChecks(`/api/sites/${encodeURIComponent(site.code)}`, user));
}
