/** A map whose frame is the area: move and zoom until the frame holds what is wanted. */

import { h } from "../../dom.js";
import { t } from "../../text.js";
import { all } from "../db.js";
import { leaflet } from "../leaflet.js";
import { offlineTiles, outlines } from "../map/layers.js";
import { zoomButtons } from "../map/zoom.js";

const EDGE = 18;

/** Returns { element, show(sceneId), box(), onmove(listener), leave() }. */
export function frameMap(here) {
  const holder = h("div", { class: "area-map", id: "area-map", role: "application", "aria-label": t("area.map_label") });
  const element = h("div", { class: "area-frame" }, holder, h("span", { class: "area-edge", "aria-hidden": "true" }), h("p", { class: "quiet" }, t("area.map_how")));
  let map = null;
  let imagery = null;
  let moved = () => {};

  async function draw(sceneId) {
    const L = await leaflet();
    if (!map) {
      map = L.map(holder, { attributionControl: false, zoomControl: false, minZoom: 7, maxZoom: 18, preferCanvas: true });
      const [west, south, east, north] = here.bounds;
      map.fitBounds([[south, west], [north, east]]);
      holder.append(zoomButtons(map));
      map.on("moveend", () => moved());
      outlines(await all("places")).addTo(map);
    }
    map.invalidateSize();
    imagery?.remove();
    imagery = sceneId ? offlineTiles(sceneId).addTo(map) : null;
  }

  return {
    element,
    show: draw,
    onmove: (listener) => { moved = listener; },
    box: () => {
      const { x, y } = map.getSize();
      const first = map.containerPointToLatLng([EDGE, EDGE]);
      const last = map.containerPointToLatLng([x - EDGE, y - EDGE]);
      return [first.lng, last.lat, last.lng, first.lat].map((value) => Number(value.toFixed(6)));
    },
    leave: () => map?.remove(),
  };
}
