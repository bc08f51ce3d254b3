/** How the numbers of pits read: volumes, error bars, where a rule comes from. */

import { badge, h } from "../../dom.js";
import { language, number, pick, t } from "../../text.js";

/** A volume: in units of ten thousand cubic metres where the language has them. */
export function room(m3) {
  if (m3 === null || m3 === undefined) return "";
  if (Math.abs(m3) >= 10000 && language !== "en") return t("pit.wm3", { n: number(m3 / 10000, 2) });
  return t("pit.m3", { n: number(m3) });
}

/** A volume with its error of one standard deviation. */
export function sure(m3, sigma) {
  if (m3 === null || m3 === undefined) return "";
  if (sigma === null || sigma === undefined) return room(m3);
  return t("pit.sure", { volume: room(m3), sigma: room(sigma) });
}

/** A number with its unit; signs such as ° and % stand close to it. */
export const withUnit = (said, unit) => (/^[°%]/.test(unit) ? `${said}${unit}` : `${said} ${unit}`);

/** A length in metres with one decimal. */
export const metres = (value) => (value === null || value === undefined ? "" : t("pit.metres", { n: number(value, 1) }));

/** An angle in degrees. */
export const degrees = (value) => (value === null || value === undefined ? "" : t("pit.degrees", { n: number(value, 1) }));

/** Where a rule stands, with the mark of one that nobody has compared with its text. */
export function clause(rule) {
  return h("span", { class: "quiet pit-clause", title: rule.source }, `${rule.standard} ${rule.clause}`,
    !rule.is_checked && badge(t("pit.unchecked"), {}, "badge-plain"));
}

/** The text of a rule. */
export const ruleText = (rule) => pick(rule, "text");
