/** The book: what went where, per pit and source, and whether the surveys agree. */

import { download, get } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { grid } from "../office/grid.js";
import { pick, t, term } from "../text.js";
import { openFacts, openLoadForm, openReversal } from "./load_form.js";
import { cubic, flagBadge, siteLink, tonnes } from "./words.js";

const right = { align: "right" };

function checksGrid(found) {
  if (!found.checks.length) return h("p", { class: "quiet" }, t("backfill.no_checks"));
  return grid({
    label: t("backfill.checks"), rows: found.checks,
    columns: [
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit_code, found.names[row.pit_code]) },
      { key: "span", title: t("backfill.between"), cell: (row) => h("span", {}, row.since, h("br"), row.until) },
      { key: "booked", title: t("backfill.booked_m3"), cell: (row) => h("span", {}, cubic(row.booked_m3), h("br"), h("span", { class: "quiet" }, tonnes(row.booked_t))), ...right },
      { key: "filled", title: t("backfill.measured_m3"), cell: (row) => (row.filled_m3 === null ? "—" : h("span", {}, cubic(row.filled_m3), h("br"), h("span", { class: "quiet" }, `σ ${cubic(row.filled_sigma_m3)}`))), ...right },
      { key: "tolerance", title: t("backfill.tolerance"), cell: (row) => (row.tolerance_m3 === null ? "—" : `± ${cubic(row.tolerance_m3)}`), ...right },
      { key: "flag", title: t("backfill.flag"), cell: (row) => h("span", {}, flagBadge(row.flag), " ", h("span", { class: "quiet" }, pick(row, "why"))) },
    ],
  });
}

function sumsGrid(found) {
  if (!found.sums.length) return h("p", { class: "quiet" }, t("backfill.no_loads"));
  return grid({
    label: t("backfill.sums"), rows: found.sums,
    columns: [
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit_code, found.names[row.pit_code]) },
      { key: "source", title: t("backfill.source"), cell: (row) => (row.source_code ? siteLink(row.source_code, found.names[row.source_code]) : row.source_name) },
      { key: "material", title: t("backfill.material"), cell: (row) => term("BackfillMaterial", row.material) },
      { key: "loads", title: t("backfill.loads"), cell: (row) => row.loads, ...right },
      { key: "tonnes", title: t("backfill.tonnes"), cell: (row) => tonnes(row.tonnes), ...right },
      { key: "days", title: t("backfill.days"), cell: (row) => h("span", {}, row.first_on, h("br"), row.last_on) },
    ],
  });
}

function linesGrid(found, mayWrite, again) {
  if (!found.loads.length) return null;
  const gone = new Set(found.reversed);
  const deed = (row) => {
    if (row.corrects) return badge(t("backfill.is_reversal"), {}, "badge-plain");
    if (gone.has(row.id)) return badge(t("backfill.was_reversed"), {}, "badge-plain");
    return mayWrite && h("button", { type: "button", class: "button", onclick: () => openReversal(row, again) }, t("backfill.reverse"));
  };
  return grid({
    label: t("backfill.lines"), rows: found.loads,
    columns: [
      { key: "day", title: t("backfill.day"), cell: (row) => row.tipped_on },
      { key: "ticket", title: t("backfill.ticket"), cell: (row) => h("span", {}, h("span", { class: "strong" }, row.ticket_no), row.is_demo ? [" ", badge(t("backfill.demo"), {}, "badge-demo")] : null) },
      { key: "pit", title: t("backfill.pit"), cell: (row) => siteLink(row.pit_code, found.names[row.pit_code]) },
      { key: "source", title: t("backfill.source"), cell: (row) => (row.source_code ? siteLink(row.source_code, found.names[row.source_code]) : row.source_name) },
      { key: "tonnes", title: t("backfill.tonnes"), cell: (row) => tonnes(row.tonnes), ...right },
      { key: "unit", title: t("backfill.unit"), cell: (row) => h("span", {}, row.unit, h("br"), h("span", { class: "quiet" }, row.received_by)) },
      { key: "rule", title: t("backfill.rule"), cell: (row) => h("span", { class: "quiet" }, row.rule, row.reason ? h("br") : null, row.reason) },
      { key: "deed", title: "", cell: deed },
    ],
  });
}

/** The card of the book; `again()` works the whole page out anew after a line was written. */
export async function bookCard(district, user, piles, pits, again) {
  const mayWrite = user.rights.includes("EDIT");
  const body = h("div", { class: "book-body" });
  const read = async () => {
    const found = await get("/api/backfill/book", { district: district.code });
    fill(body, h("h3", {}, t("backfill.checks")), checksGrid(found), h("h3", {}, t("backfill.sums")), sumsGrid(found),
      found.loads.length > 0 && h("details", { class: "book-lines" }, h("summary", {}, t("backfill.lines_n", { n: found.loads.length })), linesGrid(found, mayWrite, after)));
  };
  async function after() {
    await read();
    await again();
  }
  await read();
  const file = () => download(`/api/backfill/book/export?district=${encodeURIComponent(district.code)}`, "backfill.xlsx").catch(showError);
  return h("section", { class: "card", id: "book" }, h("h2", {}, t("backfill.book")), h("p", { class: "quiet" }, t("backfill.book_line")),
    mayWrite && h("div", { class: "buttons" },
      h("button", { type: "button", class: "button primary", id: "load-add", onclick: () => openLoadForm(piles, pits, after) }, t("backfill.add_load")),
      h("button", { type: "button", class: "button", id: "facts-open", onclick: () => openFacts(piles, pits, after) }, t("backfill.state_facts")),
      h("button", { type: "button", class: "button", id: "book-export", onclick: file }, t("backfill.export"))),
    body);
}
