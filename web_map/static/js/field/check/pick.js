/** "I am here": where the phone finds no position, the team points it out on the map. */

import { h } from "../../dom.js";
import { t } from "../../text.js";
import { overMap } from "./overmap.js";

/** Lets a position be pointed out under the cross in the middle; resolves to [lon, lat] or null. */
export const pickOnMap = (session) => overMap(session, t("fieldcheck.point_title"), ({ map, say, close }) => {
  say(t("fieldcheck.point_how"));
  map.getContainer().append(h("span", { class: "fc-cross", "aria-hidden": "true" }));
  const done = () => {
    const { lng, lat } = map.getCenter();
    close([lng, lat]);
  };
  return h("button", { type: "button", class: "button primary", id: "fc-point-here", onclick: done }, t("fieldcheck.point_here"));
});
