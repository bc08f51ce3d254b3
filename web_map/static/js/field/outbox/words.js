/** What the outbox says: how an item stands, and what hinders it, each in one sentence. */

import { language, moment, number, t } from "../../text.js";

const MEGA = 1000000;

/** A size as people say it. */
export function size(bytes) {
  return bytes < MEGA ? `${number(Math.max(1, bytes / 1000))} KB` : `${number(bytes / MEGA, 1)} MB`;
}

/** How much of an item has been sent, in percent; never 100 before the receipt is here. */
export function share(row, sent_bytes = row.sent_bytes) {
  return row.size_bytes ? Math.min(99, Math.floor((sent_bytes / row.size_bytes) * 100)) : 0;
}

/** The state of an item in words. */
export function stateWords(row, sent_bytes = row.sent_bytes) {
  if (row.state === "SENDING") return t("outbox.sending", { n: share(row, sent_bytes) });
  if (row.state === "KEPT" && sent_bytes > 0) return t("outbox.kept_part", { n: share(row, sent_bytes) });
  return {
    KEPT: t("outbox.kept"), RECEIVED: row.kind === "photo" ? t("outbox.photo_received") : t("outbox.received"), ACCEPTED: t("outbox.accepted"), SENT_BACK: t("outbox.sent_back"),
    REFUSED: t("outbox.refused"),
  }[row.state];
}

/** What hinders an item or the whole, in one sentence; empty where nothing does. */
export function problemWords(problem) {
  if (!problem) return "";
  const said = language === "en" ? problem.en : problem.zh;
  if (said) return said;
  return {
    unreachable: t("outbox.unreachable"), stalled: t("outbox.stalled"), receipt: t("outbox.receipt_differs"),
    strange: t("outbox.strange"), lost: t("outbox.lost"), damaged: t("outbox.damaged"),
  }[problem.code] || t("outbox.failed");
}

/** When an item is sent again by itself; empty where it is due. */
export function nextWords(row) {
  if (row.state !== "KEPT" || !row.next_try_at || row.next_try_at <= Date.now()) return "";
  return t("outbox.next", { time: moment(new Date(row.next_try_at).toISOString()) });
}

const checksIn = (n) => (n === 1 ? t("outbox.check_one") : t("outbox.check_many", { n: number(n) }));
const photosIn = (n) => (n === 1 ? t("outbox.photo_one") : t("outbox.photo_many", { n: number(n) }));

/** The one sentence on top of the outbox. */
export function wholeWords({ checks, photos }) {
  if (checks && photos) return t("outbox.both_wait", { checks: checksIn(checks), photos: photosIn(photos) });
  if (checks || photos) return t("outbox.some_wait", { what: checks ? checksIn(checks) : photosIn(photos) });
  return t("outbox.all_sent");
}

/** What to do where something could not be kept on the phone; `isFull` says why. */
export function storeWords(isFull) {
  return isFull ? t("outbox.full") : t("outbox.not_kept");
}
