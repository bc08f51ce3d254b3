/** What the office says of the checks that were sent: accepted, sent back with a comment. */

import { tell } from "../bus.js";
import { keep, recall, transact } from "../db.js";
import { WAITING, changed } from "./queue.js";
import { request } from "./wire.js";

const STATE = { APPROVED: "ACCEPTED", EDITED: "ACCEPTED", HAS_ISSUES: "SENT_BACK", REJECTED: "SENT_BACK" };

/** The state that an item of a check has by the office's review; photographs are never sent back. */
export function stateBy(review, kind) {
  const state = STATE[review] || "RECEIVED";
  return kind === "photo" && state === "SENT_BACK" ? "RECEIVED" : state;
}

function changesOf(row, answer) {
  const state = stateBy(answer.review, row.kind);
  if (row.kind === "check") return { state, comment: answer.comment || null, problems: answer.problems || [] };
  const mine = (answer.photos || []).find(({ id }) => id === row.id);
  return { state, judgement: mine?.judgement ?? row.judgement ?? null };
}

function apply(answers) {
  const byCheck = new Map(answers.map((one) => [one.id, one]));
  return transact(["answers", "outbox"], "readwrite", ({ answers: store, outbox }) => {
    for (const one of answers) store.put(one);
    const asked = outbox.openCursor();
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return;
      const row = cursor.value;
      const answer = byCheck.get(row.check_id);
      if (answer && !WAITING.has(row.state)) {
        cursor.update({ ...row, ...changesOf(row, answer), updated_at: new Date().toISOString() });
      }
      cursor.continue();
    };
  });
}

/** Asks the office for its answers since the last time and keeps them; throws Hindered. */
export async function askAnswers() {
  const since = await recall("answers_as_of");
  const path = `/api/field-checks/mine${since ? `?since=${encodeURIComponent(since)}` : ""}`;
  const { checks, as_of } = await request("GET", path);
  if (checks.length) {
    await apply(checks);
    changed();
    tell("answers");
  }
  await keep("answers_as_of", as_of);
}
