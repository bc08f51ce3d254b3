/** What a match comes to: totals beside the base, flows, what stays and why, which pit is tight. */

import { h } from "../dom.js";
import { grid } from "../office/grid.js";
import { money, moment, number, t, term } from "../text.js";
import { cubic, siteLink, tonnes } from "./words.js";

const right = { align: "right" };
const FIGURES = [
  ["tonnes", () => t("backfill.total.tonnes"), tonnes],
  ["t_km", () => t("backfill.total.t_km"), (one) => `${number(one)} t·km`],
  ["km_per_t", () => t("backfill.total.km_per_t"), (one) => (one === null ? "—" : `${number(one, 2)} km`)],
  ["yuan", () => t("backfill.total.yuan"), money],
  ["risk", () => t("backfill.total.risk"), (one) => number(one, 1)],
  ["risk_per_wan_yuan", () => t("backfill.total.risk_per_wan_yuan"), (one) => (one === null ? "—" : number(one, 3))],
];

/** The figures of a match; where something is supposed, beside those of the base. */
export function totals(base, changed) {
  const shown = changed || base;
  return h("dl", { class: "figures" }, FIGURES.map(([name, title, say]) => {
    const was = base.result.totals[name];
    const now = shown.result.totals[name];
    const moved = changed && was !== now;
    return h("div", { class: moved ? "figure is-moved" : "figure" }, h("dt", {}, title()), h("dd", {}, say(now)),
      moved && h("dd", { class: "figure-was" }, t("backfill.was", { n: say(was) })));
  }));
}

/** What the numbers rest on, and what going to the nearest pit would have given. */
export function basis(match) {
  const { result } = match;
  const near = result.nearest_first;
  const roads = match.road_layers.length ? t("backfill.roads", { names: match.road_layers.join(" · ") }) : t("backfill.no_roads");
  return h("div", { class: "basis" },
    h("p", {}, t("backfill.against_nearest", { t: number(near.tonnes), tkm: number(near.t_km), risk: number(near.risk, 1) })),
    h("p", { class: "quiet" }, roads, " ", t("backfill.as_of", { at: moment(match.as_of), hash: match.inputs_sha256.slice(0, 12), rules: match.rules_sha256.slice(0, 8) })));
}

/** Why some distances are no roads', and what the cost is made of. */
export function flowsNote({ flows }) {
  const why = [...new Set(flows.filter((row) => row.haul !== "ROAD").map((row) => term("HaulBasis", row.haul)))];
  return h("p", { class: "quiet" }, why.length > 0 && `${t("backfill.star", { why: why.join("; ") })} `, t("backfill.cost_what"));
}

/** What moves where. */
export function flowsGrid(result) {
  if (!result.flows.length) return h("p", { class: "quiet" }, t("backfill.nothing_moves"));
  return grid({
    label: t("backfill.flows"), rows: result.flows,
    columns: [
      { key: "pile", title: t("backfill.pile"), cell: (row) => siteLink(row.pile, row.pile_name) },
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit, row.pit_name) },
      { key: "material", title: t("backfill.material"), cell: (row) => term("BackfillMaterial", row.material) },
      { key: "t", title: t("backfill.tonnes"), cell: (row) => tonnes(row.tonnes), ...right },
      { key: "m3", title: t("backfill.compacted"), cell: (row) => cubic(row.volume_m3), ...right },
      { key: "km", title: t("backfill.km"), cell: (row) => h("span", {}, `${number(row.km, 1)} km`, row.haul === "ROAD" ? "" : " *"), ...right },
      { key: "yuan", title: t("backfill.cost"), cell: (row) => money(row.yuan), ...right },
      { key: "rule", title: t("backfill.rule"), cell: (row) => h("span", { class: "quiet" }, row.rule) },
    ],
  });
}

/** What is otherwise than in the base. */
export function movesGrid(moves) {
  if (!moves.length) return h("p", { class: "quiet" }, t("backfill.no_moves"));
  return grid({
    label: t("backfill.moves"), rows: moves,
    columns: [
      { key: "pile", title: t("backfill.pile"), cell: (row) => siteLink(row.pile, row.pile_name) },
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit, row.pit_name) },
      { key: "before", title: t("backfill.before"), cell: (row) => tonnes(row.before_t), ...right },
      { key: "after", title: t("backfill.after"), cell: (row) => tonnes(row.after_t), ...right },
      { key: "by", title: t("backfill.by"), cell: (row) => `${row.after_t > row.before_t ? "+" : "−"}${tonnes(Math.abs(row.after_t - row.before_t))}`, ...right },
    ],
  });
}

/** How full each pit gets, and what its next cubic metre would be worth. */
export function pitsGrid(result) {
  const byRisk = result.aim === "RISK_PER_YUAN";
  const worth = (row) => {
    const more = { n: number(row.more_per_m3, 4) };
    const saved = { n: number(row.saves_per_m3, 2) };
    if (row.more_per_m3 > 0) return byRisk ? t("backfill.lets_risk", more) : t("backfill.lets_tonnes", more);
    if (row.saves_per_m3 > 0) return byRisk ? t("backfill.saves_yuan", saved) : t("backfill.saves_tkm", saved);
    return "—";
  };
  const rows = [...result.pits].sort((a, b) => b.more_per_m3 - a.more_per_m3 || b.saves_per_m3 - a.saves_per_m3 || b.filled_m3 - a.filled_m3);
  return grid({
    label: t("backfill.pits"), rows,
    columns: [
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.code, row.name) },
      { key: "usable", title: t("backfill.usable"), cell: (row) => (row.usable_m3 === null ? t("backfill.unsurveyed") : cubic(row.usable_m3)), ...right },
      { key: "filled", title: t("backfill.filled"), cell: (row) => cubic(row.filled_m3), ...right },
      { key: "share", title: t("backfill.share"), cell: (row) => (row.usable_m3 ? `${number((100 * row.filled_m3) / row.usable_m3)}%` : "—"), ...right },
      { key: "worth", title: t("backfill.worth"), cell: worth },
      { key: "on", title: t("backfill.surveyed_on"), cell: (row) => row.surveyed_on || "—" },
    ],
  });
}

/** What stays where it is, and why. */
export function leftGrid(result) {
  const rows = result.piles.filter((one) => one.why);
  if (!rows.length) return h("p", { class: "quiet" }, t("backfill.all_moves"));
  const table = grid({
    label: t("backfill.left"), rows,
    columns: [
      { key: "pile", title: t("backfill.pile"), cell: (row) => siteLink(row.code, row.name) },
      { key: "material", title: t("backfill.material"), cell: (row) => (row.material ? term("BackfillMaterial", row.material) : t("backfill.unknown")) },
      { key: "mass", title: t("backfill.mass"), cell: (row) => tonnes(row.mass_t), ...right },
      { key: "left", title: t("backfill.left_t"), cell: (row) => tonnes(row.left_t), ...right },
      { key: "why", title: t("backfill.why"), cell: (row) => term("Unplaced", row.why) },
    ],
  });
  const isOpen = !matchMedia("(max-width: 820px)").matches;
  return h("details", { class: "left-list", open: isOpen }, h("summary", {}, t("backfill.left_n", { n: rows.length })), table);
}
