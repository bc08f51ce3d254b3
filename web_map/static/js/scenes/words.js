/** What the page says of a scene: its day, its cloud, how its numbers are read. */

import { language, number, t, term } from "../text.js";

const CLEAR = { colour: "#1b7a3d", text: () => t("scenes.look_clear") };
const SOME = { colour: "#b26a00", text: () => t("scenes.look_some") };
const MUCH = { colour: "#b3261e", text: () => t("scenes.look_much") };
const UNKNOWN = { colour: "#55636f", text: () => t("scenes.look_unknown") };

const FROM = {
  option: () => t("scenes.from_option"), tags: () => t("scenes.from_tags"), inferred: () => t("scenes.from_inferred"),
};
const ORIGIN = {
  SAFE: () => t("scenes.origin_safe"), GAOFEN: () => t("scenes.origin_gaofen"), GEOTIFF: () => t("scenes.origin_geotiff"),
};
const COMPOSED = { median: () => t("scenes.composed_median"), best: () => t("scenes.composed_best") };

export const COMPOSITE_LOOK = { colour: "#e3ecf5", ink: "#0b3d6e" };
export const LOOKS = [CLEAR, SOME, MUCH, UNKNOWN];

/** The colour that a scene is drawn in, by its share of cloud. */
export function lookOf(item) {
  const cloud = item.properties["eo:cloud_cover"];
  if (cloud === undefined || cloud === null) return UNKNOWN;
  if (cloud < 10) return CLEAR;
  return cloud < 40 ? SOME : MUCH;
}

/** A scene's day, or the days from the first to the last of a composite. */
export function dayOf(item) {
  const { start_datetime: start, "qingfei:acquired_on": day } = item.properties;
  if (!day) return t("scenes.no_day");
  return start ? `${start.slice(0, 10)} – ${day}` : day;
}

/** A percentage with a digit where it is small. */
export function share(percent) {
  if (percent === null || percent === undefined) return t("scenes.not_known");
  return `${number(percent, percent && percent < 10 ? 1 : 0)}%`;
}

/** How stored numbers become reflectance, and what was assumed. */
export function radiometryOf(item) {
  const said = item.properties["qingfei:radiometry"];
  if (!said || said.scale === undefined) return [t("scenes.not_known"), ""];
  const offset = said.offset ? ` ${said.offset < 0 ? "−" : "+"} ${number(Math.abs(said.offset), 4)}` : "";
  const per = said.scale >= 1 ? "DN" : `DN / ${number(1 / said.scale)}`;
  const assumed = language === "en" ? said.assumption_en : said.assumption_zh;
  return [t("scenes.reflectance", { formula: `${per}${offset}`, from: FROM[said.source]?.() || "" }), assumed || ""];
}

/** Where a scene came from, in words. */
export function originOf(item) {
  const said = item.properties["qingfei:processing"] || {};
  if (item.properties["qingfei:kind"] === "COMPOSITE") return COMPOSED[said.how]?.() || "";
  const parts = [ORIGIN[said.from]?.(), said.file, said.baseline && t("scenes.baseline", { n: said.baseline })];
  return parts.filter(Boolean).join(" · ");
}

export const maskOf = (item) => (item.properties["qingfei:mask"] ? term("MaskHow", item.properties["qingfei:mask"]) : t("scenes.no_mask"));
