/** Candidates, sites and reference lines as vector tiles. */

import { ApiError, signedOut } from "./api.js";
import { showError } from "./notice.js";
import { rules } from "./paint.js";
import { now, on } from "./store.js";
import { candidateShown, siteShown } from "./visible.js";

const shell = window.qingfei;
const NAMES = ["reference", "candidates", "sites"];
const open = {};

function sourceOf(name) {
  const { code, revision } = now.district;
  const address = shell.layers[name].url.replace("{district}", encodeURIComponent(code));
  return {
    async getZxy(z, x, y, signal) {
      const path = address.replace("{z}", z).replace("{x}", x).replace("{y}", y);
      const response = await fetch(`${path}?v=${revision}`, { signal }).catch((problem) => {
        if (problem.name !== "AbortError") showError(new ApiError(0, null), "tiles");
        throw problem;
      });
      if (response.status === 401) signedOut();
      if (response.status === 204 || response.status === 404 || response.status === 401) return undefined;
      if (!response.ok) {
        const problem = new ApiError(response.status, await response.json().catch(() => null));
        showError(problem, "tiles");
        throw problem;
      }
      return { data: await response.arrayBuffer() };
    },
  };
}

function isWanted(name) {
  return !now.hidden.layer.has(name);
}

/** Opens the district's layers anew; the old ones go when the new ones are drawn. */
export function openLayers() {
  const drawn = NAMES.map((name) => {
    const old = open[name];
    const layer = shell.layers[name].open(sourceOf(name), rules[name].paint, rules[name].label);
    open[name] = layer;
    const done = new Promise((resolve) => {
      if (!isWanted(name)) {
        old?.remove();
        resolve();
        return;
      }
      layer.once("load", () => {
        old?.remove();
        resolve();
      });
    });
    if (isWanted(name)) layer.addTo(shell.map);
    return done;
  });
  return Promise.all(drawn);
}

function repaint(names) {
  for (const name of names) {
    const layer = open[name];
    if (!layer || !layer._map) continue;
    layer.clearLayout();
    layer.rerenderTiles();
  }
}

function showOrHide() {
  for (const name of NAMES) {
    const layer = open[name];
    if (!layer) continue;
    if (isWanted(name) && !layer._map) layer.addTo(shell.map);
    if (!isWanted(name) && layer._map) layer.remove();
  }
}

on("imageryOn", () => repaint(["reference"]));
on("filters hidden", () => {
  showOrHide();
  repaint(NAMES);
});

const PX = 512;

function near(layer, shown, latlng, brush) {
  const zoom = Math.round(shell.map.getZoom());
  const view = layer.views.get("");
  const dataZoom = Math.min(zoom - view.levelDiff, view.maxDataLevel);
  const scale = 2 ** (zoom - view.levelDiff - dataZoom);
  const at = shell.map.project(latlng, zoom);
  let best = null;
  for (const [dx, dy] of [[0, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]]) {
    const x = Math.floor((at.x + dx * brush) / scale / PX);
    const y = Math.floor((at.y + dy * brush) / scale / PX);
    const tile = view.tileCache.cache.get(`${x}:${y}:${dataZoom}`);
    for (const feature of tile?.data.get(layer.qingfeiName) || []) {
      if (!shown(feature.props)) continue;
      const { minX, minY, maxX, maxY } = feature.bbox;
      const left = x * PX;
      const top = y * PX;
      const px = Math.max((minX + left) * scale - at.x, 0, at.x - (maxX + left) * scale);
      const py = Math.max((minY + top) * scale - at.y, 0, at.y - (maxY + top) * scale);
      const distance = Math.hypot(px, py);
      if (distance <= brush && (!best || distance < best.distance)) best = { distance, props: feature.props };
    }
  }
  return best?.props || null;
}

function exact(layer, name, shown, latlng) {
  const found = layer.queryTileFeaturesDebug(latlng.lng, latlng.lat, 1).get("") || [];
  const hit = found.find((one) => one.layerName === name && shown(one.feature.props));
  return hit ? hit.feature.props : null;
}

/** What lies under a click: the site before the candidate, the exact hit before a near one. */
export function pickAt(latlng, brush) {
  const asked = [["sites", siteShown, "site", "code"], ["candidates", candidateShown, "candidate", "id"]]
    .filter(([name]) => open[name]?._map);
  for (const look of ["exact", "near"]) {
    for (const [name, shown, type, key] of asked) {
      const layer = open[name];
      layer.qingfeiName = name;
      const props = look === "exact" ? exact(layer, name, shown, latlng) : near(layer, shown, latlng, brush);
      if (props) return { type, id: props[key] };
    }
  }
  return null;
}
