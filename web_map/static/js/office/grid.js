/** A table of rows; on a phone each row becomes a card. */

import { h } from "../dom.js";

function heading(column, sort, onsort) {
  const isSorted = sort && sort.key === column.key;
  const order = isSorted ? (sort.descending ? "descending" : "ascending") : null;
  const title = column.sortable && onsort
    ? h("button", { type: "button", class: "grid-sort", onclick: () => onsort(column.key) }, column.title)
    : column.title;
  return h("th", { scope: "col", class: column.align === "right" ? "right" : null, "aria-sort": order, style: column.width ? { width: column.width } : null }, title);
}

function line(row, columns, onrow) {
  const cells = columns.map((column) => h("td", {
    class: column.align === "right" ? "right" : null, "data-label": column.title,
  }, column.cell(row)));
  const open = onrow && ((event) => event.target.closest("a, button, input, select, label") || onrow(row));
  return h("tr", { class: onrow ? "grid-link" : null, onclick: open }, cells);
}

/**
 * Makes the table. Columns are { key, title, cell(row), align, width, sortable }; `onrow(row)` opens a
 * row; `sort` is { key, descending } and `onsort(key)` asks for another order.
 */
export function grid({ columns, rows, onrow, sort, onsort, label }) {
  return h("div", { class: "grid-box", tabindex: "0", role: "region", "aria-label": label },
    h("table", { class: "grid" },
      h("thead", {}, h("tr", {}, columns.map((column) => heading(column, sort, onsort)))),
      h("tbody", {}, rows.map((row) => line(row, columns, onrow)))));
}
