/** A check under way: begun, kept at every keystroke, taken up again, given up. */

import { newId } from "../../new_id.js";
import { tell } from "../bus.js";
import { all, get, isFull, remove, transact } from "../db.js";

/** Answers nobody gave yet. */
export const NO_ANSWERS = {
  kind: null, waste_class: null, look_alike: null, unreachable_why: null, has_dust_control: null, has_runoff_control: null,
  has_seepage_control: null, responsible_party: "", height_m: null, height_basis: null, heap_shape: null, has_odour: null,
  has_dust: null, has_leachate: null, is_dumping_active: null, dwelling_distance_m: null, area_m2: null, volume_m3: null,
  mass_t: null, mass_formula: "", note: "",
};

/** A new draft of a place; `again` is what the office sent back, as { id, body, comment }. */
export function newDraft(place, owner, again = null) {
  const before = again?.body;
  return {
    key: place.key, id: newId(), owner, seen_version: place.version,
    opened_at: new Date().toISOString(), verdict: before?.verdict || null,
    answers: { ...NO_ANSWERS, ...before?.answers }, typed: {}, cannot_tell: [], is_mass_stated: false,
    outline: before?.outline || null, outline_by: before?.outline_by || null, area_m2: before?.outline ? before.answers.area_m2 : null,
    walk: null, fixes: [], overrides: [], photos: [], again_of: again?.id || null, comment: again?.comment || "",
    updated_at: null,
  };
}

/** What the office sent back of a place by this person, newest first, or null. */
export async function sentBack(key, owner) {
  const rows = (await all("outbox")).filter((row) => row.kind === "check" && row.place_key === key && row.owner === owner);
  const [last] = rows.sort((a, b) => b.created_at.localeCompare(a.created_at));
  const answer = last && (await get("answers", last.id));
  if (last?.state !== "SENT_BACK" && answer?.review !== "HAS_ISSUES") return null;
  return { id: last.id, body: JSON.parse(last.body), comment: answer?.comment || last.comment || "" };
}

/** The draft of a place, as it was left. */
export const keptDraft = (key) => get("drafts", key);

/**
 * Keeps a draft's every change in the order they came: one write is under way, the newest waits.
 * `onProblem("full" | "refused" | null)` is told how the last write went.
 */
export function keeper(onProblem) {
  let waiting = null;
  let writing = null;
  async function write() {
    while (waiting) {
      const { draft, blobs } = waiting;
      waiting = null;
      try {
        await transact(["drafts", "blobs"], "readwrite", (stores) => {
          stores.drafts.put(draft);
          for (const row of blobs) stores.blobs.put(row);
        });
        onProblem(null);
      } catch (problem) {
        onProblem(isFull(problem) ? "full" : "refused");
      }
    }
    writing = null;
  }
  return {
    /** Takes in the draft as it now is. */
    keep(draft) {
      waiting = { draft: { ...structuredClone(draft), updated_at: new Date().toISOString() }, blobs: waiting?.blobs || [] };
      writing ??= write();
      return writing;
    },
    /** Resolves when all is written. */
    settled: () => writing || Promise.resolve(),
  };
}

/** Keeps a draft together with a photo's bytes, all or nothing; throws where there is no room. */
export const keepWithPhoto = (draft, id, blob) => transact(["drafts", "blobs"], "readwrite", ({ drafts, blobs }) => {
  drafts.put(structuredClone(draft));
  blobs.put({ id, blob });
});

/** Gives a check up: the draft and its photos leave the phone. */
export async function giveUp(draft) {
  await transact(["drafts", "blobs"], "readwrite", ({ drafts, blobs }) => {
    drafts.delete(draft.key);
    for (const photo of draft.photos) blobs.delete(photo.id);
  });
  tell("list");
}

/** Lets go of the bytes of photos that were taken out of a check. */
export const forgetPhotos = (photos) => (photos.length ? remove("blobs", ...photos.map((photo) => photo.id)) : null);
