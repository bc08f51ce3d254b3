/** The dialogs of those who decide: approve, send back, record a visit, settle a finding. */

import { get, put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, input, problemLine } from "../office/fields.js";
import { showDone } from "../notice.js";
import { t, term, today, wordsOf } from "../text.js";

const valueOf = (id) => document.getElementById(id).value;

function act(page, text, path, body, done) {
  const problem = problemLine();
  const go = doing(text, async () => {
    problem.say("");
    try {
      await put(path, body());
      closeDialog();
      showDone(done);
      await page.reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  return { problem, go };
}

async function waiverFields(page, one) {
  if (one.satellite.effect !== "NEEDS_REASON") return null;
  const { visits } = await get(`/api/sites/${encodeURIComponent(page.site.code)}/close-out/offers`);
  const options = visits.map((visit) => [visit.id, `${visit.found_on} ${term("Verdict", visit.verdict)}`]);
  return h("div", { class: "close-out-waiver" },
    h("p", { class: "hint" }, t("closeout.waiver_hint")),
    area("waiver-reason", t("closeout.waiver_reason")),
    select("waiver-check", t("closeout.waiver_check"), [["", t("closeout.no_visit")], ...options], "", () => {}));
}

/** Opens the approval of a close-out, or its return. */
export async function openStep(page, one, isApproval) {
  const waiver = isApproval ? await waiverFields(page, one) : null;
  const id = newId();
  const { problem, go } = act(page, isApproval ? t("closeout.approve") : t("closeout.send_back"),
    `/api/close-outs/${one.id}/steps/${id}`, () => ({
      approve: isApproval, comment: valueOf("step-comment"),
      waiver_reason: waiver ? valueOf("waiver-reason") : "",
      waiver_check: waiver ? valueOf("waiver-check") || null : null,
    }), isApproval ? t("closeout.approved") : t("closeout.returned"));
  const comment = area("step-comment", isApproval ? t("closeout.comment") : t("closeout.why_back"), "", { maxlength: 2000 });
  openDialog(isApproval ? t("closeout.approve_title") : t("closeout.return_title"), [comment, waiver, problem], [go]);
}

/** Opens the form of a look-back on the spot. */
export function openVisit(page) {
  const id = newId();
  const { problem, go } = act(page, t("site.store"), `/api/sites/${encodeURIComponent(page.site.code)}/look-backs/${id}`, () => ({
    visited_on: valueOf("visited-on"), result: valueOf("visit-result"), note: valueOf("visit-note"),
  }), t("closeout.visit_stored"));
  openDialog(t("closeout.record_visit"), [
    input("visited-on", t("closeout.visited_on"), today(), { type: "date", max: today() }),
    select("visit-result", t("closeout.result"), wordsOf("LookBackResult"), "NOTHING", () => {}),
    area("visit-note", t("closeout.visit_note"), "", { maxlength: 2000 }), problem,
  ], [go]);
}

/** Opens the decision on signs of a relapse: confirmed, which reopens the site, or dismissed. */
export function openVerdict(page, one, isRelapse) {
  const { problem, go } = act(page, isRelapse ? t("closeout.confirm") : t("closeout.dismiss"), `/api/look-backs/${one.id}/decision`, () => ({
    is_relapse: isRelapse, reason: valueOf("verdict-reason"),
  }), isRelapse ? t("closeout.reopened") : t("closeout.dismissed"));
  openDialog(isRelapse ? t("closeout.confirm") : t("closeout.dismiss"), [
    h("p", { class: "hint" }, isRelapse ? t("closeout.confirm_hint") : t("closeout.dismiss_hint")),
    area("verdict-reason", t("site.reason"), "", { maxlength: 2000 }), problem,
  ], [go]);
}
