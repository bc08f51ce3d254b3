/** The map of the catalogue: every scene's footprint by its cloud, and the chosen scene's picture. */

import { h } from "../dom.js";
import { rules } from "../paint.js";
import { now } from "../store.js";
import { t } from "../text.js";
import { lookOf } from "./words.js";

const START = { attributionControl: false, minZoom: 5, maxZoom: 18, zoomSnap: 0.5, scrollWheelZoom: false };

function sourceOf(district) {
  return {
    async getZxy(z, x, y, signal) {
      const address = `/tiles/${encodeURIComponent(district.code)}/reference/${z}/${x}/${y}.mvt?v=${district.revision}`;
      const response = await fetch(address, { signal });
      return response.status === 200 ? { data: await response.arrayBuffer() } : undefined;
    },
  };
}

/** Makes the map; `tapped(id)` hears of a tap on a footprint, `moved()` when it was moved by hand. */
export function sceneMap(district, { tapped, moved }) {
  const box = h("div", { class: "scene-map", id: "scene-map", role: "group", "aria-label": t("scenes.map") });
  const said = h("p", { class: "scene-said", "aria-hidden": "true" });
  let map = null;
  let drawn = null;
  let picture = null;

  function start() {
    const [west, south, east, north] = district.bounds;
    Object.assign(now, { district });
    map = L.map(box, START);
    map.fitBounds([[south, west], [north, east]], { animate: false });
    protomapsL.leafletLayer({
      url: sourceOf(district), paintRules: rules.reference.paint, labelRules: rules.reference.label,
      attribution: "", noWrap: true, maxDataZoom: 15, maxZoom: 18, zIndex: 2,
    }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.on("dragend zoomend", () => moved());
  }

  function whenShown(then) {
    if (map) then();
    else if (!box.isConnected) requestAnimationFrame(() => whenShown(then));
    else {
      start();
      then();
    }
  }

  /** Draws the footprints; the chosen one is on top. */
  function show(items, chosen) {
    whenShown(() => {
      drawn?.remove();
      const ordered = [...items].sort((one, other) => (one.id === chosen) - (other.id === chosen));
      drawn = L.geoJSON(ordered, {
        style: (item) => ({ color: lookOf(item).colour, weight: item.id === chosen ? 4 : 2, fillOpacity: item.id === chosen ? 0.04 : 0.12 }),
        onEachFeature: (item, layer) => layer.on({
          click: () => tapped(item.id),
          mouseover: () => { said.textContent = item.properties.title; },
          mouseout: () => { said.textContent = ""; },
        }),
      }).addTo(map);
    });
  }

  /** Lays the picture of a scene under the footprints, or takes it away. */
  function picturise(item, view) {
    whenShown(() => {
      picture?.remove();
      picture = null;
      if (!item) return;
      const [west, south, east, north] = item.bbox;
      picture = L.tileLayer(`/imagery/${item.id}/${view}/{z}/{x}/{y}.webp`, {
        bounds: [[south, west], [north, east]], maxNativeZoom: 17, maxZoom: 18, zIndex: 1,
      }).addTo(map);
    });
  }

  function zoomTo(item) {
    const [west, south, east, north] = item.bbox;
    whenShown(() => map.fitBounds([[south, west], [north, east]], { animate: false, maxZoom: 15 }));
  }

  const bounds = () => (map ? map.getBounds().toBBoxString() : null);

  return { element: h("div", { class: "scene-map-frame" }, box, said), show, picturise, zoomTo, bounds };
}
