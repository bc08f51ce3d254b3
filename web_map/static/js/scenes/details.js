/** Everything that is known of the chosen scene: bands, radiometry, masks, sources, runs. */

import { badge, bar, facts, h, state } from "../dom.js";
import { moment, number, t, term } from "../text.js";
import { COMPOSITE_LOOK, dayOf, lookOf, maskOf, originOf, radiometryOf, share } from "./words.js";

const edge = () => t("scenes.band_edge");
const nir = () => t("scenes.band_nir");
const swir = () => t("scenes.band_swir");
const MEANS = {
  B02: () => t("scenes.band_blue"), B03: () => t("scenes.band_green"), B04: () => t("scenes.band_red"),
  B05: edge, B06: edge, B07: edge, B08: nir, B8A: nir, B11: swir, B12: swir,
};

function bands(item) {
  return h("ul", { class: "scene-bands" }, item.properties.bands.map(({ name }) =>
    h("li", {}, h("b", {}, name), h("span", { class: "quiet" }, MEANS[name]?.() || ""))));
}

function shares(item) {
  const said = item.properties;
  const rows = [
    [t("scenes.cloud"), said["eo:cloud_cover"], lookOf(item).colour],
    [t("scenes.shadow"), said["qingfei:shadow_percent"], "#55636f"],
    [t("scenes.snow"), said["eo:snow_cover"], "#3f97cf"],
    [t("scenes.nodata"), said["qingfei:nodata_percent"], "#8a97a3"],
  ].filter(([, percent]) => percent !== null && percent !== undefined);
  return h("div", { class: "scene-shares" }, rows.map(([name, percent, colour]) => h("div", { class: "scene-share" },
    h("span", {}, name), bar(percent / 100, share(percent), colour, `${name} ${share(percent)}`))),
  h("p", { class: "quiet" }, `${t("scenes.mask")}: ${maskOf(item)}`),
  said["qingfei:mask"] === "BRIGHT" && h("p", { class: "scene-note" }, t("scenes.bright_note")));
}

function sources(item, choose) {
  const list = item.properties["qingfei:processing"]?.sources;
  if (!list) return null;
  return h("section", {}, h("h3", {}, t("scenes.sources", { n: list.length })),
    h("ul", { class: "scene-sources" }, list.map((one) => h("li", {},
      h("button", { type: "button", class: "link", onclick: () => choose(one.id) }, one.name), h("span", { class: "quiet" }, one.day)))));
}

function runs(found) {
  if (!found) return state("wait", t("scenes.loading"));
  if (!found.runs.length) return h("p", { class: "quiet" }, t("scenes.no_runs"));
  return h("ul", { class: "scene-runs" }, found.runs.map((run) => h("li", {},
    h("a", { href: `/runs/${run.id}/review` }, run.model_name), h("span", {}, t("scenes.candidates", { n: number(run.candidates_found) })),
    h("span", { class: "quiet" }, `${moment(run.filed_at)} · ${run.filed_by}`))));
}

function views(item, view, change) {
  const names = new Set(item.properties.bands.map((band) => band.name));
  const able = [["natural", t("scenes.view_natural"), ["B02", "B03", "B04"]], ["swir", t("scenes.view_swir"), ["B11", "B08", "B04"]]]
    .filter(([, , needed]) => needed.every((name) => names.has(name)));
  const options = [...able, ["", t("scenes.view_none")]];
  return h("div", { class: "segment", role: "group", "aria-label": t("scenes.view") }, options.map(([value, text]) =>
    h("button", { type: "button", "aria-pressed": String(value === view), onclick: () => change(value) }, text)));
}

/** The details of `item`; `found` are its runs once they are known. */
export function details(item, found, { view, choose, changeView, zoom }) {
  const said = item.properties;
  const [numbers, assumed] = radiometryOf(item);
  return h("div", { class: "scene-details" },
    h("div", { class: "scene-head" }, h("h2", {}, said.title), said["qingfei:kind"] === "COMPOSITE" && badge(term("SceneKind", "COMPOSITE"), COMPOSITE_LOOK),
      h("button", { type: "button", class: "button", onclick: zoom }, t("scenes.zoom"))),
    views(item, view, changeView),
    facts([
      [t("scenes.day"), dayOf(item)],
      [t("scenes.sensor"), said.instruments.join(" + ")],
      [t("scenes.pixel"), t("scenes.metres", { n: number(said.gsd, said.gsd < 1 ? 2 : said.gsd % 1 ? 1 : 0) })],
      [t("scenes.size"), t("scenes.pixels", { width: number(said["proj:shape"][1]), height: number(said["proj:shape"][0]) })],
      [t("scenes.crs"), said["proj:code"] || said["qingfei:crs"]],
      [t("scenes.origin"), originOf(item)],
      [t("scenes.radiometry"), [h("span", {}, numbers), assumed && h("p", { class: "scene-note" }, assumed)]],
      [t("scenes.elevation"), found?.elevation && t("scenes.elevation_of", { name: found.elevation.name, n: number(found.elevation.pixel_m, 1) })],
      [t("scenes.hash"), h("code", { class: "scene-hash", title: said["qingfei:sha256"] }, said["qingfei:sha256"])],
      [t("scenes.added"), said.created && moment(said.created)],
      [t("scenes.notice"), said["qingfei:notice"]],
    ]),
    h("h3", {}, t("scenes.runs")), runs(found),
    h("h3", {}, t("scenes.shares")), shares(item),
    h("h3", {}, t("scenes.bands", { n: said.bands.length })), bands(item),
    sources(item, choose));
}
