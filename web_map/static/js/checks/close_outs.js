/** What waits for a reviewer besides checks: close-outs to approve, findings to verify, looks due. */

import { get } from "../api.js";
import { badge, fill, h } from "../dom.js";
import { number, pick, styles, t, term } from "../text.js";

const siteLink = (code, name) => h("a", { href: `/sites/${encodeURIComponent(code)}#close-out` }, name);

function proposal(one) {
  return h("li", { class: "event" },
    h("p", {}, siteLink(one.site_code, one.site_name), badge(term("CloseOutState", one.state), {}, "badge-plain"), badge(term("SatelliteResult", one.satellite.result), {}, "badge-plain")),
    h("p", { class: "quiet" }, `${one.site_code} · ${t("closeout.proposed_by", { by: one.proposed_by })}`));
}

function finding(one) {
  const said = one.reasons.map((reason) => pick(reason, "text"));
  return h("li", { class: "event" },
    h("p", {}, siteLink(one.site_code, one.site_name), badge(term("FindingState", one.finding), styles.DeadlineState.RED)),
    h("p", { class: "quiet" }, [one.site_code, one.looked_on, term("LookBackBy", one.by), ...said, one.note].filter(Boolean).join(" · ")));
}

function due(one) {
  return h("li", { class: "event" },
    h("p", {}, siteLink(one.code, one.name), badge(t("closeout.due_on", { day: one.due_on }), styles.DeadlineState[one.due_state])),
    h("p", { class: "quiet" }, [one.code, one.town, t("closeout.closed_on", { day: one.closed_on })].filter(Boolean).join(" · ")));
}

function part(id, title, rows, draw) {
  return rows.length > 0 && h("details", { id, class: "card close-out-waiting", open: id !== "looks-due" },
    h("summary", {}, title, h("span", { class: "check-count" }, number(rows.length))),
    h("ul", { class: "plain" }, rows.map(draw)));
}

/** Draws the three lists into a box; nothing where nothing waits. */
export async function drawWaiting(box, district) {
  const found = await get("/api/close-outs", { district: district.code });
  fill(box, part("close-outs-waiting", t("closeout.to_approve"), found.close_outs, proposal),
    part("findings-waiting", t("closeout.to_verify"), found.findings, finding),
    part("looks-due", t("closeout.looks_due"), found.due, due));
}
