/** The imagery of each date, with the switch of date and view. */

import { byId, fill, h } from "./dom.js";
import { change, now, on } from "./store.js";
import { t } from "./text.js";

const shell = window.qingfei;
const MANY = 4;
let layer = null;

/** A tile layer of one scene, for the map or for a thumbnail. */
export function tilesOf(scene, view) {
  const [west, south, east, north] = scene.bounds;
  return shell.layers.imagery(scene.id, view, [[south, west], [north, east]]);
}

/** Shows the chosen date; the one before stays until the new one is drawn. */
export function showImagery() {
  const old = layer;
  layer = null;
  return new Promise((resolve) => {
    if (!now.scene || !now.imageryOn) {
      old?.remove();
      resolve();
      return;
    }
    layer = tilesOf(now.scene, now.view);
    const settle = () => {
      old?.remove();
      resolve();
    };
    layer.once("load", settle);
    layer.addTo(shell.map);
    if (!shell.map.getBounds().intersects(layer.options.bounds)) settle();
  });
}

function segment(label, options, chosen, choose) {
  return h("div", { class: "segment", role: "group", "aria-label": label }, options.map(([value, text]) =>
    h("button", {
      type: "button", "aria-pressed": String(value === chosen), onclick: () => choose(value),
    }, text)));
}

function slider(scenes) {
  const at = scenes.indexOf(now.scene);
  return h("label", { class: "date-slider" },
    h("input", {
      type: "range", min: 0, max: scenes.length - 1, step: 1, value: at, "aria-label": t("imagery.date"),
      onchange: (event) => change("scene", scenes[Number(event.target.value)]),
      oninput: (event) => { byId("date-shown").textContent = scenes[Number(event.target.value)].acquired_on; },
    }),
    h("output", { id: "date-shown" }, now.scene.acquired_on));
}

function dates(scenes) {
  if (scenes.length > MANY) return slider(scenes);
  const choose = (id) => change("scene", scenes.find((scene) => scene.id === id));
  return segment(t("imagery.date"), scenes.map((scene) => [scene.id, scene.acquired_on]), now.scene.id, choose);
}

/** Draws the switch above the map. */
export function drawImageryControl() {
  const scenes = now.district?.scenes || [];
  if (!scenes.length || !now.scene) {
    fill(byId("map-top"), h("p", { class: "map-hint" }, t("imagery.none")));
    return;
  }
  const names = { natural: t("imagery.natural"), swir: t("imagery.swir") };
  const views = now.scene.views.map((view) => [view, names[view] || view]);
  const toggle = h("label", { class: "check" },
    h("input", {
      type: "checkbox", checked: now.imageryOn, onchange: (event) => change("imageryOn", event.target.checked),
    }), h("span", {}, t("imagery.label")));
  fill(byId("map-top"), h("div", { class: "map-card", id: "imagery-control" }, toggle,
    now.imageryOn && dates(scenes),
    now.imageryOn && views.length > 1 && segment(t("imagery.view"), views, now.view, (view) => change("view", view))));
}

on("scene view imageryOn", () => {
  drawImageryControl();
  showImagery();
});
