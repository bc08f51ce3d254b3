/** A field check under way, kept on this device until the server's receipt is here. */

import { newId } from "./new_id.js";

const key = (candidateId) => `qingfei.draft.${candidateId}`;

function stored(candidateId) {
  try {
    return JSON.parse(localStorage.getItem(key(candidateId)));
  } catch {
    return null;
  }
}

/** Says whether a check of this candidate was begun. */
export function hasDraft(candidateId) {
  return Boolean(stored(candidateId)?.verdict);
}

/** The draft of a candidate: the one begun earlier, or a new one with its own id. */
export function draftOf(candidate) {
  const empty = {
    id: newId(), candidate_id: candidate.id, seen_version: candidate.version, verdict: null,
    kind: null, waste_class: null, look_alike: null, note: "", checked_at: null, sent: false,
  };
  return { ...empty, ...stored(candidate.id) };
}

/**
 * Takes in a change. Once a draft was sent it may have arrived although no answer came, so other
 * content gets an id of its own; the same content sent again keeps its id and is harmless.
 */
export function changed(draft, values) {
  const isSame = Object.entries(values).every(([name, value]) => draft[name] === value);
  if (isSame) return draft;
  const next = { ...draft, ...values };
  return draft.sent ? { ...next, id: newId(), checked_at: null, sent: false } : next;
}

/** Keeps the draft; returns false where the device's storage is full or switched off. */
export function keep(draft) {
  try {
    localStorage.setItem(key(draft.candidate_id), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/** Forgets the draft. */
export function forget(candidateId) {
  try {
    localStorage.removeItem(key(candidateId));
  } catch {
    return;
  }
}

/** The check's own text: only what fits the verdict. The server hashes this very text. */
export function textOf(draft) {
  const isConfirmed = draft.verdict === "WASTE" || draft.verdict === "PIT";
  return JSON.stringify({
    candidate_id: draft.candidate_id, site_code: null, seen_version: draft.seen_version, verdict: draft.verdict,
    answers: {
      kind: isConfirmed ? draft.kind : null,
      waste_class: isConfirmed ? draft.waste_class : null,
      look_alike: draft.verdict === "LOOK_ALIKE" ? draft.look_alike : null,
      note: draft.note.trim(),
    },
    checked_at: draft.checked_at,
  });
}
