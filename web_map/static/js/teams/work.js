/** Work that was given: to whom, what, until when, how far; withdrawing it. */

import { send, sentenceOf } from "../api.js";
import { fill, h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { moment, number, t, term } from "../text.js";
import { farBar, lateOf } from "./far.js";

function withdraw(work, changed) {
  const problem = problemLine();
  const go = async () => {
    try {
      await send("PUT", `/api/assignments/${work.id}/withdrawal`, { reason: document.getElementById("why").value });
      closeDialog();
      showDone(t("teams.withdrawn"));
      await changed();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  openDialog(t("teams.withdraw_title", { who: work.to }), [
    h("p", {}, t("teams.withdraw_means")), area("why", t("teams.why"), "", { maxlength: 1000 }), problem,
  ], [doing(t("teams.withdraw"), go, "primary")]);
}

/** Draws the list of work into `card`. */
export function drawWork(card, now, changed) {
  const columns = [
    { key: "to", title: t("teams.to"), cell: (one) => h("span", { class: "team-name" }, one.to) },
    { key: "what", title: t("teams.what"), cell: (one) => [term("NamedBy", one.named_by), one.subject && ` · ${one.subject}`, one.note && h("p", { class: "quiet" }, one.note)] },
    { key: "places", title: t("teams.places"), align: "right", cell: (one) => number(one.places) },
    { key: "far", title: t("teams.far"), cell: (one) => farBar(one.progress) },
    { key: "due", title: t("teams.due"), cell: (one) => [one.due_on || "—", " ", lateOf(one.progress)] },
    { key: "given", title: t("teams.given_at"), cell: (one) => [moment(one.given_at), h("p", { class: "quiet" }, one.given_by)] },
    { key: "deed", title: "", cell: (one) => now.mayGive && h("button", { type: "button", class: "button", onclick: () => withdraw(one, changed) }, t("teams.withdraw")) },
  ];
  fill(card, h("h2", {}, t("teams.work")), now.work.length ? grid({ columns, rows: now.work, label: t("teams.work") })
    : h("p", { class: "quiet" }, t("teams.no_work")));
}
