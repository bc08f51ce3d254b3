/** The rules of the form, as the office keeps them: which of them speak of a set of facts. */

import { get } from "../../api.js";
import { language } from "../../text.js";
import { on } from "../bus.js";
import { keep, recall } from "../db.js";
import { isOnline } from "../net.js";

const isNumber = (value) => typeof value === "number" && !Number.isNaN(value);
const COMPARE = {
  is: (a, b) => a === b,
  is_not: (a, b) => a !== b,
  in: (a, b) => b.includes(a),
  not_in: (a, b) => !b.includes(a),
  lt: (a, b) => isNumber(a) && a < b,
  le: (a, b) => isNumber(a) && a <= b,
  gt: (a, b) => isNumber(a) && a > b,
  ge: (a, b) => isNumber(a) && a >= b,
};

/** Says whether one comparison [fact, op, value] holds; with an unknown fact none does. */
export function holds([fact, op, value], facts) {
  const known = facts[fact];
  const isMissing = known === null || known === undefined || known === "";
  if (op === "missing" || op === "present") return isMissing === (op === "missing");
  return !isMissing && COMPARE[op](known, value);
}

/** A fact as a sentence shows it: one decimal, a half rounded up, no bare ".0". */
export function shown(value) {
  if (value === null || value === undefined) return "";
  if (!isNumber(value)) return String(value);
  const rounded = Math.floor(value * 10 + 0.5) / 10;
  return Number.isInteger(rounded) ? rounded.toFixed(0) : rounded.toFixed(1);
}

function sentence(text, facts) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? shown(facts[name]) : whole));
}

/** The rules that speak, hard ones first: [{ rule, severity, zh, en, reason, when }]. */
export function broken(rules, facts, overrides = []) {
  const reasons = new Map(overrides.map((one) => [one.rule, one.reason]));
  const found = rules.filter((rule) => rule.when.every((condition) => holds(condition, facts)));
  found.sort((a, b) => (a.severity !== "HARD") - (b.severity !== "HARD"));
  return found.map((rule) => ({
    rule: rule.id, severity: rule.severity, zh: sentence(rule.zh, facts), en: sentence(rule.en, facts),
    reason: reasons.get(rule.id) || "", when: rule.when,
  }));
}

/** What a broken rule says, in the page's language. */
export const said = (one) => (language === "en" ? one.en : one.zh);

/** The form's rules as the office last gave them to this phone, or undefined. */
export const keptRules = () => recall("rules");

/** Asks the office for the rules; throws ApiError. */
export async function refreshRules() {
  const rules = await get("/api/field/rules");
  await keep("rules", rules);
  return rules;
}

/** Keeps the rules up to date whenever somebody is known and there is a net. */
export function startRules() {
  const quietly = () => {
    if (isOnline()) refreshRules().catch(() => undefined);  // the old ones stay in use
  };
  on("me", quietly);
  on("net", quietly);
  quietly();
}
