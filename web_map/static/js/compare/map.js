/** Two dates on one map: what lies right of the bar is the other run's image. */

import { h } from "../dom.js";
import { classOf, percent, t, term } from "../text.js";
import { COLOURS, DASHES, now, shown } from "./model.js";

const corners = ([west, south, east, north]) => [[south, west], [north, east]];

function ground(map, run, pane) {
  const scene = now.district.scenes.find((one) => one.id === run.scene_id);
  if (!scene) return;
  L.tileLayer(`/imagery/${scene.id}/${scene.views[0]}/{z}/{x}/{y}.webp`, {
    pane, bounds: corners(scene.bounds), maxNativeZoom: 17, maxZoom: 18,
  }).addTo(map);
}

function words({ properties: one }) {
  const sides = ["a", "b"].filter((letter) => one[`id_${letter}`])
    .map((letter) => `${letter.toUpperCase()}: ${classOf(one[`class_${letter}`]).label} ${percent(one[`confidence_${letter}`])}`);
  return [...sides, term("CandidateState", one.state)].join(" · ");
}

/** Makes the map with its bar. */
export function swipeMap() {
  const box = h("div", { class: "rv-map", id: "compare-map", role: "region", "aria-label": t("compare.map") });
  const said = h("p", { class: "cmp-said", role: "status" });
  const bar = h("input", { type: "range", id: "swipe", min: 0, max: 100, value: 50, "aria-label": t("compare.swipe") });
  const self = { element: h("div", { class: "rv-map-frame cmp-frame" }, box, said, h("span", { class: "cmp-letter is-a", "aria-hidden": "true" }, "A"), h("span", { class: "cmp-letter is-b", "aria-hidden": "true" }, "B")), bar };
  let map = null;
  let outlines = null;

  function cut() {
    if (!map) return;
    const size = map.getSize();
    const left = map.containerPointToLayerPoint([0, 0]);
    const right = map.containerPointToLayerPoint(size);
    const at = left.x + (size.x * bar.value) / 100;
    map.getPane("b").style.clip = `rect(${left.y}px, ${right.x}px, ${right.y}px, ${at}px)`;
    self.element.style.setProperty("--cut", `${bar.value}%`);
  }

  function start() {
    map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 6, maxZoom: 18, fadeAnimation: false });
    L.control.zoom({ position: "bottomright", zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    for (const [name, order] of [["a", 201], ["b", 202]]) map.createPane(name).style.zIndex = order;
    map.fitBounds(corners(now.answer.a.bounds), { animate: false });
    ground(map, now.answer.a, "a");
    ground(map, now.answer.b, "b");
    map.on("move zoomend resize", cut);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(box);
    self.draw();
    cut();
  }

  self.draw = () => {
    outlines?.remove();
    if (!map) return;
    outlines = L.geoJSON(shown(), {
      style: ({ properties: { side } }) => ({ color: COLOURS[side], weight: 3, dashArray: DASHES[side], fillOpacity: 0.06 }),
      onEachFeature: (feature, layer) => {
        layer.on({ mouseover: () => { said.textContent = words(feature); }, click: () => { said.textContent = words(feature); } });
      },
    }).addTo(map);
  };
  bar.addEventListener("input", cut);
  requestAnimationFrame(start);
  return self;
}
