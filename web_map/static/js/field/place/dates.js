/** Two dates of imagery side by side over the last outline; one pane moves with the other. */

import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { ground, offlineTiles, outlines } from "../map/layers.js";

const CLOSEST = 17;

function frameOf(L, place) {
  const box = place.outline ? L.geoJSON(place.outline).getBounds() : L.latLng([...place.centre].reverse()).toBounds(200);
  return box.pad(0.6);
}

function pane(L, place, lines, tone) {
  const box = h("div", { class: "date-map" });
  const said = h("figcaption", {});
  const figure = h("figure", { class: "date-pane" }, box, said);
  let map = null;
  let layer = null;
  return {
    figure,
    start() {
      map = L.map(box, { zoomControl: false, attributionControl: false, preferCanvas: true, minZoom: 8, maxZoom: 19 });
      map.fitBounds(frameOf(L, place), { animate: false, maxZoom: CLOSEST });
      lines.addTo(map);
      outlines([place], { tone: () => tone }).addTo(map);
      return map;
    },
    show(scene, choices) {
      layer?.remove();
      layer = scene ? offlineTiles(scene.id).addTo(map) : null;
      fill(said, choices);
    },
    close: () => map?.remove(),
  };
}

function picker(scenes, chosen, label, choose) {
  return h("select", { "aria-label": label, onchange: (event) => choose(event.target.value) },
    scenes.map((one) => h("option", { value: one.id, selected: one.id === chosen?.id }, one.date)));
}

/** Where two maps move together. */
function follow(one, other) {
  let busy = false;
  const join = (from, to) => from.on("move", () => {
    if (busy) return;
    busy = true;
    to.setView(from.getCenter(), from.getZoom(), { animate: false });
    busy = false;
  });
  join(one, other);
  join(other, one);
}

/**
 * Makes the panes: the newest date and the one before; one pane where there is no second date.
 * Returns { element, start(), here(fix), close() }; `start` is called once the element is on the page.
 */
export async function datesOf(L, place, tone) {
  const scenes = place.scenes || [];
  const chosen = [scenes[0], scenes[1]];
  const count = scenes.length > 1 ? 2 : 1;
  const panes = await Promise.all(Array.from({ length: count }, async () => pane(L, place, await ground(), tone)));
  const maps = [];
  const marks = [];

  function show(at) {
    const label = at ? t("place.date_before") : t("place.date_newest");
    const scene = chosen[at];
    panes[at].show(scene, scene ? picker(scenes, scene, label, (id) => {
      chosen[at] = scenes.find((one) => String(one.id) === id);
      show(at);
    }) : h("span", { class: "quiet" }, t("place.no_imagery")));
  }

  return {
    element: h("div", { class: count > 1 ? "dates dates-two" : "dates" }, panes.map((one) => one.figure)),
    start() {
      panes.forEach((one, at) => {
        maps.push(one.start());
        show(at);
      });
      if (count > 1) follow(...maps);
    },
    here(fix) {
      maps.forEach((map, at) => {
        marks[at] ??= L.circleMarker([fix.lat, fix.lon], { radius: 7, color: "#fff", weight: 3, fillColor: "#0b5cad", fillOpacity: 1, interactive: false }).addTo(map);
        marks[at].setLatLng([fix.lat, fix.lon]);
      });
    },
    close: () => panes.forEach((one) => one.close()),
  };
}
