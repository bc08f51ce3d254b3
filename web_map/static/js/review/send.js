/** Sends verdicts one after another; what the net lost is sent again under the same id. */

import { get, put } from "../api.js";
import { newId } from "../new_id.js";
import { showDone, showError, showWarning } from "../notice.js";
import { tell } from "../store.js";
import { t } from "../text.js";
import { arrange, look, now, renew, step } from "./model.js";

const AGAIN_MS = 3000;
const STATE = { VISIT: "TO_VISIT", LOOK_ALIKE: "RULED_OUT", IGNORE: "IGNORED" };
let chain = Promise.resolve();

const wait = () => new Promise((resolve) => {
  const timer = setTimeout(done, AGAIN_MS);
  function done() {
    clearTimeout(timer);
    removeEventListener("online", done);
    resolve();
  }
  addEventListener("online", done);
});

async function deliver(path, body) {
  for (;;) {
    try {
      return await put(path, body);
    } catch (problem) {
      if (problem.status !== 0) throw problem;
      showError(problem, "unsent");
      await wait();
    }
  }
}

function queue(work) {
  now.unsent += 1;
  tell("review-unsent");
  chain = chain.then(work).catch(showError).finally(() => {
    now.unsent -= 1;
    tell("review-unsent");
  });
  return chain;
}

function hear({ verdict, find }, before) {
  if (find) renew(find);
  else renew({ ...before });
  if (verdict.standing === "PARALLEL") showWarning(t("review.parallel"), "parallel");
  if (verdict.standing === "PROPOSAL") showWarning(t("review.proposal"), "parallel");
  tell("review-order");
}

/** Says something of the find that is looked at, and goes on to the next. */
export function judge(says, lookAlike = null) {
  const find = now.byId.get(now.currentId);
  if (!find || !now.user.rights.includes("EDIT")) return;
  const id = newId();
  const before = { ...find };
  now.sent.push({ id, find: find.id });
  const at = now.order.indexOf(find);
  Object.assign(find, { state: STATE[says], own_state: STATE[says], look_alike: lookAlike });
  const next = now.order[at + 1];
  arrange();
  if (next) look(next.id);
  else step(0);
  renew(find);
  queue(async () => {
    try {
      const body = { candidate_id: find.id, run_id: now.run.id, says, look_alike: lookAlike, seen_version: find.version };
      hear(await deliver(`/api/office-verdicts/${id}`, body), before);
    } catch (problem) {
      now.sent = now.sent.filter((one) => one.id !== id);
      renew({ ...before, version: find.version });
      tell("review-order");
      throw problem;
    }
  });
}

/** What was said of the find that is looked at and still holds, whoever said it and whenever. */
async function standing() {
  const find = now.byId.get(now.currentId);
  if (!find) return null;
  const { verdicts } = await get(`/api/runs/${now.run.id}/finds/${find.id}`);
  const one = verdicts.find((said) => !said.undone_at && said.made_version === find.version);
  return one ? { id: one.id, find: find.id } : null;
}

/** Takes back what was said last on this page, or else of the find that is looked at. */
export function undo() {
  if (!now.user.rights.includes("EDIT")) return;
  const mine = now.sent.pop();
  queue(async () => {
    const last = mine || await standing();
    if (!last) {
      showDone(t("review.nothing_to_undo"));
      return;
    }
    const answer = await deliver(`/api/office-verdicts/${last.id}/undo`);
    hear(answer, now.byId.get(last.find));
    arrange();
    tell("review-order");
    look(last.find);
    showDone(t("review.undone"));
  });
}

/** Warns before the page is left while something is not stored yet. */
export function guardLeaving() {
  addEventListener("beforeunload", (event) => {
    if (now.unsent) event.preventDefault();
  });
}
