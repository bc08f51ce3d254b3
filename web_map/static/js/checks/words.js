/** How a check's answers, states and times read. */

import { badge, h } from "../dom.js";
import { language, number, t, term } from "../text.js";

const WORDS = {
  kind: "SiteKind", waste_class: "WasteClass", look_alike: "LookAlike", unreachable_why: "Unreachable",
  height_basis: "HeightBasis", heap_shape: "HeapShape", verdict: "Verdict",
};
const TONES = {
  RECEIVED: { colour: "#0b5cad", ink: "#fff" }, HAS_ISSUES: { colour: "#8a4b00", ink: "#fff" },
  APPROVED: { colour: "#1b6e3c", ink: "#fff" }, EDITED: { colour: "#1b6e3c", ink: "#fff" },
  REJECTED: { colour: "#5b6470", ink: "#fff" },
};
const isEnglish = language === "en";
let fields = [];

/** Takes in the form's fields, whose labels and units answers are shown with. */
export function learnForm(rules) {
  fields = rules.fields;
}

/** The answers that fit a verdict, in the order of the form. */
export const fieldsOf = (verdict) => fields.filter((field) => field.verdicts.includes(verdict));

/** The half of a pair {zh, en} that fits the page's language. */
export const said = (pair) => (isEnglish ? pair.en : pair.zh);

/** The label of an answer. */
export function labelOf(name) {
  if (name === "verdict") return t("checks.verdict");
  const field = fields.find((one) => one.name === name);
  return field ? said(field) : name;
}

/** Whose words an answer is one of, or null. */
export const questionOf = (name) => WORDS[name] || null;

/** An answer as it is read; "" where nothing was said. */
export function valueOf(name, value) {
  if (value === null || value === undefined || value === "") return "";
  if (WORDS[name]) return term(WORDS[name], value);
  if (value === true) return t("checks.yes");
  if (value === false) return t("checks.no");
  if (typeof value === "number") {
    const unit = fields.find((one) => one.name === name)?.unit;
    return `${number(value, value < 100 ? 1 : 0)}${unit ? ` ${unit}` : ""}`;
  }
  return String(value);
}

/** The state of a check's review, as a badge. */
export const reviewBadge = (review) => badge(term("ReviewState", review), TONES[review]);

/** How a check stands to others, as a badge; nothing where it stands alone. */
export function standingBadge(standing) {
  return standing === "PLAIN" ? null : badge(term("Standing", standing), {}, "to-check");
}

/** The name of a place: its site, or its candidate. */
export function placeName(one) {
  return one.name || t("checks.candidate", { id: one.key.split(":")[1].slice(0, 8) });
}

/** A key of the keyboard, shown beside a button. */
export const keyMark = (key) => h("kbd", { "aria-hidden": "true" }, key);
