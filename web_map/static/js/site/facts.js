/** The stated facts of a site by group; what nobody knows yet is shown as unknown. */

import { h } from "../dom.js";
import { area, number, pick, place, t, term } from "../text.js";
import { openCorrection } from "./edit.js";

/** The groups of facts, in the page's order. */
export function groupNames() {
  return {
    what: t("site.group_what"), where: t("site.group_where"), party: t("site.group_party"),
    size: t("site.group_size"), control: t("site.group_control"), record: t("site.group_record"),
  };
}

/** A fact's value as it is read; an empty string where it is unknown. */
export function said(fact, value) {
  if (value === null || value === undefined || value === "") return "";
  if (fact.kind === "word") return term(fact.words, value);
  if (fact.kind === "flag") return value ? t("site.yes") : t("site.no");
  if (fact.kind === "number") return number(value, 3);
  return String(value);
}

function measured(site) {
  return [
    [t("fact.area"), area(site.area_m2)],
    [t("fact.area_geodesic"), area(site.area_geodesic_m2)],
    [t("fact.centre"), place(site.centre)],
  ];
}

function row(name, text) {
  return [h("dt", {}, name), h("dd", { class: text ? null : "is-unknown-fact" }, text || t("site.unknown"))];
}

function group(page, name, title) {
  const { site, facts } = page;
  const mine = facts.filter((fact) => fact.group === name);
  const rows = mine.map((fact) => row(pick(fact, "name"), said(fact, site.facts[fact.name])));
  const more = name === "size" ? measured(site).map(([label, text]) => row(label, text)) : [];
  return h("div", { class: "fact-group" },
    h("div", { class: "line" }, h("h3", {}, title),
      page.mayWrite && h("button", {
        type: "button", class: "link no-print", "data-group": name, onclick: () => openCorrection(page, name, title),
      }, t("site.correct"))),
    h("dl", { class: "facts" }, more, rows));
}

/** Draws the card of facts. */
export function factsCard(page) {
  return h("section", { class: "card", id: "facts" }, h("h2", {}, t("site.facts")),
    h("div", { class: "fact-groups" }, Object.entries(groupNames()).map(([name, title]) => group(page, name, title))));
}
