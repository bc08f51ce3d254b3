/** Asking for a later day for one work. */

import { put, sentenceOf } from "../api.js";
import { h } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { t } from "../text.js";

/** Opens the form; `changed()` follows what was sent. */
export function openAsk(work, changed) {
  let id = newId();
  const day = input("new-due", t("deadlines.new_due"), "", { type: "date", min: work.due_on });
  const why = area("why", t("deadlines.reason"), "", { maxlength: 2000 });
  const problem = problemLine();
  const ask = async () => {
    problem.say("");
    try {
      await put(`/api/deadlines/extensions/${id}`, {
        work: work.key, new_due_on: day.querySelector("input").value || null, reason: why.querySelector("textarea").value,
      });
      closeDialog();
      showDone(t("deadlines.asked"));
      await changed();
    } catch (fault) {
      if (fault.code === "id_reused") id = newId();
      problem.say(sentenceOf(fault));
    }
  };
  openDialog(t("deadlines.ask_title", { title: work.title }), [
    h("p", {}, t("deadlines.ask_means", { due: work.due_on })), day, why, problem,
  ], [doing(t("deadlines.send"), ask, "primary")]);
}
