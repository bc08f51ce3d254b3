/** The strip's measures: chainage along, the square root of the distance aside, ticks, clusters. */

const ASIDE = [100, 250, 500, 1000, 2000, 3000, 5000, 10000, 20000];
const NEAR_PX = 15;
const STEPS = [100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000];

/** A strip's geometry: `at(chainage, bank, metres)` says where on the paper a place lies. */
export function scaleOf({ from, to, farthest, long, half, isVertical, margin }) {
  const most = Math.max(500, farthest * 1.12);
  const along = (chainage) => margin.start + ((chainage - from) / (to - from)) * (long - margin.start - margin.end);
  const aside = (metres) => Math.sqrt(Math.min(metres, most) / most) * (half - margin.side);
  // Looking downstream the left bank is above a strip that runs right, and right of one that runs down.
  const at = (chainage, bank, metres) => {
    const off = aside(metres) * (bank === "LEFT" ? -1 : 1);
    return isVertical ? { x: half - off, y: along(chainage) } : { x: along(chainage), y: half + off };
  };
  return { along, aside, at, most, isVertical, half, long, from, to };
}

/** Round chainages within a stretch, about one every `every` pixels. */
export function chainageTicks(scale, every) {
  const room = Math.max(2, (scale.along(scale.to) - scale.along(scale.from)) / every);
  const step = STEPS.find((one) => (scale.to - scale.from) / one <= room) || STEPS[STEPS.length - 1];
  const ticks = [];
  for (let at = Math.ceil(scale.from / step) * step; at <= scale.to; at += step) ticks.push(at);
  return ticks;
}

/** Round distances from the river, at least `every` pixels apart. */
export function distanceTicks(scale, every) {
  const shown = [];
  let last = 0;
  for (const metres of ASIDE) {
    const here = scale.aside(metres);
    if (metres <= scale.most && here - last >= every) {
      shown.push(metres);
      last = here;
    }
  }
  return shown;
}

/** How big a site of an area is drawn. */
export const radiusOf = (squareMetres) => Math.max(5, Math.min(15, 3 + Math.sqrt(squareMetres || 0) / 22));

/** Marks that would hide one another, together: { x, y, sites } each. */
export function clustered(marks, scale) {
  const found = [];
  for (const mark of marks) {
    const place = scale.at(mark.chainage_m, mark.bank, mark.river_distance_m || 0);
    const near = found.find((one) => Math.hypot(one.x - place.x, one.y - place.y) < NEAR_PX);
    if (near) near.sites.push(mark);
    else found.push({ ...place, sites: [mark] });
  }
  return found;
}
