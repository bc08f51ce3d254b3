/** The check report: what must be mended before anything comes in, and what is only worth a look. */

import { badge, h } from "../dom.js";
import { doing } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { number, pick, t } from "../text.js";

const SHOWN = 100;

function summary(found) {
  const count = (key, n, kind) => h("div", { class: `import-count ${kind}` }, h("strong", {}, number(n)), h("span", {}, key));
  return h("div", { class: "import-counts" },
    count(t("import.rows"), found.rows, ""),
    count(t("import.new"), found.new, ""),
    count(t("import.open"), found.open, found.open ? "is-open" : ""),
    count(t("import.unchanged"), found.unchanged, ""),
    count(t("import.faults"), found.faults, found.faults ? "is-bad" : "is-good"),
    count(t("import.warnings"), found.warnings, ""));
}

function sentence(one) {
  const mark = one.is_warning ? badge(t("import.warning"), {}, "to-check") : badge(t("import.fault"), {}, "import-fault");
  return h("div", { class: "import-sentence" }, mark, " ", pick({ said_zh: one.zh, said_en: one.en }, "said"));
}

/** The card of the report. */
export function reportCard(found, saveWhole) {
  const shown = found.problems.slice(0, SHOWN);
  const all = found.faults + found.warnings;
  const table = shown.length && grid({
    label: t("import.report"),
    rows: shown,
    columns: [
      { key: "row", title: t("import.row"), align: "right", cell: (one) => one.row || t("import.whole") },
      { key: "cell", title: t("import.cell"), cell: (one) => one.cell },
      { key: "column", title: t("import.column"), cell: (one) => one.column },
      { key: "value", title: t("import.value"), cell: (one) => one.value },
      { key: "what", title: t("import.what_to_do"), cell: sentence },
    ],
  });
  return h("section", { class: "card", id: "import-report" },
    h("h2", {}, t("import.report")),
    summary(found),
    table || h("p", { class: "desk-line" }, t("import.no_problem")),
    all > shown.length && h("p", { class: "desk-line" }, t("import.more_problems", { shown: shown.length, all: number(all) })),
    all > 0 && h("div", { class: "buttons" }, doing(t("import.report_save"), saveWhole)));
}
