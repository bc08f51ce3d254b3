/** Sends what waits: one item at a time across all tabs, again and again until each has its receipt. */

import { on } from "../bus.js";
import { all, count, get } from "../db.js";
import { me } from "../me.js";
import { checkNet, isOnline, sessionIs } from "../net.js";
import { askAnswers } from "./answers.js";
import { WAITING, change, changed, sweep } from "./queue.js";
import { sendItem } from "./sending.js";
import { Hindered, request } from "./wire.js";

const LOCK = "qingfei-outbox-sender";
const LOOK_MS = 15000;
const FIRST_MS = 2000;
const LONGEST_MS = 300000;
const ANSWERS_MS = 300000;

/** What the office says of an item that passes by itself, so that it is sent again. */
const PASSING = new Set([
  "body_unreadable", "length_missing", "piece_damaged", "piece_unfit", "photo_differs", "photo_not_yours", "not_in_register",
  "too_much_unfinished", "disk_full",
]);

const now = { running: null, asked: null, isSending: false, problem: null, answersAt: 0 };

/** How the sending goes: { isSending, problem } with the problem of the whole, not of an item. */
export const sending = () => ({ isSending: now.isSending, problem: now.problem });

function wait(tries) {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries, 10)) * (0.5 + Math.random() / 2);
}

/** Due items of a person: checks before photographs, the oldest first. */
async function due(owner, isForced) {
  const time = Date.now();
  const isDue = ({ next_try_at: at }) => isForced || !at || at <= time || at > time + LONGEST_MS;
  const rows = (await all("outbox")).filter((row) => row.owner === owner
    && (row.state === "KEPT" || row.state === "SENDING" || (isForced && row.state === "REFUSED")) && isDue(row));
  return rows.sort((a, b) => (a.kind > b.kind) - (a.kind < b.kind) || (a.created_at > b.created_at) - (a.created_at < b.created_at)
    || (a.id > b.id) - (a.id < b.id));
}

const isForGood = (problem) => problem.isAnswer && problem.status < 500 && problem.status !== 401
  && problem.status !== 429 && !PASSING.has(problem.code);

async function hindered(row, problem) {
  const said = { code: problem.code, zh: problem.zh, en: problem.en, status: problem.status };
  const wasSending = problem.status === 401 ? { tries: 0, next_try_at: null }
    : { tries: row.tries + 1, next_try_at: Math.round(Date.now() + wait(row.tries)) };
  await change(row.id, () => (isForGood(problem)
    ? { state: "REFUSED", problem: said, next_try_at: null }
    : { state: "KEPT", problem: problem.status === 401 ? null : said, ...wasSending }));
}

/** Who the server takes this phone for; throws Hindered. */
async function signedIn() {
  const { user } = await request("GET", "/api/session");
  if (!user?.username) throw new Hindered("strange");
  return user.username;
}

async function one(row) {
  try {
    await sendItem(row);
    return true;
  } catch (problem) {
    if (!(problem instanceof Hindered)) throw problem;
    await hindered(row, problem);
    if (problem.status === 401) {
      sessionIs(false);
      return false;
    }
    if (problem.isAnswer) return true;
    await checkNet();
    return isOnline();
  }
}

async function rounds(owner, isForced) {
  const tried = new Set();
  for (;;) {
    const rows = (await due(owner, isForced)).filter(({ id }) => !tried.has(id));
    if (!rows.length) return;
    for (const { id } of rows) {
      tried.add(id);
      const row = await get("outbox", id);
      if (row && WAITING.has(row.state) && !(await one(row))) return;
    }
  }
}

async function release() {
  for (const row of await all("outbox")) {
    if (row.state === "SENDING") await change(row.id, () => ({ state: "KEPT" }));
  }
}

async function work(isForced) {
  const known = await me();
  const held = await count("outbox");
  if (!known || !held || !navigator.onLine) return;
  const isAnswerTime = isForced || Date.now() - now.answersAt > ANSWERS_MS;
  const isDue = (await due(known.username, isForced)).length > 0;
  if (!isDue && !isAnswerTime) return;
  now.problem = null;
  now.isSending = isDue;
  changed();
  try {
    if ((await signedIn()) !== known.username) return;
    sessionIs(true);
    if (isDue) await rounds(known.username, isForced);
    now.answersAt = Date.now();
    await askAnswers();
  } catch (problem) {
    if (!(problem instanceof Hindered)) console.error(problem);
    if (problem.status === 401) sessionIs(false);
    else now.problem = { code: problem.code || "phone", zh: problem.zh, en: problem.en };
  } finally {
    now.isSending = false;
    await release();
    changed();
  }
}

async function run(isForced) {
  let how = isForced;
  do {
    now.asked = null;
    if (!navigator.locks) await work(how);
    else await navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work(how) : null));
    how = now.asked?.isForced;
  } while (now.asked);
}

/**
 * Sends what is due; with `isForced` everything, also what was refused or has to wait. Asked while
 * it runs, it goes round once more; resolves when it rests.
 */
export function sendNow(isForced = true) {
  if (now.running) now.asked = { isForced: isForced || Boolean(now.asked?.isForced) };
  else now.running = run(isForced).finally(() => { now.running = null; });
  return now.running;
}

/** Puts one refused item back in line and sends it. */
export async function sendAgain(id) {
  await change(id, (row) => ({ state: "KEPT", tries: 0, next_try_at: null, problem: row.problem }));
  await sendNow(false);
}

/** Starts the sender: at once, on every sign of a net, and by the clock. */
export async function startSender() {
  await sweep();
  const go = () => void sendNow(false);
  on("net", () => isOnline() && !now.running && go());
  on("outbox", (detail) => detail?.isNew && go());
  addEventListener("online", go);
  document.addEventListener("visibilitychange", () => document.hidden || go());
  setInterval(go, LOOK_MS);
  go();
}

