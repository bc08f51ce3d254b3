/** Keeping the check: its body as the office reads it, into the outbox in one stroke. */

import { tell } from "../bus.js";
import { nameOf } from "../list/items.js";
import { enqueueCheck } from "../outbox/queue.js";
import { rememberClass } from "./classes.js";
import { forgetPhotos } from "./draft.js";
import { hasOutline } from "./facts.js";
import { fittingAnswers, issuesOf } from "./session.js";

/** The body of a check as it is sent; what was answered under another verdict is left out. */
export function bodyOf(session, now = new Date()) {
  const { draft, place } = session;
  const soft = new Set(issuesOf(session).map((one) => one.rule));
  const fits = hasOutline(draft);
  return {
    candidate_id: place.type === "candidate" ? place.id : null, site_code: place.type === "site" ? place.code : null,
    seen_version: draft.seen_version, verdict: draft.verdict, answers: fittingAnswers(session.rules, draft),
    outline: fits ? draft.outline : null, outline_by: fits ? draft.outline_by : null, fixes: draft.fixes,
    overrides: draft.overrides.filter((one) => soft.has(one.rule)), opened_at: draft.opened_at, checked_at: now.toISOString(),
    photos: draft.photos.filter((one) => !one.is_removed).map(({ id, sha256, size_bytes }) => ({ id, sha256, size_bytes })),
    again_of: draft.again_of, recorded_by: draft.owner,
  };
}

/** Puts the check and its photos into the outbox and ends the draft; throws where the phone is full. */
export async function keepCheck(session) {
  const { draft, place } = session;
  await session.settled();
  await enqueueCheck({ id: draft.id, place_key: place.key, place_name: nameOf(place), body: bodyOf(session) },
    draft.photos.filter((one) => !one.is_removed));
  await forgetPhotos(draft.photos.filter((one) => one.is_removed));
  await rememberClass(draft.answers.waste_class);
  tell("list");
}
