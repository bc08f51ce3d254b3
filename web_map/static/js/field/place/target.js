/** The point of a place to go to: at its edge where the team comes from, or inside it. */

import { degree_m, distance_m } from "../position.js";

/** The rings of a GeoJSON polygon or multipolygon as [[lon, lat], …], outer rings first of each. */
export const ringsOf = (outline) => (outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates).flat();

function inRing([x, y], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Says whether a point [lon, lat] lies within an outline. */
export function isInside(point, outline) {
  const polygons = outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates;
  return polygons.some(([outer, ...holes]) => inRing(point, outer) && !holes.some((hole) => inRing(point, hole)));
}

function nearestOn([x, y], [x1, y1], [x2, y2], [east, north]) {
  const [dx, dy] = [(x2 - x1) * east, (y2 - y1) * north];
  const length = dx * dx + dy * dy;
  const along = length ? (((x - x1) * east * dx + (y - y1) * north * dy) / length) : 0;
  const share = Math.min(1, Math.max(0, along));
  return [x1 + share * (x2 - x1), y1 + share * (y2 - y1)];
}

/** The point of an outline's edge that is nearest to [lon, lat], with the distance to it. */
export function nearestEdge(point, outline) {
  const scale = degree_m(point[1]);
  let best = null;
  for (const ring of ringsOf(outline)) {
    for (let i = 1; i < ring.length; i += 1) {
      const at = nearestOn(point, ring[i - 1], ring[i], scale);
      const metres = Math.hypot((at[0] - point[0]) * scale[0], (at[1] - point[1]) * scale[1]);
      if (!best || metres < best.metres) best = { at, metres };
    }
  }
  return best && { at: best.at, metres: distance_m(point, best.at) };
}

/** How far a place is from [lon, lat], 0 inside, and the point to go to. */
export function wayTo(point, place) {
  if (!place.outline) return { metres: distance_m(point, place.centre), at: place.centre, isInside: false };
  if (isInside(point, place.outline)) return { metres: 0, at: point, isInside: true };
  return { ...nearestEdge(point, place.outline), isInside: false };
}
