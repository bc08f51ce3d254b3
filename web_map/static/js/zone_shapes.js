/** Ignore zones on any Leaflet map, hatched. */

import { svg } from "./dom.js";

const HATCH = "zone-hatch";

function hatch() {
  if (document.getElementById(HATCH)) return;
  const lines = svg("pattern", { id: HATCH, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("rect", { width: 8, height: 8, fill: "rgba(255,255,255,.28)" }),
    svg("line", { x1: 0, y1: 0, x2: 0, y2: 8, stroke: "#3d4b57", "stroke-width": 2.4 }));
  document.body.append(svg("svg", { width: 0, height: 0, style: { position: "absolute" }, "aria-hidden": "true" }, svg("defs", {}, lines)));
}

/** Draws zones; those that do not hold today are left to the list. */
export function zoneShapes(zones) {
  hatch();
  const features = zones.filter((zone) => zone.is_in_force)
    .map((zone) => ({ type: "Feature", geometry: zone.outline, properties: { name: zone.name } }));
  return L.geoJSON(features, {
    interactive: false, renderer: L.svg(),
    style: { color: "#3d4b57", weight: 1.5, dashArray: "6 3", fillColor: `url(#${HATCH})`, fillOpacity: 0.75, className: "zone-shape" },
  });
}
