/** Later days that were asked for: who asked why, and the decision of another person. */

import { put, sentenceOf } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { area, doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { moment, number, t, term } from "../text.js";

const COLOURS = { ASKED: { colour: "#fbe3b5", ink: "#5a3d00" }, APPROVED: { colour: "#ddebd3", ink: "#1b4d2b" }, REFUSED: { colour: "#f8d0cb", ink: "#8f1222" } };

function decide(one, changed) {
  const note = area("note", t("deadlines.decision_note"), "", { maxlength: 2000 });
  const problem = problemLine();
  const send = (path, said) => async () => {
    problem.say("");
    try {
      await put(`/api/deadlines/extensions/${one.id}/${path}`, { note: note.querySelector("textarea").value });
      closeDialog();
      showDone(said);
      await changed();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  };
  openDialog(t("deadlines.decide_title", { title: one.title }), [
    h("p", {}, t("deadlines.from_to", { old: one.old_due_on, due: one.new_due_on })),
    h("p", {}, t("deadlines.asked_by", { who: one.asked_by, why: one.reason })), note, problem,
  ], [doing(t("deadlines.approve"), send("approval", t("deadlines.approved")), "primary"), doing(t("deadlines.refuse"), send("refusal", t("deadlines.refused")))]);
}

/** Draws the card; `changed()` follows a decision. */
export function drawExtensions(card, now, changed) {
  const waiting = now.extensions.filter((one) => one.state === "ASKED").length;
  const columns = [
    { key: "state", title: t("deadlines.state"), cell: (one) => badge(term("ExtensionState", one.state), COLOURS[one.state]) },
    { key: "title", title: t("deadlines.work"), cell: (one) => h("span", { class: "due-said" }, h("span", { class: "due-name" }, one.title), h("a", { class: "site-code", href: `/sites/${encodeURIComponent(one.site_code)}` }, one.site_code)) },
    { key: "unit", title: t("deadlines.lead"), cell: (one) => one.lead_unit },
    { key: "days", title: t("deadlines.days"), cell: (one) => h("span", { class: "due-day" }, t("deadlines.from_to", { old: one.old_due_on, due: one.new_due_on })) },
    { key: "why", title: t("deadlines.reason"), cell: (one) => h("span", { class: "due-said" }, one.reason, h("span", { class: "due-first" }, `${one.asked_by} · ${moment(one.asked_at)}`)) },
    { key: "decided", title: t("deadlines.decision"), cell: (one) => (one.decided_by
      ? h("span", { class: "due-said" }, one.decision_note || "—", h("span", { class: "due-first" }, `${one.decided_by} · ${moment(one.decided_at)}`))
      : one.may_decide ? h("button", { type: "button", class: "button primary", onclick: () => decide(one, changed) }, t("deadlines.decide"))
        : one.state === "ASKED" && h("span", { class: "quiet" }, t("deadlines.others_decide"))) },
  ];
  fill(card, h("h2", {}, t("deadlines.extensions", { n: number(waiting) })),
    now.extensions.length ? grid({ columns, rows: now.extensions, label: t("deadlines.extensions", { n: number(waiting) }) }) : h("p", { class: "quiet" }, t("deadlines.no_extensions")));
}
