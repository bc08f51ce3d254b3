/** A unit's answer to a notice: its text and papers. */

import { put } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { area, doing } from "../office/fields.js";
import { upload } from "../office/upload.js";
import { t } from "../text.js";

const THEIRS = new Set(["MISSING", "SENT_BACK"]);

/** The form where a unit's turn has come, or nothing; `attempt(deed, said)` sends it. */
export function answerParts(now, notice, attempt) {
  const mine = [...(now.user.units || []), ...(now.user.towns || [])];
  const open = notice.answers.filter((one) => THEIRS.has(one.state) && (!mine.length || mine.includes(one.unit)));
  if (!open.length) return null;
  let { unit } = open[0];
  const id = newId();
  const choose = select("answer-unit", t("deadlines.answer_for"), open.map((one) => [one.unit, one.unit]), unit, (value) => { unit = value; });
  const text = area("answer-text", t("deadlines.answer_text"), "", { maxlength: 10000, rows: 5 });
  const files = h("input", { type: "file", id: "answer-files", multiple: true, accept: ".pdf,.jpg,.jpeg,.png,.docx,.xlsx" });
  const sent = new Map();
  const go = async () => {
    for (const file of files.files) {
      if (!sent.has(file)) {
        const paper = newId();
        await upload("PUT", `/api/notices/${notice.id}/papers/${paper}`, file);
        sent.set(file, paper);
      }
    }
    const papers = [...files.files].map((file) => sent.get(file));
    await put(`/api/notices/${notice.id}/answers/${id}`, { unit, text: text.querySelector("textarea").value, papers });
  };
  return h("div", { class: "notice-answer" }, h("h3", {}, t("deadlines.answer")), choose, text,
    h("label", { class: "field", for: "answer-files" }, h("span", {}, t("deadlines.papers")), files),
    h("div", { class: "buttons" }, doing(t("deadlines.send_answer"), () => attempt(go, t("deadlines.answered")), "primary")));
}
