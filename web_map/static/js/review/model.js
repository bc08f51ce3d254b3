/** What the page knows: the run, what it found, what is filtered, which find is looked at. */

import { tell } from "../store.js";

export const now = {
  user: null, district: null, run: null, runs: [], finds: [], byId: new Map(), zones: [], scores: null, leftOut: 0, only: null, classCounts: {},
  threshold: 0, hidden: new Set(), state: "", sort: "confidence", order: [], currentId: null,
  scene: null, view: "natural", score: "", sent: [], unsent: 0,
};

export const SORTS = ["confidence", "area", "doubt"];

/** How little a score says: none at all in the middle between yes and no. */
const doubt = (find) => Math.abs(find.confidence - 0.5);

const sorters = {
  confidence: (a, b) => b.confidence - a.confidence,
  area: (a, b) => b.area_m2 - a.area_m2,
  doubt: (a, b) => doubt(a) - doubt(b),
};

/** Takes in what the server told of the run. */
export function takeIn(answer, user, district) {
  Object.assign(now, {
    user, district, run: answer.run, runs: answer.runs, finds: answer.finds, zones: answer.zones,
    scores: answer.scores, leftOut: answer.left_out, only: answer.only, classCounts: answer.class_counts, threshold: answer.run.threshold,
    byId: new Map(answer.finds.map((find) => [find.id, find])),
  });
  const scenes = scenesOf(answer.run.bounds);
  now.scene = scenes.find((scene) => scene.id === answer.run.scene_id) || scenes[0] || null;
  now.view = now.scene?.views[0] || "natural";
  arrange();
}

/** The scenes of the place that show a box, by date. */
export function scenesOf([west, south, east, north]) {
  return now.district.scenes
    .filter(({ bounds: [w, s, e, n] }) => w < east && e > west && s < north && n > south)
    .sort((a, b) => String(a.acquired_on).localeCompare(String(b.acquired_on)));
}

/** By how much more a find that stands alone must be sure. */
const extraOf = (find) => (find.facts.is_isolated ? now.run.isolated_extra : 0) - 1e-9;

/** Says whether a find is at or above the slider, which is where the list begins. */
export const isAbove = (find) => find.confidence >= now.threshold + extraOf(find);

/** Says whether a find passes the filters. */
export function isShown(find) {
  return isAbove(find) && !now.hidden.has(find.class_name) && (!now.state || find.state === now.state);
}

/** Puts the finds that pass in order, and keeps the one that is looked at. */
export function arrange() {
  now.order = now.finds.filter(isShown).sort((a, b) => sorters[now.sort](a, b) || (a.id < b.id ? -1 : 1));
  if (!now.order.includes(now.byId.get(now.currentId))) {
    const kept = now.byId.get(now.currentId);
    const isJudged = kept && isAbove(kept) && !now.hidden.has(kept.class_name);
    if (!isJudged) now.currentId = null;
  }
}

/** Changes how the list is made, and tells of it. */
export function wish(changes) {
  Object.assign(now, changes);
  arrange();
  tell("review-order");
}

/** How many finds and how much ground there are from a confidence on: in all and by class. */
export function countFrom(threshold) {
  const all = { number: 0, area: 0 };
  const classes = new Map();
  for (const find of now.finds) {
    const mine = classes.get(find.class_name) || { number: 0, area: 0, total: 0 };
    classes.set(find.class_name, mine);
    mine.total += 1;
    if (find.confidence < threshold + extraOf(find)) continue;
    for (const one of [all, mine]) {
      one.number += 1;
      one.area += find.area_m2;
    }
  }
  return { all, classes: [...classes].sort((a, b) => b[1].total - a[1].total) };
}

/** How many finds stand in each of `bins` equal steps of confidence. */
export function histogram(bins) {
  const found = new Array(bins).fill(0);
  for (const find of now.finds) {
    if (!now.hidden.has(find.class_name)) found[Math.min(bins - 1, Math.floor(find.confidence * bins))] += 1;
  }
  return found;
}

/** How many of those above the slider nobody has judged yet. */
export const openNumber = () => now.finds.filter((find) => isAbove(find) && find.state === "TO_CHECK").length;

/** Looks at a find; `fly` false leaves the map where it is. */
export function look(id, fly = true) {
  now.currentId = id;
  tell("review-current", { fly });
}

/** Goes to the find before or after the one looked at. */
export function step(by) {
  if (!now.order.length) return;
  const at = now.order.indexOf(now.byId.get(now.currentId));
  const to = at < 0 ? 0 : Math.min(now.order.length - 1, Math.max(0, at + by));
  look(now.order[to].id);
}

/** Takes in a find as the server has it now. */
export function renew(find) {
  const mine = now.byId.get(find.id);
  if (mine) Object.assign(mine, find);
  tell("review-find", mine);
}
