/** Rows that may speak of listed sites: proposed with the reasons, decided by a person row by row. */

import { h } from "../dom.js";
import { grid } from "../office/grid.js";
import { length, number, percent, pick, t, term } from "../text.js";

const SHOWN = 200;

function choices(row) {
  const same = row.matches.flatMap((match) => {
    const values = { code: match.site_code, name: match.site_name };
    const found = [[`LINKED ${match.site_code}`, t("import.as_linked", values)]];
    if (match.differences.length) found.unshift([`UPDATED ${match.site_code}`, t("import.as_updated", values)]);
    return found;
  });
  return [["", t("import.as_open")], ...same, ["LISTED ", t("import.as_new")], ["PASSED_OVER ", t("import.as_passed")]];
}

function decide(job, row, value) {
  if (!value) {
    job.decisions.delete(row);
    return;
  }
  const [fate, code] = value.split(" ");
  job.decisions.set(row, code ? { fate, site_code: code } : { fate });
}

function chosen(job, row) {
  const said = job.decisions.get(row);
  return said ? `${said.fate} ${said.site_code || ""}` : "";
}

function reasons(match) {
  const why = match.reasons.map((reason) => term("MatchReason", reason)).join(t("import.and"));
  return h("div", { class: "import-match" },
    h("a", { href: `/sites/${match.site_code}`, target: "_blank", rel: "noopener" }, match.site_code), ` ${match.site_name}`,
    h("div", { class: "quiet" }, t("import.why", { percent: percent(match.score), why, metres: length(match.distance_m) })));
}

function differences(match) {
  const said = (one, side) => pick({ word_zh: one[side].zh, word_en: one[side].en }, "word");
  const lines = match.differences.map((one) => h("li", {}, `${pick(one, "title")}: ${said(one, "listed")} → ${said(one, "stated")}`));
  return lines.length ? h("ul", { class: "import-differences" }, lines) : t("import.no_difference");
}

function all(found, job, fate, redraw) {
  for (const row of found.matches) {
    const [best] = row.matches;
    const site = fate === "LISTED" || fate === "PASSED_OVER" ? "" : best.site_code;
    decide(job, row.row, `${fate} ${site}`);
  }
  redraw();
}

/** The card of matches; `changed()` hears of each decision. */
export function matchesCard(found, job, changed) {
  if (!found.open) return null;
  const redraw = () => {
    card.replaceWith(matchesCard(found, job, changed));
    changed();
  };
  const every = (fate, text) => h("button", { type: "button", class: "button", onclick: () => all(found, job, fate, redraw) }, text);
  const answer = (row) => h("select", {
    "aria-label": t("import.row_is", { row: row.row }),
    onchange: (event) => {
      decide(job, row.row, event.target.value);
      changed();
    },
  }, choices(row).map(([value, text]) => h("option", { value, selected: value === chosen(job, row.row) }, text)));
  const card = h("section", { class: "card", id: "import-matches" },
    h("h2", {}, t("import.matches")),
    h("p", { class: "desk-line" }, t("import.matches_line", { n: number(found.open) })),
    h("div", { class: "buttons import-every" },
      every("UPDATED", t("import.every_updated")), every("LINKED", t("import.every_linked")), every("LISTED", t("import.every_new"))),
    grid({
      label: t("import.matches"),
      rows: found.matches.slice(0, SHOWN),
      columns: [
        { key: "row", title: t("import.row"), align: "right", cell: (row) => row.row },
        { key: "name", title: t("import.name"), cell: (row) => row.name },
        { key: "site", title: t("import.may_be"), cell: (row) => row.matches.map(reasons) },
        { key: "differences", title: t("import.differences"), cell: (row) => differences(row.matches[0]) },
        { key: "answer", title: t("import.answer"), cell: answer },
      ],
    }),
    found.open > SHOWN && h("p", { class: "desk-line" }, t("import.more_matches", { shown: SHOWN, all: number(found.open) })));
  return card;
}

/** How many rows still wait for an answer. */
export function stillOpen(found, job) {
  return found.open - found.matches.filter((row) => job.decisions.has(row.row)).length;
}
