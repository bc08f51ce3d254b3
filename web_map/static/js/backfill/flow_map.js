/** The flows drawn to scale: piles, pits, and arcs as wide as their tonnes. */

import { h, svg } from "../dom.js";
import { length, number, t } from "../text.js";

const WIDE = 1000;
const MARGIN = 70;
const DEGREE_M = 111320;
const BARS = [100, 200, 500, 1000, 2000, 5000, 10000, 20000];

function frameOf(points) {
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const shrink = Math.cos(((south + north) / 2) * (Math.PI / 180));
  const metres = [(east - west) * shrink * DEGREE_M, (north - south) * DEGREE_M];
  const scale = (WIDE - 2 * MARGIN) / Math.max(...metres, 1000);
  const size = metres.map((m) => Math.max(m * scale + 2 * MARGIN, 300));
  return {
    size, scale,
    at: ([lon, lat]) => [MARGIN + (lon - west) * shrink * DEGREE_M * scale, MARGIN + (north - lat) * DEGREE_M * scale],
  };
}

function arc(flow, frame, most) {
  const [x1, y1] = frame.at(flow.from);
  const [x2, y2] = frame.at(flow.to);
  const bend = 0.18;
  const [cx, cy] = [(x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend];
  const wide = 2 + 16 * (flow.tonnes / most);
  const said = t("backfill.flow_title", { pile: flow.pile_name, pit: flow.pit_name, t: number(flow.tonnes), km: number(flow.km, 1) });
  return svg("path", { d: `M${x1},${y1}Q${cx},${cy} ${x2},${y2}`, class: "flow-arc", "stroke-width": wide.toFixed(1) }, svg("title", {}, said));
}

function pileMark(pile, frame) {
  const [x, y] = frame.at([pile.lon, pile.lat]);
  const kind = pile.moved_t > 0 ? "is-moved" : "is-left";
  return svg("circle", { cx: x, cy: y, r: 9, class: `flow-pile ${kind}` }, svg("title", {}, `${pile.name} · ${t("backfill.moved")} ${number(pile.moved_t)} t`));
}

function pitMark(pit, frame) {
  const [x, y] = frame.at([pit.lon, pit.lat]);
  const kind = pit.is_full ? "is-full" : pit.tonnes > 0 ? "is-used" : "";
  return svg("rect", { x: x - 10, y: y - 10, width: 20, height: 20, class: `flow-pit ${kind}` }, svg("title", {}, `${pit.name} · ${number(pit.filled_m3)} m³`));
}

function names(result, frame) {
  const taken = [];
  const used = [...result.pits.filter((one) => one.tonnes > 0), ...result.piles.filter((one) => one.moved_t > 0)];
  return used.map((one) => {
    const [x, y] = frame.at([one.lon, one.lat]);
    const text = one.name.replace(/\uFF08.*\uFF09$/, "");
    const wide = text.length * 21;
    const right = x + 16 + wide < frame.size[0];
    const box = [right ? x + 16 : x - 16 - wide, y - 11, wide, 24];
    if (taken.some(([bx, by, bw, bh]) => box[0] < bx + bw && bx < box[0] + box[2] && box[1] < by + bh && by < box[1] + box[3])) return null;
    taken.push(box);
    return svg("text", { x: right ? x + 16 : x - 16, y: y + 7, class: "flow-name", "text-anchor": right ? "start" : "end" }, text);
  });
}

function scaleBar({ scale, size }) {
  const metres = BARS.findLast((one) => one * scale <= 240) || BARS[0];
  const y = size[1] - 14;
  return svg("g", { class: "flow-scale" }, svg("path", { d: `M20,${y - 8}V${y}H${20 + metres * scale}V${y - 8}` }),
    svg("text", { x: 28 + metres * scale, y }, length(metres)));
}

/** Draws one match's result. */
export function flowMap(result) {
  const every = [...result.piles, ...result.pits];
  if (!every.length) return h("p", { class: "quiet" }, t("backfill.no_sites"));
  const frame = frameOf(every.map((one) => [one.lon, one.lat]));
  const most = Math.max(...result.flows.map((one) => one.tonnes), 1);
  const said = t("backfill.map_label", { flows: result.flows.length, piles: result.piles.length, pits: result.pits.length });
  return h("figure", { class: "flow-map" },
    svg("svg", { viewBox: `0 0 ${frame.size[0].toFixed(0)} ${frame.size[1].toFixed(0)}`, role: "img", "aria-label": said },
      result.flows.map((flow) => arc(flow, frame, most)),
      result.piles.map((pile) => pileMark(pile, frame)), result.pits.map((pit) => pitMark(pit, frame)),
      names(result, frame), scaleBar(frame)),
    h("figcaption", { class: "quiet" },
      h("span", { class: "flow-key key-pile" }, t("backfill.key_pile")), h("span", { class: "flow-key key-left" }, t("backfill.key_left")),
      h("span", { class: "flow-key key-pit" }, t("backfill.key_pit")), h("span", { class: "flow-key key-full" }, t("backfill.key_full")),
      h("span", { class: "flow-key key-arc" }, t("backfill.key_arc"))));
}
