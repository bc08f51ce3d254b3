/** The straightened river: chainage along it, left and right bank on either side, sites as marks. */

import { fill, h, svg } from "../dom.js";
import { length, number, pick, t } from "../text.js";
import { commonest, signAt, signOf, wordOf } from "./colours.js";
import { chainageTicks, clustered, distanceTicks, radiusOf, scaleOf } from "./scale.js";

const NARROW_PX = 700;
const kilometres = (metres) => `${number(metres / 1000, 1)} km`;

function line(scale, a, b, look) {
  const [p, q] = [a, b].map(([along, off]) => (scale.isVertical ? [scale.half + off, along] : [along, scale.half + off]));
  return svg("line", { x1: p[0], y1: p[1], x2: q[0], y2: q[1], ...look });
}

function words(scale, along, off, text, look = {}) {
  const [x, y] = scale.isVertical ? [scale.half + off, along] : [along, scale.half + off];
  return svg("text", { x, y, ...look }, text);
}

function axes(strip, scale) {
  const [start, end] = [scale.along(scale.from), scale.along(scale.to)];
  const reach = scale.aside(scale.most);
  const parts = [];
  for (const metres of distanceTicks(scale, scale.isVertical ? 46 : 26)) {
    for (const side of [-1, 1]) {
      const off = side * scale.aside(metres);
      parts.push(line(scale, [start, off], [end, off], { class: "strip-grid" }));
      parts.push(scale.isVertical
        ? words(scale, start - 8, off, length(metres), { class: "strip-tick", "text-anchor": "middle" })
        : words(scale, start - 6, off + 4, length(metres), { class: "strip-tick", "text-anchor": "end" }));
    }
  }
  for (const at of chainageTicks(scale, scale.isVertical ? 60 : 90)) {
    const here = scale.along(at);
    parts.push(line(scale, [here, -5], [here, 5], { class: "strip-stroke" }));
    parts.push(scale.isVertical
      ? words(scale, here + 4, -reach - 6, kilometres(at), { class: "strip-tick", "text-anchor": "end" })
      : words(scale, here, reach + 20, kilometres(at), { class: "strip-tick", "text-anchor": "middle" }));
  }
  return parts;
}

/** A reach's name without its river's, which the strip's heading says. */
function shortName(one, strip) {
  return pick(one, "name").replace(pick(strip, "river"), "").trim() || pick(one, "name");
}

function boundaries(strip, scale) {
  const reach = scale.aside(scale.most);
  const parts = [];
  let free = -Infinity;
  for (const one of strip.reaches.length > 1 ? strip.reaches : []) {
    const here = scale.along(one.from_m);
    parts.push(line(scale, [here, -reach], [here, reach], { class: "strip-cut" }));
    const name = shortName(one, strip);
    const room = scale.isVertical ? 40 : 14 * name.length * 0.62 + 12;
    if (here < free) continue;
    free = here + room;
    parts.push(scale.isVertical
      ? words(scale, here + 14, scale.half - 2, name, { class: "strip-name", "text-anchor": "end" })
      : words(scale, here + 4, -reach - 8, name, { class: "strip-name" }));
  }
  for (const one of strip.confluences) {
    const here = scale.along(one.at_m);
    parts.push(svg("g", {}, line(scale, [here, -12], [here, 12], { class: "strip-joins" }),
      words(scale, here + 4, scale.isVertical ? 18 : 24, t("reaches.joins_here", { name: pick(one, "name") }), { class: "strip-tick strong" })));
  }
  return parts;
}

function river(scale) {
  const [start, end] = [scale.along(scale.from), scale.along(scale.to)];
  const tip = scale.isVertical
    ? `${scale.half - 8},${end} ${scale.half + 8},${end} ${scale.half},${end + 14}`
    : `${end},${scale.half - 8} ${end},${scale.half + 8} ${end + 14},${scale.half}`;
  return [line(scale, [start, 0], [end, 0], { class: "strip-river" }), svg("polygon", { points: tip, class: "strip-flow" })];
}

function banks(scale) {
  const reach = scale.aside(scale.most);
  if (scale.isVertical) {
    return [[t("bank.left"), 1], [t("bank.right"), -1]].map(([name, side]) =>
      words(scale, 16, side * reach * 0.5, name, { class: "strip-bank", "text-anchor": "middle" }));
  }
  return [[t("bank.left"), -1], [t("bank.right"), 1]].map(([name, side]) =>
    svg("text", { class: "strip-bank", "text-anchor": "middle", transform: `translate(16 ${scale.half + side * reach * 0.5}) rotate(-90)` }, name));
}

function mark(group, scale, now, onchoose) {
  const { sites, x, y } = group;
  const counts = {};
  for (const site of sites) counts[site[now.colour] || ""] = (counts[site[now.colour] || ""] || 0) + 1;
  const word = commonest(counts);
  const isOne = sites.length === 1;
  const r = isOne ? radiusOf(sites[0].area_m2) : Math.min(18, 10 + Math.sqrt(sites.length));
  const label = isOne
    ? [sites[0].name, wordOf(now.colour, word), kilometres(sites[0].chainage_m), length(sites[0].river_distance_m)].join(", ")
    : t("reaches.cluster", { n: sites.length, names: sites.slice(0, 3).map((one) => one.name).join(", ") });
  return hit({ x, y, r, label, least: scale.isVertical ? 22 : 14, codes: sites.map((one) => one.code) }, isOne ? null : sites.length, signOf(now.colour, word), () => onchoose(sites));
}

function hit({ x, y, r, label, codes, least }, count, sign, onclick) {
  return svg("g", {
    class: "strip-mark", tabindex: 0, role: "button", "aria-label": label, "data-codes": codes ? codes.join(" ") : null, onclick,
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      onclick();
    },
  }, svg("title", {}, label), svg("circle", { cx: x, cy: y, r: Math.max(r + 4, least), class: "strip-hit" }),
  count ? svg("circle", { cx: x, cy: y, r, fill: sign.colour, class: "strip-sign strip-many" }) : signAt(x, y, r, sign),
  count && svg("text", { x, y: y + 4, class: "strip-count", fill: sign.ink, "text-anchor": "middle" }, count));
}

function cellMark(cell, scale, now, oncell) {
  const middle = (cell.from_m + cell.to_m) / 2;
  const place = scale.at(middle, cell.bank, (Math.sqrt(cell.near_m) / 2 + Math.sqrt(cell.far_m) / 2) ** 2);
  const r = Math.min(15, 5 + Math.sqrt(cell.n) * 0.9);
  const label = t("reaches.cell", { n: cell.n, from: kilometres(cell.from_m), to: kilometres(cell.to_m) });
  return hit({ ...place, r, label, least: scale.isVertical ? 22 : 14 }, cell.n, signOf(now.colour, commonest(cell.words)), () => oncell(middle));
}

/** Draws a strip into a box as wide as that is; `onchoose(sites)` and `oncell(chainage)` hear of taps. */
export function drawStrip(box, strip, now, { onchoose, oncell }) {
  const width = Math.max(300, box.clientWidth);
  const isVertical = width < NARROW_PX;
  const [long, half] = isVertical ? [Math.max(640, strip.reaches.length * 44), width / 2] : [width, 210];
  const margin = isVertical ? { start: 56, end: 28, side: 46 } : { start: 76, end: 30, side: 34 };
  const scale = scaleOf({ from: strip.from_m, to: strip.to_m, farthest: strip.farthest_m, long, half, isVertical, margin });
  const [w, height] = isVertical ? [width, long] : [width, half * 2];
  const groups = clustered(strip.marks, scale);
  fill(box, strip.total === 0 && h("p", { class: "quiet strip-none" }, t("reaches.none")),
    svg("svg", { width: w, height, viewBox: `0 0 ${w} ${height}`, class: "strip", role: "group", "aria-label": t("reaches.strip_of", { name: pick(strip, "river") }) },
      axes(strip, scale), boundaries(strip, scale), river(scale), banks(scale),
      groups.map((group) => mark(group, scale, now, onchoose)), strip.cells.map((cell) => cellMark(cell, scale, now, oncell))));
}

/** Marks the chosen sites in a strip. */
export function highlight(box, codes) {
  const wanted = new Set(codes);
  for (const one of box.querySelectorAll(".strip-mark")) {
    const mine = (one.dataset.codes || "").split(" ");
    one.classList.toggle("is-chosen", mine.some((code) => wanted.has(code)));
  }
}
