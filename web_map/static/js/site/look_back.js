/** The look-backs of a site, newest first: by what, what was seen, what became of it. */

import { badge, h } from "../dom.js";
import { pick, styles, t, term } from "../text.js";

const TONES = { NOTHING: "ON_TIME", UNCLEAR: "ONGOING", FOUND: "RED" };
const nameOf = (found, who) => found.people[who.replace(/^cli:/, "")] || who;

function decision(found, one) {
  if (!one.decided_by) return null;
  return h("p", { class: "quiet" }, t("closeout.decided", {
    finding: term("FindingState", one.finding), by: nameOf(found, one.decided_by), reason: one.decided_reason,
  }));
}

function entry(found, one) {
  const said = [...one.reasons.map((reason) => pick(reason, "text")), one.note].filter(Boolean);
  return h("li", { class: "event", "data-look": one.result },
    h("p", {}, h("span", { class: "strong" }, one.looked_on), " ", badge(term("LookBackResult", one.result), styles.DeadlineState[TONES[one.result]]),
      badge(term("LookBackBy", one.by), {}, "badge-plain"), one.finding && badge(term("FindingState", one.finding), {}, "badge-plain")),
    said.length > 0 && h("p", {}, said.join(" · ")),
    h("p", { class: "quiet" }, [one.scene, nameOf(found, one.recorded_by)].filter(Boolean).join(" · ")),
    decision(found, one));
}

/** Draws look-backs as a timeline. */
export function looksView(found, looks) {
  return h("ul", { class: "plain look-backs" }, looks.map((one) => entry(found, one)));
}
