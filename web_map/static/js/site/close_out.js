/** The card of close-out and look-back: how a site's close-out stands, what was seen since, what may be done. */

import { get, sentenceOf } from "../api.js";
import { badge, fill, h, state } from "../dom.js";
import { styles, t, term } from "../text.js";
import { openStep, openVerdict, openVisit } from "./close_out_deeds.js";
import { openProposal } from "./close_out_form.js";
import { closeOutView } from "./close_out_view.js";
import { looksView } from "./look_back.js";

const WAITING = new Set(["PROPOSED", "PASSED_ONCE"]);

function button(id, text, onclick, kind = "") {
  return h("button", { type: "button", id, class: `button no-print ${kind}`, onclick }, text);
}

function mayDecide(page, one) {
  return page.user.username !== one.proposed_by && page.user.username !== one.first_by;
}

function deeds(page, found) {
  if (!page.mayWrite) return null;
  const waiting = found.close_outs.find((one) => WAITING.has(one.state));
  const parts = [];
  if (found.is_closable && !waiting) parts.push(button("propose-close-out", t("closeout.propose"), () => openProposal(page, found), "primary"));
  if (waiting && mayDecide(page, waiting)) {
    parts.push(button("approve-close-out", t("closeout.approve"), () => openStep(page, waiting, true), "primary"));
    parts.push(button("return-close-out", t("closeout.send_back"), () => openStep(page, waiting, false)));
  } else if (waiting) {
    parts.push(h("p", { class: "hint" }, t("closeout.others_decide")));
  }
  if (found.state === "CLOSED" || found.state === "SUSPECTED") parts.push(button("record-visit", t("closeout.record_visit"), () => openVisit(page)));
  return parts.length > 0 && h("div", { class: "buttons" }, parts);
}

function standing(found) {
  const due = found.due_on && found.state === "CLOSED";
  return h("div", { class: "badges" },
    badge(term("SiteState", found.state), styles.SiteState[found.state]),
    found.closed_on && badge(t("closeout.closed_on", { day: found.closed_on }), {}, "badge-plain"),
    due && badge(t("closeout.next_look", { day: found.due_on }), styles.DeadlineState[found.due_state]));
}

const undated = (found) => found.state === "CLOSED" && !found.closed_on && h("p", { class: "quiet" }, t("closeout.day_unknown"));

function findings(page, found) {
  const open = found.look_backs.filter((one) => one.finding === "TO_VERIFY");
  if (!open.length) return null;
  const may = page.user.rights.includes("REVIEW") && page.mayWrite;
  return h("div", { class: "close-out-alert", role: "status" },
    h("p", { class: "strong" }, t("closeout.suspected", { n: open.length })),
    open.map((one) => h("div", { class: "close-out-finding" }, looksView(found, [one]),
      may && h("div", { class: "buttons" },
        button(`confirm-${one.id}`, t("closeout.confirm"), () => openVerdict(page, one, true), "primary"),
        button(`dismiss-${one.id}`, t("closeout.dismiss"), () => openVerdict(page, one, false))))));
}

function drawn(page, found) {
  const [newest, ...older] = found.close_outs;
  const settled = found.look_backs.filter((one) => one.finding !== "TO_VERIFY");
  return [
    standing(found), undated(found), findings(page, found),
    newest ? closeOutView(found, newest) : h("p", { class: "quiet" }, t("closeout.none")),
    deeds(page, found),
    settled.length > 0 && [h("h3", { class: "close-out-part" }, t("closeout.looks", { n: found.look_backs.length })), looksView(found, settled)],
    older.length > 0 && h("details", { id: "older-close-outs" }, h("summary", {}, t("closeout.older", { n: older.length })),
      older.map((one) => closeOutView(found, one))),
  ];
}

/** Draws the card; on a past day it says how things stood at its end. */
export function closeOutCard(page) {
  const body = h("div", {}, state("wait", t("list.loading")));
  get(`/api/sites/${encodeURIComponent(page.site.code)}/close-out`, { as_of: page.asOf })
    .then((found) => fill(body, drawn(page, found)))
    .catch((problem) => fill(body, state("error", sentenceOf(problem))));
  return h("section", { class: "card", id: "close-out" }, h("h2", {}, t("closeout.title")), body);
}
