/** Words and figures that several parts of the sampling screen say. */

import { badge, h } from "../dom.js";
import { language, number, t, term } from "../text.js";

const QUESTIONS = { kind: "SiteKind", waste_class: "WasteClass", responsibility: "Responsibility" };

/** The text of a rule's row in the page's language. */
export const ruleText = (row) => (language === "en" ? row.en : row.zh);

/** A rule's number with its unit. */
export const ruleValue = (row) => `${number(row.value)} ${(language === "en" && row.unit_en) || row.unit}`;

/** The name of a stratum: the values of what the sites were grouped by. */
export function stratumName(by, rules) {
  const words = Object.entries(by).map(([key, value]) => {
    if (value === null) return `${term("Stratifier", key)}${t("sampling.unknown_mark")}`;
    if (key === "mass_band") return massBand(rules.find((row) => row.id === value), rules);
    return QUESTIONS[key] ? term(QUESTIONS[key], value) : value;
  });
  return words.join(" · ") || t("sampling.one_stratum");
}

function massBand(row, rules) {
  const bands = rules.filter((one) => one.kind === "least_number");
  const before = bands[bands.indexOf(row) - 1];
  if (row.up_to === null) return t("sampling.mass_above", { low: number(before.up_to) });
  return t("sampling.mass_between", { low: number(before?.up_to || 0), high: number(row.up_to) });
}

/** A share that has been done, drawn as a bar with its figures. */
export function doneBar(done, all, label) {
  return h("span", { class: "steps-bar", role: "img", "aria-label": `${label} ${done}/${all}` },
    h("span", { class: "steps-fill", style: { width: `${all ? (100 * done) / all : 0}%` } }),
    h("span", { class: "steps-text" }, `${label} ${done}/${all}`));
}

/** A rule's standard and clause, a way to its row, and whether it must still be compared with the text. */
export function ruleName(row) {
  const name = row.certainty === "proposal" ? t("sampling.proposal") : `${row.standard} ${row.clause}`;
  return [h("a", { class: "strong", href: `/rules#${encodeURIComponent(row.id)}` }, name), " ",
    !row.is_checked && badge(t("reason.to_be_checked"), {}, "to-check")];
}
