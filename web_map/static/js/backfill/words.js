/** How backfill speaks: standings with their colours, sites with their links, facts in words. */

import { badge, h } from "../dom.js";
import { number, t, term } from "../text.js";

const COLOURS = {
  LAWFUL: { colour: "#1b6e3c", ink: "#fff" },
  ASSESSED: { colour: "#2b6cb0", ink: "#fff" },
  NEEDS_ASSESSMENT: { colour: "#ffe0a3", ink: "#4a2f00" },
  IDENTIFY_FIRST: { colour: "#e3e8ed", ink: "#1b2733" },
  REFUSED: { colour: "#b2182b", ink: "#fff" },
};
const FLAGS = {
  AGREES: COLOURS.LAWFUL, BOOKED_MORE: COLOURS.REFUSED, BOOKED_LESS: COLOURS.REFUSED,
  NOT_COMPARABLE: COLOURS.IDENTIFY_FIRST,
};
const TERM_OF = {
  "waste.kind": "SiteKind", "waste.state": "SiteState", "waste.waste_class": "WasteClass",
  "waste.nature": "WasteNature", "waste.material": "BackfillMaterial", "pit.kind": "SiteKind",
  "pit.state": "SiteState", "pit.void": "PitVoid",
};

const FACTS = {
  "waste.kind": () => t("backfill.fact.waste.kind"),
  "waste.state": () => t("backfill.fact.waste.state"),
  "waste.waste_class": () => t("backfill.fact.waste.waste_class"),
  "waste.nature": () => t("backfill.fact.waste.nature"),
  "waste.material": () => t("backfill.fact.waste.material"),
  "waste.radioactivity_bq_g": () => t("backfill.fact.waste.radioactivity_bq_g"),
  "pit.kind": () => t("backfill.fact.pit.kind"),
  "pit.state": () => t("backfill.fact.pit.state"),
  "pit.void": () => t("backfill.fact.pit.void"),
  "pit.is_filling_open": () => t("backfill.fact.pit.is_filling_open"),
  "pit.in_river_zone": () => t("backfill.fact.pit.in_river_zone"),
  "pit.protected_land": () => t("backfill.fact.pit.protected_land"),
  "pit.red_line_distance_m": () => t("backfill.fact.pit.red_line_distance_m"),
  "pit.farmland_distance_m": () => t("backfill.fact.pit.farmland_distance_m"),
  "pit.reserve_distance_m": () => t("backfill.fact.pit.reserve_distance_m"),
  "pit.source_zone": () => t("backfill.fact.pit.source_zone"),
  "pit.source_level": () => t("backfill.fact.pit.source_level"),
  "pair.is_same_site": () => t("backfill.fact.pair.is_same_site"),
  "pair.is_same_mining_area": () => t("backfill.fact.pair.is_same_mining_area"),
};
const VALUES = {
  INSIDE: () => t("backfill.value.inside"),
  NEAR: () => t("backfill.value.near"),
  NONE: () => t("backfill.value.none"),
  LEVEL_1_2: () => t("backfill.value.level_1_2"),
  QUASI_OR_NEAR: () => t("backfill.value.quasi_or_near"),
  LEVEL_1: () => t("backfill.value.level_1"),
  LEVEL_2: () => t("backfill.value.level_2"),
  QUASI: () => t("backfill.value.quasi"),
};

export const standingBadge = (standing) => badge(term("PairStanding", standing), COLOURS[standing]);
export const flagBadge = (flag) => badge(term("BookFlag", flag), FLAGS[flag]);

/** A site's name, which leads to its page, over its code. */
export function siteLink(code, name) {
  return h("div", {}, h("a", { class: "link", href: `/sites/${code}` }, name || code), h("br"), h("span", { class: "quiet site-code" }, code));
}

/** A fact as it decided: its name and what is known of it. */
export function factLine({ fact, value }) {
  let said = value;
  if (value === null) said = t("backfill.unknown");
  else if (value === true) said = t("backfill.yes");
  else if (value === false) said = t("backfill.no");
  else if (TERM_OF[fact]) said = term(TERM_OF[fact], value);
  else if (typeof value === "number") said = number(value, 2);
  else said = VALUES[value]?.() ?? value;
  return t("backfill.says", { name: FACTS[fact]?.() ?? fact, value: said });
}

/** Tonnes, whole, with their unit. */
export const tonnes = (value) => (value === null || value === undefined ? "—" : t("unit.t", { n: number(value) }));

/** Cubic metres, whole. */
export const cubic = (value) => (value === null || value === undefined ? "—" : t("backfill.m3", { n: number(value) }));
