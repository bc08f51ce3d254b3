/** A row's mark, and the dialog in which a person ticks it or takes the tick back. */

import { put, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { moment, pick, t } from "../text.js";

const MAY = ["REVIEWER", "ADMINISTRATOR"];

/** The name of how a row came to us. */
function certaintyName(certainty) {
  const names = {
    "memory-high": t("rules.certainty_memory_high"), "memory-medium": t("rules.certainty_memory_medium"),
    "memory-low": t("rules.certainty_memory_low"), "check": t("rules.certainty_check"), "proposal": t("rules.certainty_proposal"),
  };
  return names[certainty] || certainty;
}

/** The mark of a row; who may tick it gets a button as well. */
export function checkMark(row, user, onpress) {
  const may = MAY.includes(user.role) && !row.is_read;
  const was = row.tick && !row.is_ticked && row.tick.is_checked;
  return h("div", { class: "rule-state" },
    row.is_read && badge(t("rules.read"), {}, "checked"),
    row.is_ticked && badge(t("rules.ticked"), {}, "checked"),
    !row.is_read && !row.is_ticked && badge(t("rules.open"), {}, "to-check"),
    !row.is_read && h("span", { class: "quiet" }, certaintyName(row.certainty)),
    row.is_ticked && h("p", { class: "quiet" }, t("rules.ticked_by", { by: row.tick.checked_by, at: moment(row.tick.checked_at), edition: row.tick.edition })),
    was && h("p", { class: "quiet" }, t("rules.changed_since")),
    row.tick && !row.tick.is_checked && h("p", { class: "quiet" }, t("rules.taken_back", { by: row.tick.checked_by, note: row.tick.note })),
    may && h("button", { type: "button", class: "button small", onclick: onpress }, row.is_ticked ? t("rules.untick") : t("rules.tick")));
}

/** Opens the dialog; `ondone` runs when the word is kept. */
export function openCheck(row, ondone) {
  const id = newId();
  const edition = input("check-edition", t("rules.edition"), "", { maxlength: 300, placeholder: t("rules.edition_hint") });
  const note = area("check-note", row.is_ticked ? t("rules.why_back") : t("rules.note"), "", { maxlength: 2000 });
  const problem = problemLine();
  const send = doing(row.is_ticked ? t("rules.untick") : t("rules.tick"), async () => {
    problem.say("");
    const body = {
      id, sha256: row.sha256, is_checked: !row.is_ticked,
      edition: row.is_ticked ? "" : edition.querySelector("input").value, note: note.querySelector("textarea").value,
    };
    try {
      await put(`/api/rules/${encodeURIComponent(row.id)}/check`, body);
      closeDialog();
      showDone(row.is_ticked ? t("rules.kept_back") : t("rules.kept"));
      await ondone();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(row.is_ticked ? t("rules.untick") : t("rules.tick"), [
    h("p", { class: "strong" }, `${row.id} · ${row.standard} ${row.clause}`), h("p", {}, pick(row, "text")),
    h("p", { class: "hint" }, t("rules.tick_what")), !row.is_ticked && edition, note, problem,
  ], [send]);
}
