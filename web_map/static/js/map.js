/** The map: controls, read-outs, the marked outline, and the way to a place. */

import { byId, fill, h } from "./dom.js";
import { writeHash } from "./hash.js";
import { choose, now, on } from "./store.js";
import { place, t } from "./text.js";
import { pickAt } from "./vector.js";

export const { map } = window.qingfei;

const coarse = matchMedia("(pointer: coarse)");
const phone = matchMedia("(max-width: 820px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const mark = L.featureGroup();
const readout = h("span", { class: "coordinates" });
const credit = h("span", { class: "credit" });

/** Leaflet's corners of [west, south, east, north]. */
export const corners = ([west, south, east, north]) => [[south, west], [north, east]];

function coveredBelow() {
  if (!phone.matches) return 0;
  const cover = byId("panel").hidden ? byId("side") : byId("panel");
  return cover.getBoundingClientRect().height;
}

/** Moves to a box of longitude and latitude, clear of what covers the map. */
export function goTo(bounds, maxZoom = 16, animate = !calm.matches) {
  map.invalidateSize({ pan: false });
  const box = byId("map_main").getBoundingClientRect();
  const edge = Math.min(48, box.width / 8);
  const below = Math.min(coveredBelow(), box.height * 0.75);
  const above = byId("map-top").getBoundingClientRect().height;
  map.fitBounds(corners(bounds), {
    maxZoom, animate, paddingTopLeft: [edge, edge / 2 + above], paddingBottomRight: [edge, edge / 2 + 12 + below],
  });
}

/** Goes to a box only where it is out of sight or too small to see. */
export function showOnMap(bounds) {
  const size = map.getSize();
  const [[south, west], [north, east]] = corners(bounds);
  const low = map.latLngToContainerPoint([south, west]);
  const high = map.latLngToContainerPoint([north, east]);
  const isInside = low.x > 0 && high.x < size.x && high.y > 0 && low.y < size.y - coveredBelow();
  const isTiny = Math.max(high.x - low.x, low.y - high.y) < 12;
  if (!isInside || isTiny) goTo(bounds);
}

/** Marks an outline (GeoJSON geometry) as the selected one; null clears. */
export function markOutline(geometry) {
  mark.clearLayers();
  if (!geometry) return;
  for (const [color, weight] of [["#10222f", 6], ["#ffe14d", 3]]) {
    L.geoJSON(geometry, { style: { color, weight, fill: false, opacity: 1 }, interactive: false }).addTo(mark);
  }
}

function readCoordinates(latlng) {
  readout.textContent = `${place([latlng.lng, latlng.lat])} · CGCS2000`;
}

function showCredit() {
  const notice = now.imageryOn && now.scene ? now.scene.notice : "";
  fill(credit, notice);
}

/** Puts the controls on the map and listens to it. */
export function startMap() {
  mark.addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120, position: "bottomleft" }).addTo(map);
  L.control.zoom({ position: "bottomright", zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(map);
  fill(byId("map-foot"), readout, credit);
  map.on("mousemove", (event) => readCoordinates(event.latlng));
  map.on("move", () => readCoordinates(map.getCenter()));
  map.on("moveend", () => now.district && writeHash(map));
  map.on("click", (event) => {
    const found = pickAt(event.latlng, coarse.matches ? 22 : 9);
    if (found) choose(found);
  });
  new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
  on("scene imageryOn", showCredit);
  on("scene view selected", () => now.district && writeHash(map));
  readCoordinates(map.getCenter());
}
