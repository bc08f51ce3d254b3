/** A plan drawn to scale: the outline, its cells, and the cells that were drawn with their numbers. */

import { h, svg } from "../dom.js";
import { length, t, term } from "../text.js";

const WIDE = 1000;
const MARGIN = 40;
const DEGREE_M = 111320;
const LAYERS = ["#0b5cad", "#b35a00", "#1b6e3c", "#7a3b94", "#8c1020"];
const BARS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];

function frameOf(outline) {
  const points = outline.coordinates.flat(2);
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const metres = [(east - west) * shrink * DEGREE_M, (north - south) * DEGREE_M];
  const scale = (WIDE - 2 * MARGIN) / Math.max(...metres);
  return {
    size: metres.map((m) => m * scale + 2 * MARGIN), scale,
    at: ([lon, lat]) => [MARGIN + (lon - west) * shrink * DEGREE_M * scale, MARGIN + (north - lat) * DEGREE_M * scale],
  };
}

function pathOf(geometry, at) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.flat().map((ring) => `M${ring.map((point) => at(point).map((v) => v.toFixed(1)).join(",")).join("L")}Z`).join("");
}

function scaleBar({ scale, size }) {
  const metres = BARS.findLast((bar) => bar * scale <= 260) || BARS[0];
  const y = size[1] - 12;
  const end = MARGIN + metres * scale;
  return svg("g", { class: "plan-scale" }, svg("path", { d: `M${MARGIN},${y - 8}V${y}H${end}V${y - 8}` }),
    svg("text", { x: end + 8, y }, length(metres)));
}

function mark(one, at, radius) {
  const [x, y] = at([one.lon, one.lat]);
  const isTaken = one.custody.length > 0;
  const last = one.custody[one.custody.length - 1];
  const told = [one.code, t("sampling.layer_n", { n: one.layer }), last ? term("CustodyStep", last.step) : t("sampling.not_taken")].join(" · ");
  const colour = LAYERS[(one.layer - 1) % LAYERS.length];
  return svg("g", {}, svg("title", {}, told),
    svg("circle", { cx: x, cy: y, r: radius, fill: isTaken ? colour : "#fff", stroke: colour, "stroke-width": radius / 5 }),
    svg("text", { x, y, class: "plan-number", fill: isTaken ? "#fff" : colour, "font-size": radius }, one.number));
}

/** Draws the plan; cells are GeoJSON features with `cell` and `increment`. */
export function planMap(plan, cells) {
  const frame = frameOf(plan.outline);
  const radius = Math.max(6, Math.min(22, (frame.size[0] * frame.size[1] / plan.cells) ** 0.5 * 0.42));
  const layers = Array.from({ length: plan.layers }, (_, i) => i + 1);
  return h("figure", { class: "plan-map" },
    svg("svg", { viewBox: `0 0 ${frame.size[0].toFixed(0)} ${frame.size[1].toFixed(0)}`, role: "img", "aria-label": t("sampling.map_label", { n: plan.n_planned, cells: plan.cells }) },
      cells.features.map((one) => svg("path", { d: pathOf(one.geometry, frame.at), class: one.properties.increment ? "cell cell-drawn" : "cell" })),
      svg("path", { d: pathOf(plan.outline, frame.at), class: "plan-outline" }),
      plan.increments.map((one) => mark(one, frame.at, radius)), scaleBar(frame)),
    h("figcaption", { class: "quiet" },
      layers.map((n) => h("span", { class: "plan-key" }, h("span", { class: "plan-dot", style: { background: LAYERS[(n - 1) % LAYERS.length] } }), t("sampling.layer_n", { n }))),
      h("span", {}, t("sampling.map_key"))));
}
