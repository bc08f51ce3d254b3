/** Which tiles an area has, by the same reckoning as the server's (gis/domain/area.py). */

function at(zoom, lon, lat) {
  const size = 2 ** zoom;
  const x = Math.floor(((lon + 180) / 360) * size);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * size);
  return [Math.min(Math.max(x, 0), size - 1), Math.min(Math.max(y, 0), size - 1)];
}

/** The tiles of one zoom over boxes of [west, south, east, north], as "z/x/y". */
export function tilesOver(boxes, zoom) {
  const found = new Set();
  for (const [west, south, east, north] of boxes) {
    const [left, top] = at(zoom, west, north);
    const [right, bottom] = at(zoom, east, south);
    for (let x = left; x <= right; x += 1) {
      for (let y = top; y <= bottom; y += 1) found.add(`${zoom}/${x}/${y}`);
    }
  }
  return [...found];
}

/** The parts of boxes that lie within the bounds of a scene. */
function cutTo(boxes, [west, south, east, north]) {
  return boxes
    .map((box) => [Math.max(box[0], west), Math.max(box[1], south), Math.min(box[2], east), Math.min(box[3], north)])
    .filter((box) => box[0] < box[2] && box[1] < box[3]);
}

/** Everything an area takes along, as { scene, at, url }: coarse tiles first, so that a part is of use. */
export function wantedBy(area) {
  const wanted = [];
  const zooms = [...new Set(area.scenes.flatMap((scene) => scene.zooms))].sort((a, b) => a - b);
  for (const zoom of zooms) {
    for (const scene of area.scenes.filter((one) => one.zooms.includes(zoom))) {
      for (const place of tilesOver(cutTo(area.boxes, scene.bounds), zoom)) wanted.push({ scene: scene.id, at: place, url: `/imagery/${scene.id}/natural/${place}.webp` });
    }
  }
  return wanted;
}

function corners(coordinates, box) {
  if (typeof coordinates[0] === "number") {
    const [lon, lat] = coordinates;
    return [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)];
  }
  return coordinates.reduce((sum, one) => corners(one, sum), box);
}

/** A box around each place of a list, with some metres of its surroundings. */
export function boxesOf(places, margin_m = 300) {
  return places.map((place) => {
    const [lon, lat] = place.centre;
    const start = [lon, lat, lon, lat];
    const [west, south, east, north] = place.outline ? corners(place.outline.coordinates, start) : start;
    const up = margin_m / 111000;
    const aside = up / Math.cos((lat * Math.PI) / 180);
    return [west - aside, south - up, east + aside, north + up].map((value) => Number(value.toFixed(6)));
  });
}
