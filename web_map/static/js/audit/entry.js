/** One entry of the log: old and new side by side, what differs first. */

import { get, sentenceOf } from "../api.js";
import { badge, facts, fill, h, state } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { tick } from "../office/fields.js";
import { moment, pick, t } from "../text.js";

function row(field) {
  const cell = (text, label) => h("td", { "data-label": label }, text === null ? h("span", { class: "quiet" }, t("audit.absent")) : text);
  return h("tr", { class: field.is_changed ? "audit-changed" : null },
    h("th", { scope: "row" }, field.name, field.is_changed ? badge(t("audit.changed"), {}, "badge-plain") : null),
    cell(field.before, t("audit.before")), cell(field.after, t("audit.after")));
}

function sides(fields) {
  return h("div", { class: "grid-box", tabindex: "0", role: "region", "aria-label": t("audit.sides") },
    h("table", { class: "grid audit-sides" },
      h("thead", {}, h("tr", {}, [t("audit.field"), t("audit.before"), t("audit.after")].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, fields.map(row))));
}

function contents(entry) {
  const changed = entry.fields.filter((one) => one.is_changed);
  const isBoth = entry.has_before && entry.has_after;
  const box = h("div", {}, sides(isBoth ? changed : entry.fields));
  if (!entry.fields.length) return h("p", { class: "hint" }, t("audit.nothing_said"));
  if (!isBoth) return [h("p", { class: "hint" }, entry.has_before ? t("audit.only_before") : t("audit.only_after")), box];
  const all = (event) => fill(box, sides(event.target.checked ? entry.fields : changed));
  return [h("div", { class: "line" }, h("span", {}, t("audit.differs", { n: changed.length, of: entry.fields.length })), tick("audit-all", t("audit.show_all"), false, all)), box];
}

/** Opens an entry; `search({ subject })` looks for all entries about the same thing. */
export async function openEntry(one, nameOf, search) {
  const body = h("div", {}, state("wait", t("audit.looking")));
  const follow = () => {
    closeDialog();
    search({ who: "", verb: "", kind: "", since: "", until: "", text: "", subject: one.subject_id });
  };
  openDialog(t("audit.entry", { seq: one.seq }), body,
    [h("button", { type: "button", class: "button", onclick: follow }, t("audit.of_subject"))], "wide");
  try {
    const entry = await get(`/api/audit/${one.seq}`);
    fill(body, facts([
      [t("audit.at"), `${moment(entry.at)} (${entry.at})`], [t("audit.who"), nameOf(entry.actor)], [t("audit.verb"), pick(entry.verb, "name")],
      [t("audit.subject"), `${pick(entry.kind, "name")} ${entry.subject_id}`], [t("audit.hash"), h("span", { class: "code" }, entry.hash)],
    ]), contents(entry));
  } catch (problem) {
    fill(body, state("error", sentenceOf(problem)));
  }
}
