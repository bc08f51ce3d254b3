/** Where the phone is: one watch for everybody, a mean of many fixes, distance and bearing.
 *
 * A fix is { lon, lat, accuracy_m, at, samples, spread_m, heading_deg }; `at` is by the phone's clock.
 */

const EQUATOR_M = 6378137;
const SQUARED_ECCENTRICITY = 0.00669438;
const OPTIONS = { enableHighAccuracy: true, maximumAge: 1000, timeout: 20000 };
const PROBLEMS = { 1: "denied", 2: "unavailable", 3: "timeout" };
const rad = (degrees) => (degrees * Math.PI) / 180;
const lonLat = (point) => (Array.isArray(point) ? point : [point.lon, point.lat]);

/** Metres in a degree of longitude and of latitude, on the ellipsoid at a latitude. */
export function degree_m(lat) {
  const flat = 1 - SQUARED_ECCENTRICITY * Math.sin(rad(lat)) ** 2;
  return [rad(EQUATOR_M / Math.sqrt(flat)) * Math.cos(rad(lat)), rad((EQUATOR_M * (1 - SQUARED_ECCENTRICITY)) / flat ** 1.5)];
}

function step(a, b) {
  const [[lonA, latA], [lonB, latB]] = [lonLat(a), lonLat(b)];
  const [east, north] = degree_m((latA + latB) / 2);
  return [((((lonB - lonA + 540) % 360) + 360) % 360 - 180) * east, (latB - latA) * north];
}

/** Metres from one point to another, each { lon, lat } or [lon, lat]; right within 0.1 % up to 500 km. */
export const distance_m = (a, b) => Math.hypot(...step(a, b));

/** The direction from one point to another in degrees from north, clockwise, 0 to 360. */
export function bearing_deg(a, b) {
  const [east, north] = step(a, b);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/** `at` is by the phone's clock, which the server knows to be off; a receiver's own time may differ. */
function fixOf({ coords }) {
  const heading = Number.isFinite(coords.heading) && coords.speed > 0.5 ? coords.heading : null;
  return {
    lon: coords.longitude, lat: coords.latitude, accuracy_m: coords.accuracy, at: new Date().toISOString(),
    samples: 1, spread_m: null, heading_deg: heading,
  };
}

const listeners = new Set();
let watch = null;
let last = { fix: null, problem: null };

function say(fix, problem) {
  last = { fix: fix || last.fix, problem };
  for (const listener of [...listeners]) listener(fix, problem);
}

function begin() {
  if (!navigator.geolocation || !isSecureContext) {
    setTimeout(() => say(null, "unsupported"));
    return;
  }
  watch = navigator.geolocation.watchPosition((found) => say(fixOf(found), null), (problem) => {
    say(null, PROBLEMS[problem.code] || "unavailable");
  }, OPTIONS);
}

function end() {
  if (watch !== null) navigator.geolocation.clearWatch(watch);
  watch = null;
}

/**
 * Calls `listener(fix, problem)` with each new fix (problem null), or with null and "denied",
 * "unavailable", "timeout" or "unsupported"; returns what ends it.
 */
export function watchPosition(listener) {
  listeners.add(listener);
  if (listeners.size === 1) begin();
  else if (last.fix && Date.now() - Date.parse(last.fix.at) < 60000) setTimeout(() => listeners.has(listener) && listener(last.fix, last.problem));
  return () => {
    if (listeners.delete(listener) && !listeners.size) end();
  };
}

/** Asks anew, after somebody allowed the position or went into the open. */
export function askAgain() {
  end();
  if (listeners.size) begin();
}

const middle = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

function withoutOutliers(fixes) {
  if (fixes.length < 4) return fixes;
  const centre = [middle(fixes.map((fix) => fix.lon)), middle(fixes.map((fix) => fix.lat))];
  const away = fixes.map((fix) => distance_m(centre, fix));
  const limit = Math.max(3 * 1.4826 * middle(away), 1);
  const rough = 3 * middle(fixes.map((fix) => fix.accuracy_m));
  const kept = fixes.filter((fix, n) => away[n] <= limit && fix.accuracy_m <= rough);
  return kept.length ? kept : fixes;
}

/**
 * The mean of fixes of one spot, weighted by 1/accuracy², without those far from the middle.
 * Errors of one receiver go together, so the mean never claims to be better than its best fix.
 */
export function average(fixes) {
  if (!fixes.length) return null;
  const kept = withoutOutliers(fixes);
  const weights = kept.map((fix) => 1 / Math.max(fix.accuracy_m, 0.5) ** 2);
  const sum = weights.reduce((a, b) => a + b);
  const mean = (name) => kept[0][name] + kept.reduce((all, fix, n) => all + weights[n] * (fix[name] - kept[0][name]), 0) / sum;
  const centre = { lon: mean("lon"), lat: mean("lat") };
  const spread = Math.sqrt(kept.reduce((all, fix, n) => all + weights[n] * distance_m(centre, fix) ** 2, 0) / sum);
  return {
    ...centre, accuracy_m: Math.max(Math.min(...kept.map((fix) => fix.accuracy_m)), spread), at: kept.at(-1).at,
    samples: kept.length, spread_m: spread, heading_deg: null,
  };
}

/** Takes fixes for some seconds; resolves to their mean, or null where none came. `onProgress({ share, samples, fix })`. */
export function averagedFix({ seconds = 10, onProgress = () => {}, signal } = {}) {
  const fixes = [];
  const start = performance.now();
  return new Promise((resolve) => {
    const tell = () => onProgress({ share: Math.min(1, (performance.now() - start) / (seconds * 1000)), samples: fixes.length, fix: average(fixes) });
    const stop = watchPosition((fix) => {
      if (fix && fix.at !== fixes.at(-1)?.at) fixes.push(fix);
      tell();
    });
    const ticking = setInterval(tell, 500);
    const finish = () => {
      clearInterval(ticking);
      clearTimeout(ending);
      stop();
      resolve(average(fixes));
    };
    const ending = setTimeout(finish, seconds * 1000);
    signal?.addEventListener("abort", finish, { once: true });
  });
}

/** What looks made up in a row of fixes: "no_accuracy", "constant" (eight alike to the last digit), "leap". */
export function hintsOf(fixes) {
  const hints = new Set();
  let same = 1;
  fixes.forEach((fix, n) => {
    if (!(fix.accuracy_m > 0)) hints.add("no_accuracy");
    if (!n) return;
    const before = fixes[n - 1];
    same = fix.lon === before.lon && fix.lat === before.lat && fix.at !== before.at ? same + 1 : 1;
    if (same >= 8) hints.add("constant");
    const seconds = Math.max(1, Math.abs(Date.parse(fix.at) - Date.parse(before.at)) / 1000);
    if (distance_m(before, fix) - fix.accuracy_m - before.accuracy_m > 60 * seconds) hints.add("leap");
  });
  return [...hints];
}
