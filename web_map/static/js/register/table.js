/** The rows of the list: a dense table on a desk, cards on a phone. */

import { badge, h } from "../dom.js";
import { gradeStyle } from "../grade.js";
import { grid } from "../office/grid.js";
import { gradeName, number, styles, t } from "../text.js";
import { heading } from "./columns.js";

function cell(item, column, search) {
  const value = item.cells[column.short];
  if (column.short === "DWBH") {
    return [h("a", { class: "register-code", href: `/sites/${encodeURIComponent(item.code)}${search}` }, item.code),
      item.is_demo && h("span", { class: "badge badge-demo" }, t("demo.badge"))];
  }
  if (column.short === "FXDJ") return badge(gradeName(item), gradeStyle(item.grade));
  if (column.short === "SXZT" && item.deadline) return badge(value, styles.DeadlineState[item.deadline]);
  if (value === null || value === undefined || value === "") return null;
  return typeof value === "number" ? number(value, 6) : value;
}

function onMap(item, district) {
  const address = new URLSearchParams({ d: district, s: item.code });
  return h("a", { class: "register-map", href: `/#${address}`, title: t("register.on_map"), "aria-label": t("register.on_map_of", { name: item.name }) }, t("register.map"));
}

/** Draws a page of rows. */
export function rowsTable({ view, columns, page, district, onsort }) {
  const search = view.asOf ? `?as_of=${view.asOf}` : "";
  const chosen = view.columns.map((short) => columns.find((column) => column.short === short)).filter(Boolean);
  const isNumber = (short) => page.items.some((item) => typeof item.cells[short] === "number");
  const drawn = chosen.map((column) => ({
    key: column.short,
    title: heading(column),
    sortable: column.is_sortable,
    align: isNumber(column.short) ? "right" : "left",
    cell: (item) => h("div", { class: column.width > 24 ? "register-wide" : "register-short" }, cell(item, column, search)),
  }));
  drawn.push({ key: "map", title: "", cell: (item) => onMap(item, district) });
  const descending = view.sort.startsWith("-");
  return grid({
    columns: drawn,
    rows: page.items,
    label: t("register.title"),
    sort: { key: view.sort.replace("-", ""), descending },
    onsort: (key) => onsort(key === view.sort ? `-${key}` : key),
    onrow: (item) => location.assign(`/sites/${encodeURIComponent(item.code)}${search}`),
  });
}
