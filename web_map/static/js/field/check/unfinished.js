/** Checks that were begun on this phone and not kept: nobody else has them. */

import { h } from "../../dom.js";
import { all } from "../db.js";
import { nameOf } from "../list/items.js";

/** Reads them, each { key, owner, name }. */
export async function unfinished() {
  const [drafts, places] = await Promise.all([all("drafts"), all("places")]);
  const names = new Map(places.map((place) => [place.key, nameOf(place)]));
  return drafts.map(({ key, owner }) => ({ key, owner, name: names.get(key) || key }));
}

/** A way to the form of each. */
export const waysTo = (rows) => rows.map(({ key, name }) =>
  h("a", { class: "button wide", href: `#/check/${encodeURIComponent(key)}`, "data-unfinished": key }, name));
