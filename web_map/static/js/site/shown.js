/** What the cards of a site ask its map to show: a date's image, and shapes found in it. */

import { shownMap } from "./map.js";

let shapes = null;

/** Chooses the date of a scene, where the map offers it. */
export function showScene(id) {
  const dates = document.getElementById("scene");
  if (![...(dates?.options || [])].some((one) => one.value === id)) return;
  dates.value = id;
  dates.dispatchEvent(new Event("change"));
}

/** Draws the disturbed ground and the reference patch of one date; those of another go. */
export function showShapes(footprint, reference) {
  const map = shownMap();
  shapes?.remove();
  shapes = null;
  if (!map) return;
  const drawn = [[footprint, "#e6194b", "4 4"], [reference, "#2ca02c", null]]
    .filter(([shape]) => shape)
    .map(([shape, color, dashArray]) => L.geoJSON(shape, { style: { color, dashArray, weight: 2, fillOpacity: 0.12 }, interactive: false }));
  if (!drawn.length) return;
  shapes = L.featureGroup(drawn).addTo(map);
  map.fitBounds(shapes.getBounds(), { padding: [30, 30], maxZoom: 16, animate: false });
}
