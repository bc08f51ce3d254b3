/** The imagery above the form: the last outline small, the whole screen with the dates one tap away. */

import { h } from "../../dom.js";
import { t } from "../../text.js";
import { leaflet } from "../leaflet.js";
import { offlineTiles, outlines } from "../map/layers.js";
import { frame, overMap } from "./overmap.js";

const STILL = {
  zoomControl: false, attributionControl: false, dragging: false, touchZoom: false, doubleClickZoom: false,
  scrollWheelZoom: false, boxZoom: false, keyboard: false, tap: false, zoomAnimation: false,
};

/** The last outline and the place's dates over the whole screen. */
const lookClosely = (session, latest) => overMap(session, t("fieldcheck.look_closely"), ({ L, map, say }) => {
  say(session.place.scenes?.length ? "" : t("fieldcheck.no_imagery"));
  const fix = latest();
  if (fix) L.circleMarker([fix.lat, fix.lon], { radius: 9, color: "#fff", weight: 3, fillColor: "#0b5cad", fillOpacity: 1, interactive: false }).addTo(map);
});

/** The small map as a button; returns { element, stop() }. `latest()` gives the phone's position, if known. */
export function lookCard(session, latest) {
  const { place } = session;
  const [newest] = place.scenes || [];
  const ground = h("span", { class: "fc-look-map", "aria-hidden": "true" });
  const said = h("span", { class: "fc-look-said" }, newest ? t("fieldcheck.look_of", { day: newest.date }) : t("fieldcheck.look_closely"));
  const element = h("button", { type: "button", class: "fc-look", id: "fc-look", onclick: () => void lookClosely(session, latest) }, ground, said);
  let map = null;
  let isOver = false;
  async function draw() {
    const L = await leaflet();
    while (!isOver && !ground.isConnected) await new Promise(requestAnimationFrame);
    if (isOver) return;
    map = L.map(ground, STILL);
    frame(L, map, place);
    if (newest) offlineTiles(newest.id).addTo(map);
    outlines([place]).addTo(map);
  }
  void draw().catch((problem) => console.error(problem));
  return {
    element,
    stop() {
      isOver = true;
      map?.remove();
    },
  };
}
