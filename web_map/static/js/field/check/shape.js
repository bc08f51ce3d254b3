/** Outlines as GeoJSON: area and perimeter on the ellipsoid, distance to them, what is wrong with them. */

import { degree_m, distance_m } from "../position.js";

const SPHERE_M = 6371007.181;
const ECCENTRICITY = Math.sqrt(0.00669438);
const q = (sine) => (1 - ECCENTRICITY ** 2) * (sine / (1 - (ECCENTRICITY * sine) ** 2)
  - Math.log((1 - ECCENTRICITY * sine) / (1 + ECCENTRICITY * sine)) / (2 * ECCENTRICITY));
const rad = (degrees) => (degrees * Math.PI) / 180;

/** The polygons of an outline, each a list of rings of [lon, lat]. */
export function polygonsOf(outline) {
  if (!outline) return [];
  return outline.type === "Polygon" ? [outline.coordinates] : outline.coordinates;
}

function ringArea(ring) {
  const height = (point) => q(Math.sin(rad(point[1]))) / q(1);
  const ground = height(ring[0]);
  let sum = 0;
  for (let n = 0; n < ring.length; n += 1) {
    const [a, b] = [ring[n], ring[(n + 1) % ring.length]];
    sum += rad(b[0] - a[0]) * (height(a) + height(b) - 2 * ground);
  }
  return Math.abs((sum * SPHERE_M ** 2) / 2);
}

/** The area of an outline in square metres, on the ellipsoid. */
export function area_m2(outline) {
  return polygonsOf(outline).reduce((all, [shell, ...holes]) =>
    all + ringArea(shell) - holes.reduce((sum, hole) => sum + ringArea(hole), 0), 0);
}

/** The length of a ring's edge in metres, the closing side included. */
export const perimeter_m = (ring) => ring.reduce((all, point, n) => all + distance_m(point, ring[(n + 1) % ring.length]), 0);

/** Points as metres east and north of the first of them. */
export function plane(points, origin = points[0]) {
  const [east, north] = degree_m(origin[1]);
  return points.map(([lon, lat]) => [(lon - origin[0]) * east, (lat - origin[1]) * north]);
}

function isInside([x, y], ring) {
  let inside = false;
  for (let n = 0, m = ring.length - 1; n < ring.length; m = n, n += 1) {
    const [[ax, ay], [bx, by]] = [ring[n], ring[m]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Says whether a point [lon, lat] lies in an outline. */
export const contains = (outline, point) => polygonsOf(outline).some(([shell, ...holes]) =>
  isInside(point, shell) && !holes.some((hole) => isInside(point, hole)));

/** The distance of [0, 0] from a piece of a line, in the plane. */
export function offLine([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = dx || dy ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy))) : 0;
  return Math.hypot(ax + along * dx, ay + along * dy);
}

/** Metres from a point to an outline, 0 inside; null without an outline. */
export function offOutline_m(outline, point) {
  if (!polygonsOf(outline).length) return null;
  if (contains(outline, point)) return 0;
  const rings = polygonsOf(outline).flat().map((ring) => plane(ring, point));
  return Math.min(...rings.flatMap((ring) => ring.map((corner, n) => offLine(corner, ring[(n + 1) % ring.length]))));
}

const side = (a, b, c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

function meeting(a, b, c, d) {
  const [r, s] = [[b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]]];
  const along = ((c[0] - a[0]) * s[1] - (c[1] - a[1]) * s[0]) / (r[0] * s[1] - r[1] * s[0]);
  return [a[0] + along * r[0], a[1] + along * r[1]];
}

function touches(corner, a, b) {
  return offLine([a[0] - corner[0], a[1] - corner[1]], [b[0] - corner[0], b[1] - corner[1]]) < 1e-9;
}

/** Where an open ring of [lon, lat] crosses or touches itself, or null. */
export function crossingOf(ring) {
  const next = (n) => ring[(n + 1) % ring.length];
  for (let n = 0; n < ring.length; n += 1) {
    for (let m = n + 2; m < ring.length; m += 1) {
      if (n === 0 && m === ring.length - 1) continue;
      const [a, b, c, d] = [ring[n], next(n), ring[m], next(m)];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return meeting(a, b, c, d);
      const touching = [[c, a, b], [d, a, b], [a, c, d], [b, c, d]].find((three) => touches(...three));
      if (touching) return touching[0];
    }
  }
  return null;
}

/** Thins a row of points (Douglas-Peucker): none is left out that lies farther than `tolerance_m` from the line. */
export function simplified(points, tolerance_m) {
  if (points.length < 3) return points;
  const flat = plane(points);
  const kept = new Set([0, points.length - 1]);
  const open = [[0, points.length - 1]];
  while (open.length) {
    const [from, to] = open.pop();
    let [far, most] = [-1, tolerance_m];
    for (let n = from + 1; n < to; n += 1) {
      const [x, y] = flat[n];
      const off = offLine([flat[from][0] - x, flat[from][1] - y], [flat[to][0] - x, flat[to][1] - y]);
      if (off > most) [far, most] = [n, off];
    }
    if (far < 0) continue;
    kept.add(far);
    open.push([from, far], [far, to]);
  }
  return points.filter((_, n) => kept.has(n));
}

/** An open ring of [lon, lat] as a GeoJSON polygon, rounded to the centimetre. */
export function polygonOf(ring) {
  const corners = ring.map(([lon, lat]) => [Number(lon.toFixed(7)), Number(lat.toFixed(7))]);
  return { type: "Polygon", coordinates: [[...corners, corners[0]]] };
}

/** The shell of an outline's largest polygon as an open ring. */
export function openRing(outline) {
  const shells = polygonsOf(outline).map(([shell]) => shell).sort((a, b) => ringArea(b) - ringArea(a));
  return shells.length ? shells[0].slice(0, -1).map(([lon, lat]) => [lon, lat]) : [];
}
