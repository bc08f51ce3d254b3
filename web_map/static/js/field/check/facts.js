/** What the form's rules ask for: the answers, and what follows from positions, outline and time. */

import { worksOut } from "./mass.js";
import { area_m2, contains, offOutline_m } from "./shape.js";

/** The fix that tells where the check was made: not where the form was opened, if there is a later one. */
export function bestFix(fixes, limits) {
  const accuracy = (fix) => (fix.purpose === "MAP" ? limits.map_accuracy_m : fix.accuracy_m);
  const there = fixes.filter((fix) => fix.purpose !== "OPEN");
  const [best] = [...(there.length ? there : fixes)].sort((a, b) => accuracy(a) - accuracy(b) || b.samples - a.samples);
  return best ? { ...best, accuracy_m: accuracy(best) } : null;
}

/** What looks made up in the fixes, the worst first. */
const hintOf = (fixes) => ["leap", "no_accuracy", "constant"].find((hint) => fixes.some((fix) => fix.hints?.includes(hint))) || null;

function ofPosition(draft, place, ground, limits) {
  const best = bestFix(draft.fixes, limits);
  if (!best) return { accuracy_m: null, is_in_district: null, distance_m: null, position_hint: null };
  const here = [best.lon, best.lat];
  const inside = ground ? contains(ground, here) : null;
  return {
    accuracy_m: best.accuracy_m, is_in_district: inside, position_hint: hintOf(draft.fixes),
    distance_m: inside === false ? null : offOutline_m(place.outline, here),
  };
}

function ofOutline(draft, place) {
  const before = place.outline ? area_m2(place.outline) : place.area_m2;
  if (!hasOutline(draft)) return { area_m2: draft.answers.area_m2 ?? before ?? null, area_ratio: null };
  return { area_m2: draft.area_m2, area_ratio: before ? draft.area_m2 / before : null };
}

/** Says whether a verdict has an outline: a look-alike, nothing left and a place not reached have none. */
export const hasOutline = (draft) => Boolean(draft.outline) && ["WASTE", "PIT"].includes(draft.verdict);

/** Every fact that a rule may ask for on the phone; `ground` is the district's outline where it is known. */
export function factsOf(draft, { place, ground, rules, answers, now = new Date(), version = place.version }) {
  const outline = ofOutline(draft, place);
  const found = worksOut(rules, answers, outline.area_m2);
  return {
    ...answers, verdict: draft.verdict, outline_by: draft.outline_by, has_outline: hasOutline(draft),
    outline_problem: null, fixes: draft.fixes.length, photos: draft.photos.filter((one) => !one.is_removed).length,
    is_desk: false, minutes_open: (now - new Date(draft.opened_at)) / 60000,
    place_age_versions: Math.max(0, version - draft.seen_version),
    ...ofPosition(draft, place, ground, rules.limits), ...outline,
    mass_ratio: answers.mass_t > 0 && found?.mass_t ? Math.min(answers.mass_t / found.mass_t, 1e9) : null,
  };
}
