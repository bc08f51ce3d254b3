/** An edge walked with the phone: which fixes count, and the outline that they close to. */

import { distance_m } from "../position.js";
import { area_m2, crossingOf, perimeter_m, polygonOf, simplified } from "./shape.js";

/** A fix farther off than this is no part of an edge. */
export const ROUGH_M = 30;
const LEAST_STEP_M = 2;
const HOLDS_TOGETHER_M = 100;

/** A walk as the draft keeps it: points are [lon, lat, accuracy_m, at]. */
export const newWalk = () => ({ state: "WALKING", points: [], dropped: 0 });

/** Takes a fix into a walk; the same walk where it adds nothing: too rough, or hardly a step away. */
export function stepped(walk, fix) {
  if (walk.state !== "WALKING") return walk;
  if (!(fix.accuracy_m <= ROUGH_M)) return { ...walk, dropped: walk.dropped + 1 };
  const last = walk.points.at(-1);
  const least = Math.max(LEAST_STEP_M, Math.min(fix.accuracy_m, 15) / 2);
  if (last && distance_m(last.slice(0, 2), fix) < least) return walk;
  return { ...walk, points: [...walk.points, [fix.lon, fix.lat, fix.accuracy_m, fix.at]] };
}

const mean = (values) => values.reduce((a, b) => a + b, 0) / values.length;

/** Metres walked so far. */
export const walked_m = (walk) => walk.points.slice(1).reduce((all, point, n) => all + distance_m(walk.points[n].slice(0, 2), point.slice(0, 2)), 0);

/** The way left to the beginning, in metres. */
export const gap_m = (walk) => (walk.points.length < 2 ? 0 : distance_m(walk.points[0].slice(0, 2), walk.points.at(-1).slice(0, 2)));

/**
 * Closes a walk: { outline, area_m2, plus_minus_m2, accuracy_m }, or { problem: "short" | "crosses", at }.
 *
 * The uncertainty takes errors of neighbouring fixes to go together over some 100 m of edge: the
 * area's deviation is error across the edge × √(edge × 100 m).
 */
export function closed(walk) {
  const accuracy = walk.points.length ? mean(walk.points.map((point) => point[2])) : 0;
  const points = walk.points.map(([lon, lat]) => [lon, lat]);
  if (points.length > 3 && gap_m(walk) < LEAST_STEP_M) points.pop();
  const ring = points.length < 4 ? points : simplified([...points, points[0]], Math.max(1, accuracy / 3)).slice(0, -1);
  if (ring.length < 3) return { problem: "short", at: null };
  const at = crossingOf(ring);
  if (at) return { problem: "crosses", at };
  const outline = polygonOf(ring);
  const edge = perimeter_m(ring);
  const across = accuracy / 1.5;
  return {
    outline, area_m2: area_m2(outline), accuracy_m: accuracy,
    plus_minus_m2: Math.min(across * Math.sqrt(edge * HOLDS_TOGETHER_M), across * edge),
  };
}
