/** The big numbers at the top of the board. */

import { h } from "../dom.js";
import { area, mass, money, number, percent, t } from "../text.js";
import { listAddress, pageAddress } from "./links.js";

function tile({ name, value, note, href, tone }) {
  return h("a", { class: `board-tile ${tone || ""}`, href },
    h("span", { class: "board-tile-name" }, name),
    h("span", { class: "board-tile-value" }, value),
    note && h("span", { class: "board-tile-note" }, note));
}

const share = (part, whole) => (whole ? percent(part / whole) : "–");

function workTiles(board) {
  const { money: funds } = board;
  const red = board.parts.deadline.find((one) => one.value === "RED")?.sites ?? 0;
  const works = board.units.reduce((all, unit) => all + unit.red, 0);
  return [
    tile({
      name: t("overview.red"), value: number(red), tone: red ? "is-red" : "",
      note: t("overview.red_note", { n: number(works) }), href: listAddress({ deadline: ["RED"] }),
    }),
    tile({
      name: t("overview.paid"), value: share(funds.paid_yuan, funds.budget_yuan),
      note: t("overview.paid_note", { paid: money(funds.paid_yuan), budget: money(funds.budget_yuan) }), href: pageAddress("/projects"),
    }),
  ];
}

/** Draws the tiles. */
export function tiles(board) {
  const { total, closed } = board;
  const high = board.parts.grade.find((one) => one.value === "HIGH");
  return h("div", { class: "board-tiles" },
    tile({ name: t("overview.sites"), value: number(total.sites), note: t("overview.sites_note"), href: listAddress() }),
    tile({ name: t("overview.area"), value: area(total.area_m2), href: listAddress() }),
    tile({ name: t("overview.mass"), value: mass(total.mass_t), note: t("overview.mass_note", { n: number(total.weighed), all: number(total.sites) }), href: listAddress() }),
    tile({
      name: t("overview.high"), value: number(high?.sites ?? 0), note: t("overview.of_all", { share: share(high?.sites ?? 0, total.sites) }),
      href: listAddress({ grade: ["HIGH"] }), tone: high ? "is-red" : "",
    }),
    tile({ name: t("overview.closed"), value: number(closed), note: t("overview.of_all", { share: share(closed, total.sites) }), href: listAddress({ state: ["CLOSED"] }) }),
    workTiles(board));
}
