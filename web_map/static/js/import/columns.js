/** Which column is which field: suggested by the server, changed here, kept as a file. */

import { h, select } from "../dom.js";
import { doing } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { pick, t, wordsOf } from "../text.js";
import { save } from "./send.js";

function fieldChoice(heading, found, change) {
  const { columns = {} } = found.mapping;
  const taken = new Set(Object.entries(columns).filter(([other]) => other !== heading).map(([, field]) => field));
  const free = found.fields.filter((one) => !taken.has(one.field));
  return h("select", {
    "aria-label": heading,
    onchange: (event) => change({ columns: without(columns, heading, event.target.value) }),
  },
  h("option", { value: "" }, t("import.column_left")),
  free.map((one) => h("option", { value: one.field, selected: columns[heading] === one.field }, pick(one, "title"))));
}

function without(pairs, key, value) {
  const next = { ...pairs };
  delete next[key];
  if (value) next[key] = value;
  return next;
}

function unitChoice(heading, found, change) {
  const { columns = {}, units = {} } = found.mapping;
  const field = found.fields.find((one) => one.field === columns[heading]);
  if (!field || !field.units.length) return null;
  return h("select", {
    "aria-label": t("import.unit_of", { name: heading }),
    onchange: (event) => change({ units: without(units, heading, event.target.value) }),
  },
  h("option", { value: "" }, t("import.unit_none", { unit: field.units[0] })),
  field.units.map((unit) => h("option", { value: unit, selected: units[heading] === unit }, unit)));
}

function kindChoice(found, change) {
  const options = [["", t("import.kind_none")], ...wordsOf("SiteKind")];
  return select("import-kind", t("import.kind"), options, found.mapping.kind || "", (value) => change({ kind: value || undefined }));
}

function keep(found) {
  const text = JSON.stringify(found.mapping, null, 1);
  save(new Blob([text], { type: "application/json" }), t("import.mapping_file"));
}

function reader(change, refuse) {
  const take = async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      change(JSON.parse(await file.text()), true);
    } catch {
      refuse(t("import.mapping_unread"));
    }
  };
  return h("label", { class: "button" }, t("import.mapping_open"),
    h("input", { type: "file", accept: ".json", class: "hidden-text", onchange: take }));
}

/** The card of columns; `change(part, isWhole)` asks for another look with the mapping changed. */
export function columnsCard(found, change, refuse) {
  const used = Object.keys(found.mapping.columns || {}).length;
  const table = grid({
    label: t("import.columns"),
    rows: found.headings,
    columns: [
      { key: "heading", title: t("import.heading"), cell: (row) => h("strong", {}, row.heading) },
      { key: "samples", title: t("import.samples"), cell: (row) => h("span", { class: "quiet" }, row.samples.join(" · ")) },
      { key: "field", title: t("import.field"), cell: (row) => fieldChoice(row.heading, found, change) },
      { key: "unit", title: t("import.unit"), cell: (row) => unitChoice(row.heading, found, change) },
    ],
  });
  return h("section", { class: "card", id: "import-columns" },
    h("h2", {}, t("import.columns")),
    h("p", { class: "desk-line" }, t("import.columns_line", { used, all: found.headings.length })),
    h("div", { class: "toolbar" }, kindChoice(found, change), reader(change, refuse), doing(t("import.mapping_keep"), async () => keep(found))),
    h("div", { class: "import-columns" }, table));
}
