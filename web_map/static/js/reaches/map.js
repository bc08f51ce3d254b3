/** The geographic map beside the strip: every reach's line, the chosen one, and the sites along it. */

import { h } from "../dom.js";
import { rules } from "../paint.js";
import { now } from "../store.js";
import { pick, t } from "../text.js";
import { signOf } from "./colours.js";
import { radiusOf } from "./scale.js";

const LOOK = { color: "#1f78b4", weight: 3, opacity: 0.75 };
const CHOSEN = { color: "#0b3d6e", weight: 7, opacity: 0.95 };

function sourceOf(district) {
  return {
    async getZxy(z, x, y, signal) {
      const address = `/tiles/${encodeURIComponent(district.code)}/reference/${z}/${x}/${y}.mvt?v=${district.revision}`;
      const response = await fetch(address, { signal });
      return response.status === 200 ? { data: await response.arrayBuffer() } : undefined;
    },
  };
}

/** Makes the map; `tappedReach(code)` and `tappedSite(site)` hear of taps. */
export function reachMap(district, lines, { tappedReach, tappedSite }) {
  const box = h("div", { class: "reach-map", id: "reach-map", role: "group", "aria-label": t("reaches.map") });
  const said = h("p", { class: "reach-said", "aria-hidden": "true" });
  const marks = L.featureGroup();
  let map = null;
  let drawn = null;
  let ring = null;
  let title = "";

  function start() {
    const [west, south, east, north] = district.bounds;
    Object.assign(now, { district });
    map = L.map(box, { attributionControl: false, minZoom: 6, maxZoom: 17, zoomSnap: 0.5, scrollWheelZoom: false });
    map.fitBounds([[south, west], [north, east]], { animate: false });
    protomapsL.leafletLayer({
      url: sourceOf(district), paintRules: rules.reference.paint, labelRules: rules.reference.label,
      attribution: "", noWrap: true, maxDataZoom: 15, maxZoom: 17, zIndex: 2,
    }).addTo(map);
    drawn = L.geoJSON(lines, {
      style: LOOK,
      onEachFeature: (feature, layer) => {
        layer.on({
          click: () => tappedReach(feature.id),
          mouseover: () => { said.textContent = pick(feature.properties, "name"); },
          mouseout: () => { said.textContent = title; },
        });
      },
    }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    marks.addTo(map);
  }

  function show(code, name, strip, colour) {
    if (!map && !box.isConnected) {
      requestAnimationFrame(() => show(code, name, strip, colour));
      return;
    }
    if (!map) start();
    title = name;
    said.textContent = name;
    const bounds = L.latLngBounds([]);
    drawn.eachLayer((layer) => {
      const isMine = layer.feature.id === code || layer.feature.id.startsWith(`${code}-`);
      layer.setStyle(isMine ? CHOSEN : LOOK);
      if (isMine) bounds.extend(layer.getBounds());
    });
    marks.clearLayers();
    ring = null;
    for (const site of strip.marks) {
      L.circleMarker([site.lat, site.lon], {
        radius: Math.max(5, radiusOf(site.area_m2) * 0.7), weight: 1.5, color: "#ffffff",
        fillColor: signOf(colour, site[colour]).colour, fillOpacity: 1,
      }).on({
        click: () => tappedSite(site),
        mouseover: () => { said.textContent = site.name; },
        mouseout: () => { said.textContent = title; },
      }).addTo(marks);
      bounds.extend([site.lat, site.lon]);
    }
    if (bounds.isValid()) map.fitBounds(bounds.pad(0.08), { animate: false, maxZoom: 14 });
  }

  function choose(sites) {
    ring?.remove();
    if (!map || !sites.length) return;
    ring = L.featureGroup(sites.map((site) => L.circleMarker([site.lat, site.lon], { radius: 15, weight: 4, color: "#ffd43b", fill: false, interactive: false }))).addTo(map);
  }

  return { element: h("div", { class: "reach-map-frame" }, box, said), show, choose };
}
