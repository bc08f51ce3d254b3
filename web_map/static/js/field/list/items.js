/** My list as it stands on this phone: each place with its draft, its checks on the way, and the answer. */

import { classOf, place, t, term } from "../../text.js";
import { transact } from "../db.js";
import { WAITING } from "../outbox/queue.js";

const BY_ANSWER = { HAS_ISSUES: "SENT_BACK", APPROVED: "DONE", EDITED: "DONE", RECEIVED: "WAITING", REJECTED: "SENT_BACK" };
const BY_STATE = { RECEIVED: "WAITING", ACCEPTED: "DONE", SENT_BACK: "SENT_BACK" };

/** What a place is called on every screen. */
export function nameOf(place) {
  if (place.type === "site") return place.name || place.code;
  return t("mylist.candidate", { name: classOf(place.class_name).label, id: String(place.id).slice(0, 6) });
}

/** What kind of place it is, and where it stands with the register. */
export const kindOf = (place) => (place.type === "site" ? term("SiteKind", place.kind) : t("mylist.suspected"));

/** A point [lon, lat] in words. */
export const pointWords = (point) => place(point);

const dayOf = (iso) => (iso ? new Date(iso).toDateString() : "");

function statusOf(place, check, answer, hasDraft) {
  if (hasDraft) return "DRAFT";
  if (check && WAITING.has(check.state)) return "KEPT";
  if (answer && BY_ANSWER[answer.review]) return BY_ANSWER[answer.review];
  if (check) return BY_STATE[check.state] || "WAITING";
  return place.work && place.work !== "PASSED_ON" ? place.work : "TO_DO";
}

/** Work that was given after a check asks for another one. */
const isOfThisWork = (place, check) => !place.assigned?.given_at || Date.parse(check.created_at) >= Date.parse(place.assigned.given_at);

function itemOf(place, sent, answers, hasDraft, who) {
  const checks = sent.filter((check) => WAITING.has(check.state) || isOfThisWork(place, check));
  const check = checks.at(-1);
  const answer = check ? answers.get(check.id) : null;
  const last = place.last_check;
  const status = statusOf(place, check, answer, hasDraft);
  const isBack = BY_ANSWER[answer?.review] === "SENT_BACK" || check?.state === "SENT_BACK";
  const isToday = [...checks.map((one) => one.created_at), last?.by === who ? last.at : ""]
    .some((moment) => dayOf(moment) === new Date().toDateString());
  const name = nameOf(place);
  return {
    place, name, isToday, hasDraft, status, comment: isBack ? answer?.comment || check?.comment || "" : "",
    words: [name, place.code, place.town, place.reach, place.id].filter(Boolean).join(" ").toLowerCase(),
  };
}

/** Reads the list: { items, asOf, leftOut, who }. */
export async function readItems() {
  const names = ["places", "drafts", "outbox", "answers", "meta"];
  const read = await transact(names, "readonly", ({ places, drafts, outbox, answers, meta }) => ({
    places: places.getAll(), drafts: drafts.getAllKeys(), outbox: outbox.getAll(), answers: answers.getAll(),
    me: meta.get("me"), asOf: meta.get("list_as_of"), leftOut: meta.get("list_left_out"),
  }));
  const who = read.me.result?.value?.username;
  const drafts = new Set(read.drafts.result);
  const answers = new Map(read.answers.result.map((one) => [one.id, one]));
  const checks = new Map();
  for (const row of read.outbox.result.filter((one) => one.kind === "check")) {
    checks.set(row.place_key, [...(checks.get(row.place_key) || []), row]);
  }
  for (const rows of checks.values()) rows.sort((a, b) => String(a.created_at).localeCompare(String(b.created_at)));
  return {
    items: read.places.result.map((place) => itemOf(place, checks.get(place.key) || [], answers, drafts.has(place.key), who)),
    asOf: read.asOf.result?.value, leftOut: read.leftOut.result?.value || 0, who,
  };
}

/** Reads one place of the list as it stands, or undefined. */
export async function readItem(key) {
  return (await readItems()).items.find((item) => item.place.key === key);
}

/** The words for where a place stands. */
export function statusName(status) {
  const names = {
    TO_DO: t("mylist.to_do"), DRAFT: t("mylist.draft"), KEPT: t("mylist.kept"), WAITING: t("mylist.waiting"),
    SENT_BACK: t("mylist.sent_back"), DONE: t("mylist.done"),
  };
  return names[status] || status;
}
