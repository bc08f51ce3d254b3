/** The notices: number, units, how far the answers are; a tap opens one. */

import { get } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { showError } from "../notice.js";
import { grid } from "../office/grid.js";
import { moment, number, styles, t, term } from "../text.js";
import { openNotice } from "./notice.js";
import { lateOf } from "./summary.js";

const COLOURS = { DRAFT: { colour: "#e6ebef", ink: "#1f2a33" }, ISSUED: { colour: "#dce6f1", ink: "#0b3d73" }, CLOSED: { colour: "#ddebd3", ink: "#1b4d2b" }, DROPPED: { colour: "#e6ebef", ink: "#5b6673" } };

/** How a unit stands with its answer, in words. */
export function answerOf(one) {
  const isRed = one.deadline === "RED";
  return h("span", { class: "due-said" }, h("span", {}, one.unit, " ",
    badge(term("AnswerState", one.state), isRed ? styles.DeadlineState.RED : {}, isRed ? "" : "badge-plain")), lateOf(one.days_late));
}

/** Draws the card; `changed()` follows what was done to a notice. */
export function drawNotices(card, now, changed) {
  const open = async (one) => openNotice(now, await get(`/api/notices/${one.id}`), changed);
  const columns = [
    { key: "symbol", title: t("deadlines.symbol"), cell: (one) => h("button", { type: "button", class: "link due-name", onclick: () => open(one).catch(showError) }, one.symbol || t("deadlines.no_symbol")) },
    { key: "state", title: t("deadlines.state"), cell: (one) => badge(term("NoticeState", one.state), COLOURS[one.state]) },
    { key: "title", title: t("deadlines.notice_title"), cell: (one) => h("span", { class: "due-said" }, one.title, h("span", { class: "due-first" }, t("deadlines.facts_of", { day: one.day, n: number(one.works) }))) },
    { key: "answers", title: t("deadlines.answers"), cell: (one) => (one.state === "DRAFT" || one.state === "DROPPED" ? one.units.join(" · ") : h("span", { class: "due-said" }, one.answers.map(answerOf))) },
    { key: "reply", title: t("deadlines.reply_by"), cell: (one) => one.reply_by },
    { key: "at", title: t("deadlines.issued_at"), cell: (one) => (one.issued_at ? `${moment(one.issued_at)} · ${one.issued_by}` : `${moment(one.drafted_at)} · ${one.drafted_by}`) },
  ];
  const late = now.notices.reduce((sum, one) => sum + one.overdue_answers, 0);
  fill(card, h("h2", {}, t("deadlines.notices")), late > 0 && h("p", { class: "due-late" }, t("deadlines.answers_late", { n: number(late) })),
    now.notices.length ? grid({ columns, rows: now.notices, label: t("deadlines.notices") }) : h("p", { class: "quiet" }, t("deadlines.no_notices")));
}
