/** GCJ-02 and BD-09, by the same formulas as gis/spatial/datum.py: where Chinese maps show a place. */

const AXIS_M = 6378245;
const SQUARED_ECCENTRICITY = 0.00669342162296594323;
const BAIDU = (Math.PI * 3000) / 180;
const { PI, abs, atan2, cos, hypot, sin, sqrt } = Math;
const degrees = (radians) => (radians * 180) / PI;

/** Where Gaode and Tencent show [lon, lat] of WGS 84 or CGCS2000; outside China they do not shift. */
export function gcj02([lon, lat]) {
  if (lon < 72.004 || lon > 137.8347 || lat < 0.8293 || lat > 55.8271) return [lon, lat];
  const east = lon - 105;
  const north = lat - 35;
  const root = sqrt(abs(east));
  const waves = 20 * sin(6 * east * PI) + 20 * sin(2 * east * PI);
  const dLat = -100 + 2 * east + 3 * north + 0.2 * north ** 2 + 0.1 * east * north + 0.2 * root
    + (waves * 2) / 3
    + ((20 * sin(north * PI) + 40 * sin((north / 3) * PI)) * 2) / 3
    + ((160 * sin((north / 12) * PI) + 320 * sin((north * PI) / 30)) * 2) / 3;
  const dLon = 300 + east + 2 * north + 0.1 * east ** 2 + 0.1 * east * north + 0.1 * root
    + (waves * 2) / 3
    + ((20 * sin(east * PI) + 40 * sin((east / 3) * PI)) * 2) / 3
    + ((150 * sin((east / 12) * PI) + 300 * sin((east / 30) * PI)) * 2) / 3;
  const phi = (lat * PI) / 180;
  const magic = 1 - SQUARED_ECCENTRICITY * sin(phi) ** 2;
  const meridian = (AXIS_M * (1 - SQUARED_ECCENTRICITY)) / (magic * sqrt(magic));
  const parallel = (AXIS_M / sqrt(magic)) * cos(phi);
  return [lon + degrees(dLon / parallel), lat + degrees(dLat / meridian)];
}

/** Where Baidu shows [lon, lat] of WGS 84 or CGCS2000. */
export function bd09(point) {
  const [lon, lat] = gcj02(point);
  const radius = hypot(lon, lat) + 0.00002 * sin(lat * BAIDU);
  const angle = atan2(lat, lon) + 0.000003 * cos(lon * BAIDU);
  return [radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006];
}
