/** What of the list is shown: to do, done today or all; by kind and town; by words. */

import { fill, h, select } from "../../dom.js";
import { number, t } from "../../text.js";
import { chosen } from "./order.js";

const shows = () => [["todo", t("mylist.show_todo")], ["today", t("mylist.show_today")], ["all", t("mylist.show_all")]];

/** Draws the filters over `wish`; `changed()` hears of each change. */
export function filters(items, wish, changed) {
  const bar = h("div", { class: "segments", role: "group", "aria-label": t("mylist.show") });
  const towns = [...new Set(items.map((item) => item.place.town).filter(Boolean))].sort();
  if (wish.town && !towns.includes(wish.town)) wish.town = "";

  function draw() {
    fill(bar, shows().map(([value, name]) => h("button", {
      type: "button", "aria-pressed": String(wish.show === value), "data-show": value,
      onclick: () => set("show", value),
    }, name, h("span", { class: "segment-count" }, number(chosen(items, { ...wish, show: value }).length)))));
  }

  function set(name, value) {
    wish[name] = value;
    draw();
    changed();
  }

  draw();
  const selects = h("div", { class: "list-selects", id: "list-selects", hidden: !(wish.type || wish.town) });
  const more = h("button", {
    type: "button", class: "button", id: "list-more", "aria-controls": "list-selects", "aria-expanded": String(!selects.hidden),
    onclick: () => {
      selects.hidden = !selects.hidden;
      more.setAttribute("aria-expanded", String(!selects.hidden));
    },
  }, t("mylist.filter"));
  const kinds = [["", t("mylist.any_kind")], ["candidate", t("mylist.candidates")], ["site", t("mylist.sites")]];
  fill(selects, select("list-type", t("mylist.kind"), kinds, wish.type, (value) => set("type", value)),
    towns.length > 1 && select("list-town", t("mylist.town"), [["", t("mylist.any_town")], ...towns.map((town) => [town, town])], wish.town, (value) => set("town", value)));
  return h("div", { class: "list-filters" }, bar,
    h("div", { class: "list-search" }, h("input", { type: "search", id: "list-search", value: wish.text, placeholder: t("mylist.search"), "aria-label": t("mylist.search"), oninput: (event) => set("text", event.target.value) }), more), selects);
}
