/** One check under way: the draft, what follows from it, and who wants to hear of changes. */

import { get, recall } from "../db.js";
import { broken, keptRules, refreshRules } from "./rules.js";
import { NO_ANSWERS, keeper, keptDraft, newDraft, sentBack } from "./draft.js";
import { factsOf } from "./facts.js";
import { areaOf, withMass } from "./mass.js";

/** The names of the answers that fit a verdict, in the order of the form. */
export const fitting = (rules, verdict) => rules.fields.filter((field) => field.verdicts.includes(verdict)).map((field) => field.name);

/** The answers that fit the verdict; what was filled in under another one is left out. */
export function fittingAnswers(rules, draft) {
  const fit = new Set(fitting(rules, draft.verdict));
  return Object.fromEntries(Object.entries(draft.answers).map(([name, value]) => [name, fit.has(name) ? value : NO_ANSWERS[name]]));
}

async function rulesHere() {
  const kept = await keptRules();
  return kept || refreshRules();
}

/**
 * Opens the check of a place: the draft as it was left, what the office sent back, or a new one.
 * Resolves to the session, or to { problem: "no_place" | "others", owner }; throws ApiError.
 */
export async function openSession(key, owner) {
  const [place, rules, ground, kept] = await Promise.all([get("places", key), rulesHere(), recall("list_district"), keptDraft(key)]);
  if (!place) return { problem: "no_place" };
  if (kept && kept.owner !== owner) return { problem: "others", owner: kept.owner };
  const session = {
    place, rules, ground: ground?.outline || null, draft: kept || newDraft(place, owner, await sentBack(key, owner)),
    isAttempted: false, storage: null, listeners: new Set(), fieldListeners: new Set(),
  };
  const keeping = keeper((problem) => {
    if (problem === session.storage) return;
    session.storage = problem;
    session.tell(["storage"]);
  });
  session.isKept = Boolean(kept);
  session.tell = (names) => [...session.listeners, ...session.fieldListeners].forEach((listener) => listener(new Set(names)));
  session.settled = keeping.settled;
  session.keepNow = () => keeping.keep(session.draft);
  session.set = (values) => {
    session.draft = { ...session.draft, ...values };
    const { draft } = session;
    if (draft.verdict === "WASTE") {
      draft.answers = withMass(rules, draft.answers, areaOf(draft, place), draft.is_mass_stated);
    } else if (draft.verdict === "PIT") {
      draft.answers = { ...draft.answers, area_m2: areaOf(draft, place) };
    }
    session.isKept = true;
    void session.keepNow();
    session.tell(Object.keys(values));
  };
  session.answer = (name, value) => {
    session.set({ answers: { ...session.draft.answers, [name]: value } });
    session.tell([name]);
  };
  return session;
}

/** What the rules say of the check as it is now. */
export function issuesOf(session) {
  const answers = fittingAnswers(session.rules, session.draft);
  const facts = factsOf(session.draft, { ...session, answers });
  return broken(session.rules.rules, facts, session.draft.overrides);
}

/** Gives a reason for going on although a rule warns; an empty one takes it back. */
export function override(session, rule, reason) {
  const rest = session.draft.overrides.filter((one) => one.rule !== rule);
  session.set({ overrides: reason.trim() ? [...rest, { rule, reason: reason.trim() }] : rest });
}
