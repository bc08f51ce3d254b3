/** One close-out as it is read: the four heads, the photographs, the satellite check, the steps. */

import { badge, h } from "../dom.js";
import { openDialog } from "../office/dialog.js";
import { area, moment, pick, t, term } from "../text.js";

const nameOf = (found, who) => found.people[who.replace(/^cli:/, "")] || who;

function head(one) {
  const isAnswered = one.papers.length > 0 || one.statement || one.reason;
  return h("li", { class: `close-out-head ${isAnswered ? "" : "is-open"}`, "data-head": one.head },
    h("span", { class: "close-out-tick", "aria-hidden": "true" }, isAnswered ? "✓" : "–"),
    h("div", {}, h("span", { class: "strong" }, term("Head", one.head)),
      one.reason && h("p", {}, badge(t("closeout.not_applicable"), {}, "badge-plain"), " ", one.reason),
      one.statement && h("p", {}, one.statement),
      one.papers.map((paper) => h("p", {}, h("a", { href: paper.address }, paper.title || t("closeout.paper_gone"))))));
}

function look(one) {
  openDialog(one.title, [h("img", { class: "picture", src: one.address.display, alt: one.title }), h("p", { class: "quiet" }, about(one))], [], "wide");
}

const about = (one) => [one.taken_on, one.distance_m !== null && t("closeout.metres_off", { n: Math.round(one.distance_m) })].filter(Boolean).join(" · ");

function photo(one) {
  return h("figure", { class: "photo" },
    h("button", { type: "button", class: "photo-open", onclick: () => look(one) },
      h("img", { src: one.address.thumb, alt: one.title, loading: "lazy", width: 150, height: 112 })),
    h("figcaption", {}, h("span", { class: "quiet" }, about(one)),
      one.passed ? badge(t("closeout.passed"), {}, "badge-plain") : h("span", { class: "photo-warning" }, t("closeout.failed", { why: pick(one, "why") }))));
}

function sides(photos) {
  if (!photos.length) return null;
  return h("div", { class: "close-out-sides" }, ["BEFORE", "AFTER"].map((side) => h("div", { "data-side": side },
    h("h4", {}, term("PhotoSide", side)), photos.filter((one) => one.side === side).map(photo))));
}

function size(row) {
  return row === null ? "—" : t("closeout.interval", { size: area(row[0]), low: area(row[1]), high: area(row[2]) });
}

/** What the image said, with its numbers; that nothing was detected is never called restored. */
function satellite(one) {
  const tone = { PASSES: "is-good", REFUSES: "is-bad" }[one.effect] || "is-open";
  const lines = [
    one.before && t("closeout.then", { day: one.before_on, size: size(one.before) }),
    one.after && t("closeout.since", { day: one.observed_on, size: size(one.after) }),
    pick(one, "why"),
  ];
  return h("div", { class: `close-out-satellite ${tone}` },
    h("p", {}, h("span", { class: "strong" }, t("closeout.satellite")), one.observed_on && ` ${one.observed_on}`, " ", badge(term("SatelliteResult", one.result), {}, "badge-plain")),
    lines.filter(Boolean).map((text) => h("p", { class: "quiet" }, text)),
    one.result === "NOT_DETECTED" && h("p", { class: "quiet" }, t("closeout.not_restored")));
}

function step(found, one) {
  const who = [nameOf(found, one.by), one.role && term("Role", one.role), moment(one.at)].filter(Boolean).join(" · ");
  return h("li", { class: "event", "data-act": one.act },
    h("p", {}, badge(term("CloseOutAct", one.act), {}, "badge-plain"), one.comment),
    h("p", { class: "quiet" }, who));
}

/** Draws a close-out. */
export function closeOutView(found, one) {
  const waiver = one.waiver && h("p", { class: "hint" }, t("closeout.waived", {
    by: nameOf(found, one.waiver.by), reason: one.waiver.reason, day: one.waiver.visited_on || "—",
  }));
  return h("div", { class: "close-out-one", "data-state": one.state },
    h("p", {}, badge(term("CloseOutState", one.state), {}, "badge-plain"),
      h("span", { class: "quiet" }, t("closeout.works", { began: one.works_began_on || "—", ended: one.works_ended_on || "—" })),
      one.acceptance_no && h("span", { class: "quiet" }, ` · ${one.acceptance_no}`)),
    h("ul", { class: "plain close-out-heads" }, one.heads.map(head)),
    sides(one.photos), satellite(one.satellite), waiver,
    h("ul", { class: "plain close-out-steps" }, one.steps.map((row) => step(found, row))));
}
