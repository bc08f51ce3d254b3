/** One row of the list: arrow and distance, what it is, how it stands. */

import { fill, h, svg } from "../../dom.js";
import { area, length, t, term } from "../../text.js";
import { bearing_deg } from "../position.js";
import { wayTo } from "../place/target.js";
import { kindOf, statusName } from "./items.js";
import { dueOf, isLate } from "./order.js";

/** A badge for where a place stands. */
export const statusBadge = (status) => h("span", { class: `stand stand-${status.toLowerCase()}` }, statusName(status));

/** The badges of an item: how it stands, until when, its grade, whether it was taken back. */
export function badgesOf(item) {
  const { place } = item;
  const due = dueOf(item);
  return [
    statusBadge(item.status),
    due && h("span", { class: isLate(item) ? "stand stand-late" : "stand" }, isLate(item) ? t("mylist.late", { day: due.slice(5) }) : t("mylist.due", { day: due.slice(5) })),
    place.grade && h("span", { class: "stand" }, term("Grade", place.grade)),
    place.is_dropped && h("span", { class: "stand stand-late" }, t("mylist.dropped")),
  ];
}

/** The arrow that shows where to go; CSS turns it by --bearing and --heading. */
export function arrow() {
  return svg("svg", { class: "way-arrow", viewBox: "0 0 24 24", width: 30, height: 30, "aria-hidden": "true" },
    svg("path", { d: "M12 1 20 22 12 17.5 4 22Z", fill: "currentColor" }));
}

const WINDS = () => [t("mylist.north"), t("mylist.northeast"), t("mylist.east"), t("mylist.southeast"),
  t("mylist.south"), t("mylist.southwest"), t("mylist.west"), t("mylist.northwest")];

/** The name of a direction in degrees from north. */
export const windOf = (degrees) => WINDS()[Math.round(degrees / 45) % 8];

/** Makes a row; `row.show(item)` fills it, `row.move(fix)` says how far it is from a position. */
export function makeRow() {
  const metres = h("span", { class: "way-metres" });
  const wind = h("span", { class: "way-wind" });
  const sign = arrow();
  const way = h("span", { class: "way" }, sign, metres, wind);
  const said = h("span", { class: "row-said" });
  const row = h("a", { class: "row", role: "listitem" }, way, said);
  let shown = null;

  row.show = (item, at, number, of) => {
    shown = item;
    const { place } = item;
    row.setAttribute("href", `#/place/${encodeURIComponent(place.key)}`);
    row.setAttribute("aria-posinset", number + 1);
    row.setAttribute("aria-setsize", of);
    row.dataset.key = place.key;
    const line = item.comment || [kindOf(place), place.town, area(place.area_m2)].filter(Boolean).join(" · ");
    fill(said, h("span", { class: "row-name" }, item.name),
      h("span", { class: item.comment ? "row-line row-comment" : "row-line" }, line),
      h("span", { class: "row-badges" }, badgesOf(item)));
    row.move(at);
  };

  row.move = (at) => {
    way.classList.toggle("way-unknown", !at);
    if (!at) {
      metres.textContent = "—";
      wind.textContent = "";
      return;
    }
    const here = [at.lon, at.lat];
    const found = wayTo(here, shown.place);
    const bearing = bearing_deg(here, found.isInside ? shown.place.centre : found.at);
    metres.textContent = found.isInside ? t("mylist.here") : length(found.metres < 1000 ? Math.round(found.metres) : found.metres);
    wind.textContent = found.isInside ? "" : windOf(bearing);
    sign.style.setProperty("--bearing", `${bearing.toFixed(0)}deg`);
    way.classList.toggle("way-here", found.isInside);
  };
  return row;
}
