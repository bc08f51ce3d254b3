/** Draws an area on the map point by point. */

import { h } from "../dom.js";
import { t } from "../text.js";

const LEAST = 3;

/** Lets a person draw; `done(geometry)` gets the GeoJSON polygon, Escape gives up. */
export function drawOn(map, done) {
  if (map.isDrawing) return;
  const points = [];
  const shape = L.polygon([], { color: "#b35a00", weight: 3, dashArray: "6 4", fillOpacity: 0.15, interactive: false }).addTo(map.map);
  const dots = L.featureGroup().addTo(map.map);
  const finish = h("button", { type: "button", class: "button primary", id: "draw-finish", onclick: close }, t("zones.finish"));
  const bar = h("div", { class: "rv-draw", role: "group", "aria-label": t("zones.draw") }, h("p", {}, t("zones.draw_hint")),
    h("div", { class: "buttons" }, finish, h("button", { type: "button", class: "button", onclick: back }, t("zones.point_back")),
      h("button", { type: "button", class: "button", onclick: leave }, t("zones.give_up"))));
  map.isDrawing = true;
  map.map.doubleClickZoom.disable();
  map.element.append(bar);
  map.element.classList.add("is-drawing");

  function redraw() {
    shape.setLatLngs(points);
    dots.clearLayers();
    for (const point of points) L.circleMarker(point, { radius: 5, color: "#b35a00", fillColor: "#fff", fillOpacity: 1, weight: 2, interactive: false }).addTo(dots);
    finish.disabled = points.length < LEAST;
  }

  function add(event) {
    points.push([event.latlng.lat, event.latlng.lng]);
    redraw();
  }

  function back() {
    points.pop();
    redraw();
  }

  function leave() {
    map.isDrawing = false;
    map.map.off("click", add);
    map.map.doubleClickZoom.enable();
    document.removeEventListener("keydown", press);
    map.element.classList.remove("is-drawing");
    for (const one of [shape, dots, bar]) one.remove();
  }

  function close() {
    if (points.length < LEAST) return;
    const ring = [...points, points[0]].map(([lat, lng]) => [Number(lng.toFixed(7)), Number(lat.toFixed(7))]);
    leave();
    done({ type: "Polygon", coordinates: [ring] });
  }

  function press(event) {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && event.target.tagName !== "BUTTON") close();
    if (event.key === "Backspace") back();
  }

  map.map.on("click", add);
  document.addEventListener("keydown", press);
  redraw();
}
