/** How much a pit holds below each level: the level-volume curve as a small drawing. */

import { h, svg } from "../../dom.js";
import { number, t } from "../../text.js";
import { room } from "./words.js";

const WIDE = 320;
const HIGH = 170;
const LEFT = 52;
const BOTTOM = 30;

/** Draws the curve of a survey; nothing where it has none. */
export function curveOf(survey) {
  const rows = survey.curve;
  if (rows.length < 3) return null;
  const [low, high] = [rows[0][0], rows.at(-1)[0]];
  const most = rows.at(-1)[2];
  if (!(high > low) || !(most > 0)) return null;
  const x = (volume) => LEFT + (WIDE - LEFT - 12) * (volume / most);
  const y = (level) => HIGH - BOTTOM - (HIGH - BOTTOM - 12) * ((level - low) / (high - low));
  const line = rows.map(([level, , volume], i) => `${i ? "L" : "M"}${x(volume).toFixed(1)} ${y(level).toFixed(1)}`).join("");
  const area = `${line}L${LEFT} ${y(high).toFixed(1)}L${LEFT} ${y(low).toFixed(1)}Z`;
  const said = t("pit.curve_label", { low: number(low, 1), high: number(high, 1), volume: room(most) });
  const ticks = [low, (low + high) / 2, high].map((level) => [
    svg("line", { class: "pit-grid", x1: LEFT, x2: WIDE - 12, y1: y(level), y2: y(level) }),
    svg("text", { class: "pit-tick", x: LEFT - 6, y: y(level) + 4, "text-anchor": "end" }, number(level, 1)),
  ]);
  const amounts = [0, most / 2, most].map((volume, i) => svg("text", {
    class: "pit-tick", x: x(volume), y: HIGH - 12, "text-anchor": ["start", "middle", "end"][i],
  }, room(volume)));
  return h("figure", { class: "pit-curve" },
    svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": said }, ticks, amounts,
      svg("path", { class: "pit-fill", d: area }), svg("path", { class: "pit-line", d: line })),
    h("figcaption", { class: "quiet" }, t("pit.curve")));
}
