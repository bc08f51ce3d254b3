/** A check and its photographs in the outbox, each with its own state, number, hash and receipt. */

import { facts, h } from "../../dom.js";
import { language, moment, t, term } from "../../text.js";
import { sendAgain } from "./sender.js";
import { nextWords, problemWords, share, size, stateWords } from "./words.js";

const verdictOf = (row) => {
  try {
    return term("Verdict", JSON.parse(row.body).verdict);
  } catch {
    return "";
  }
};

/** The state with its bar, which `tick` moves without drawing the rest again. */
function stateOf(row) {
  const isMoving = row.state === "SENDING" || (row.state === "KEPT" && row.sent_bytes > 0);
  return h("div", { class: `out-state out-${row.state.toLowerCase()}` },
    h("span", { class: "out-sign", "aria-hidden": "true" }),
    h("span", { class: "out-words", "data-words": row.id }, stateWords(row)),
    isMoving && h("progress", { max: 100, value: share(row), "data-bar": row.id, "aria-label": t("outbox.progress") }));
}

/** Shows how far an item is that is being sent. */
export function tick(body, row, sent_bytes) {
  const words = body.querySelector(`[data-words="${row.id}"]`);
  const bar = body.querySelector(`[data-bar="${row.id}"]`);
  if (words) words.textContent = stateWords(row, sent_bytes);
  if (bar) bar.value = share(row, sent_bytes);
}

function warnings(row) {
  const found = row.judgement?.warnings || [];
  return found.length > 0 && h("ul", { class: "out-warnings" },
    found.map((one) => h("li", {}, language === "en" ? one.en : one.zh)));
}

function trouble(row) {
  const problem = problemWords(row.problem);
  const next = nextWords(row);
  const again = () => void sendAgain(row.id);
  return [
    problem && h("p", { class: "out-problem" }, problem),
    next && h("p", { class: "quiet" }, next),
    row.state === "REFUSED" && h("p", { class: "quiet" }, t("outbox.refused_what")),
    row.state === "REFUSED" && h("button", { type: "button", class: "button wide", "data-again": row.id, onclick: again }, t("outbox.again")),
  ];
}

const proofOf = (row) => facts([
  [t("outbox.id"), row.id.slice(0, 8)],
  [t("outbox.hash"), row.sha256.slice(0, 8)],
  [t("outbox.size"), size(row.size_bytes)],
  [t("outbox.received_at"), row.receipt ? moment(row.receipt.received_at) : ""],
]);

function photo(row, number) {
  return h("li", { class: "out-photo", "data-id": row.id },
    h("p", { class: "strong" }, t("outbox.photo", { n: number })), stateOf(row), trouble(row), warnings(row), proofOf(row));
}

function photosOf(photos, open) {
  if (!photos.length) return null;
  const done = photos.filter((row) => row.receipt).length;
  const toggled = (event) => (event.target.open ? open.add(photos[0].check_id) : open.delete(photos[0].check_id));
  return h("details", { open: open.has(photos[0].check_id), ontoggle: toggled },
    h("summary", {}, t("outbox.photos", { done, n: photos.length })),
    h("ol", { class: "plain out-photos" }, photos.map((row, index) => photo(row, index + 1))));
}

function comment(row) {
  const isBack = row.state === "SENT_BACK";
  const problems = isBack ? row.problems || [] : [];
  if (!isBack && !row.comment) return null;
  return h("div", { class: `out-comment ${isBack ? "out-comment-back" : ""}` }, h("p", { class: "strong" }, t("outbox.comment")),
    row.comment && h("p", {}, row.comment),
    problems.length > 0 && h("ul", {}, problems.map((one) => h("li", {}, language === "en" ? one.en : one.zh))),
    !row.comment && !problems.length && h("p", {}, t("outbox.no_comment")),
    isBack && h("a", { class: "button primary wide", href: `#/check/${encodeURIComponent(row.place_key)}` }, t("outbox.check_again")));
}

/** The card of one check { check, photos }; `open` holds the checks whose photographs are shown. */
export function card({ check, photos }, open) {
  const first = check || photos[0];
  const troubled = photos.filter((row) => row.problem && row.state !== "RECEIVED");
  return h("article", { class: "card out-card", "data-check": first.check_id },
    h("h3", {}, first.place_name || first.place_key),
    check && h("p", { class: "quiet" }, t("outbox.recorded", { verdict: verdictOf(check), time: moment(check.created_at) })),
    check && [stateOf(check), trouble(check), comment(check)],
    troubled.length > 0 && !open.has(first.check_id) && h("p", { class: "out-problem" }, problemWords(troubled[0].problem)),
    photosOf(photos, open),
    check && h("details", { class: "out-proof" }, h("summary", {}, t("outbox.proof")), proofOf(check)));
}
