/** The lists that came in before. */

import { h } from "../dom.js";
import { grid } from "../office/grid.js";
import { moment, number, t, term } from "../text.js";

/** What became of a list's rows, in words. */
export function counted(counts) {
  return Object.entries(counts).map(([fate, n]) => `${term("RowFate", fate)} ${number(n)}`).join(t("import.and"));
}

/** The card of earlier lists. */
export function pastCard(items) {
  if (!items.length) return null;
  return h("section", { class: "card", id: "import-past" },
    h("h2", {}, t("import.past")),
    grid({
      label: t("import.past"),
      rows: items,
      columns: [
        { key: "name", title: t("import.list_name"), cell: (one) => h("strong", {}, one.name) },
        { key: "file", title: t("import.file_name"), cell: (one) => one.file_name },
        { key: "rows", title: t("import.rows"), align: "right", cell: (one) => number(one.rows) },
        { key: "counts", title: t("import.became"), cell: (one) => counted(one.counts) },
        { key: "at", title: t("import.loaded_at"), cell: (one) => moment(one.loaded_at) },
        { key: "by", title: t("import.loaded_by"), cell: (one) => one.loaded_by },
      ],
    }));
}
