/** The review's map: imagery, the map of scores, zones, and every find's outline by its state. */

import { h } from "../dom.js";
import { drawMark } from "../marks.js";
import { on } from "../store.js";
import { place, styles, t } from "../text.js";
import { zoneShapes } from "../zone_shapes.js";
import { isShown, look, now } from "./model.js";

const SMALL_PX = 9;
const corners = ([west, south, east, north]) => [[south, west], [north, east]];

function trace(ctx, geom) {
  ctx.beginPath();
  for (const ring of geom) {
    ring.forEach((point, i) => (i === 0 ? ctx.moveTo(point.x, point.y) : ctx.lineTo(point.x, point.y)));
    ctx.closePath();
  }
}

const painter = {
  draw(ctx, geom, zoom, feature) {
    const style = styles.CandidateState[now.byId.get(feature.props.id).state];
    const xs = geom.flat().map((point) => point.x);
    const ys = geom.flat().map((point) => point.y);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    const [width, height] = [Math.max(...xs) - x, Math.max(...ys) - y];
    if (Math.max(width, height) < SMALL_PX) {
      drawMark(ctx, "ring", x + width / 2, y + height / 2, 5, style.colour);
      return;
    }
    trace(ctx, geom);
    ctx.lineJoin = "round";
    for (const [colour, wide, dash] of [["rgba(255,255,255,.9)", style.width + 2.5, []], [style.colour, style.width, style.dash]]) {
      ctx.setLineDash(dash);
      ctx.strokeStyle = colour;
      ctx.lineWidth = wide;
      ctx.stroke();
    }
    ctx.setLineDash([]);
  },
};

function findsLayer() {
  const source = {
    async getZxy(z, x, y, signal) {
      const response = await fetch(`/run-tiles/${now.run.id}/${z}/${x}/${y}.mvt`, { signal });
      return response.status === 200 ? { data: await response.arrayBuffer() } : undefined;
    },
  };
  const filter = (z, feature) => {
    const find = now.byId.get(feature.props.id);
    return Boolean(find) && isShown(find);
  };
  return protomapsL.leafletLayer({
    url: source, paintRules: [{ dataLayer: "finds", symbolizer: painter, filter }], labelRules: [],
    attribution: "", noWrap: true, maxDataZoom: 15, maxZoom: 18, zIndex: 4,
  });
}

/** Makes the map; `outline`, `fit` and `repaint` are what others ask of it. */
export function reviewMap() {
  const box = h("div", { class: "rv-map", id: "review-map", role: "region", "aria-label": t("review.map") });
  const readout = h("span", { class: "coordinates" });
  const self = { element: h("div", { class: "rv-map-frame" }, box, h("div", { class: "rv-map-foot" }, readout)), map: null };
  let imagery = null;
  let scores = null;
  let finds = null;
  let covered = null;
  const mark = L.featureGroup();

  function start() {
    const map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 6, maxZoom: 18, keyboard: false, fadeAnimation: false });
    self.map = map;
    L.control.zoom({ position: "bottomright", zoomInTitle: t("map.zoom_in"), zoomOutTitle: t("map.zoom_out") }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    map.fitBounds(corners(now.run.bounds), { animate: false });
    mark.addTo(map);
    finds = findsLayer().addTo(map);
    map.on("mousemove", (event) => { readout.textContent = place([event.latlng.lng, event.latlng.lat]); });
    map.on("click", (event) => self.isDrawing || pick(event.latlng));
    zones();
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(box);
    ground();
    heat();
  }

  function pick({ lat, lng }) {
    const slack = 8 / 2 ** self.map.getZoom();
    let best = null;
    for (const find of now.order) {
      const [west, south, east, north] = find.bounds;
      const isIn = lng > west - slack && lng < east + slack && lat > south - slack && lat < north + slack;
      const size = (east - west) * (north - south);
      if (isIn && (!best || size < best.size)) best = { find, size };
    }
    if (best) look(best.find.id, false);
  }

  /** Shows the ignore zones that hold. */
  function zones() {
    covered?.remove();
    covered = self.map && zoneShapes(now.zones).addTo(self.map);
  }

  /** Shows the imagery of the chosen date and view. */
  function ground() {
    imagery?.remove();
    imagery = null;
    if (!self.map || !now.scene) return;
    imagery = L.tileLayer(`/imagery/${now.scene.id}/${now.view}/{z}/{x}/{y}.webp`, {
      bounds: corners(now.scene.bounds), maxNativeZoom: 17, maxZoom: 18, zIndex: 1,
    }).addTo(self.map);
  }

  /** Shows the map of scores of the chosen class, or none. */
  function heat() {
    scores?.remove();
    scores = null;
    if (!self.map || !now.score) return;
    scores = L.tileLayer(`/imagery/runs/${now.run.id}/scores/${now.score}/{z}/{x}/{y}.png`, {
      bounds: corners(now.run.bounds), maxNativeZoom: 15, maxZoom: 18, zIndex: 2, className: "rv-heat",
    }).addTo(self.map);
  }

  self.outline = (geometry) => {
    mark.clearLayers();
    if (!geometry) return;
    for (const [color, weight] of [["#10222f", 6], ["#ffe14d", 3]]) {
      L.geoJSON(geometry, { style: { color, weight, fill: false, opacity: 1 }, interactive: false }).addTo(mark);
    }
  };
  self.fit = (find = now.byId.get(now.currentId)) => {
    const { x, y } = self.map.getSize();
    if (find) self.map.fitBounds(corners(find.bounds), { maxZoom: 16, padding: [x / 6, y / 6], animate: false });
    else self.map.fitBounds(corners(now.run.bounds), { animate: false });
  };
  let waiting = 0;
  self.repaint = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => finds?.rerenderTiles());
  };
  on("review-order review-find", self.repaint);
  on("review-zones", zones);
  on("review-ground", ground);
  on("review-score", heat);
  requestAnimationFrame(start);
  return self;
}
