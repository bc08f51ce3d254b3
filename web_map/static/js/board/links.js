/** Where a number leads: the list of exactly the sites that it counts, as of the board's day. */

import { h } from "../dom.js";
import { asked } from "../register/address.js";
import { number } from "../text.js";

const now = { view: { filter: {}, asOf: "" }, district: "" };

/** Says what the board shows, on which its links build. */
export function setView(view, district) {
  Object.assign(now, { view, district });
}

/** The address of the list under the board's own filter and `extra`: name → values. */
export function listAddress(extra = {}) {
  return `/register?${asked({ ...now.view, filter: { ...now.view.filter, ...extra } }, now.district)}`;
}

/** A number that opens its list. */
export function countLink(count, extra, label, digits = 0) {
  return h("a", { class: "board-number", href: listAddress(extra), "aria-label": `${label} ${number(count, digits)}` }, number(count, digits));
}

/** The address of another page of the same place. */
export const pageAddress = (path, more = {}) => `${path}?${new URLSearchParams({ district: now.district, ...more })}`;
