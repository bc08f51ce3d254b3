/** Takes an area along: bundle by bundle, kept as it comes, taken up again where it stopped. */

import { send, sentenceOf } from "../../api.js";
import { t } from "../../text.js";
import { on } from "../bus.js";
import { get, isFull } from "../db.js";
import { isOnline } from "../net.js";
import { BUNDLE, fetchBundle } from "./bundle.js";
import { areas, heldBy, keepArea, keepTiles, present, removeArea } from "./store.js";
import { wantedBy } from "./tiles.js";

const LONGEST_WAIT_MS = 60000;
const running = new Map();

/** How fast an area comes in, as { tiles, since } of this run, or undefined where it does not. */
export const paceOf = (id) => running.get(id)?.pace;

/** Milliseconds until the area is whole at the pace so far, or null. */
export function timeLeft(area) {
  const pace = paceOf(area.id);
  if (!pace?.tiles) return null;
  return ((Date.now() - pace.since) / pace.tiles) * (area.total - area.done);
}

function bundlesOf(wanted) {
  const bundles = [];
  for (const one of wanted) {
    const last = bundles.at(-1);
    if (last && last.scene === one.scene && last.tiles.length < BUNDLE) last.tiles.push(one);
    else bundles.push({ scene: one.scene, tiles: [one] });
  }
  return bundles;
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const off = on("net", () => isOnline() && end());
    const end = () => {
      off();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}

async function fetchGround(area) {
  if (area.ground) return area;
  const answer = await send("POST", "/api/field/area/ground", { district: area.district, boxes: area.boxes });
  return { ...area, ground: await answer.json() };
}

/** Marks the tiles that another area brought, and returns those that have to be fetched. */
async function missing(area, wanted) {
  const mine = await heldBy(area);
  const open = wanted.filter(({ url }) => !mine.has(url));
  const there = await present(open.map(({ url }) => url));
  const shared = open.filter(({ url }) => there.has(url));
  const now = { ...area, done: mine.size + shared.length, total: wanted.length };
  await keepTiles(now, shared.map(({ url }) => ({ url })));
  return { now, left: open.filter(({ url }) => !there.has(url)) };
}

async function takeBundle(area, { scene, tiles }, signal) {
  let left = tiles;
  let now = area;
  for (let wait = 2000; left.length && !signal.aborted;) {
    const { arrived, problem } = await fetchBundle(scene, left.map((one) => one.at), signal);
    const rows = arrived.map((body, place) => ({ url: left[place].url, body: body.byteLength ? body : null }));
    now = { ...now, done: now.done + rows.length, bytes: now.bytes + arrived.reduce((sum, one) => sum + one.byteLength, 0), problem: null };
    if (rows.length) await keepTiles(now, rows);
    const job = running.get(area.id);
    if (job) job.pace.tiles += rows.length;
    left = left.slice(rows.length);
    if (!problem || signal.aborted) continue;
    if (problem.status !== 0 && problem.status < 500) throw problem;
    now = { ...now, problem: t("area.waiting") };
    await keepArea(now);
    await pause(wait, signal);
    wait = rows.length ? 2000 : Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  return now;
}

async function take(id, signal) {
  let area = { ...(await get("areas", id)), state: "LOADING", problem: null };
  await keepArea(area);
  try {
    area = await fetchGround(area);
    const { now, left } = await missing(area, wantedBy(area));
    area = now;
    for (const bundle of bundlesOf(left)) {
      area = await takeBundle(area, bundle, signal);
      if (signal.aborted) return;
    }
    await keepArea({ ...area, state: "READY", problem: null, ready_at: new Date().toISOString() });
  } catch (problem) {
    const kept = (await get("areas", id)) || area;
    const why = isFull(problem) ? t("area.full") : sentenceOf(problem);
    const state = problem.status === 0 ? "LOADING" : "PAUSED";
    await keepArea({ ...kept, state, problem: why }).catch(() => undefined);
  }
}

/** Goes on taking an area along; harmless where that is under way. */
export function goOn(id) {
  if (running.has(id)) return;
  const stop = new AbortController();
  const job = { stop, pace: { tiles: 0, since: Date.now() }, end: null };
  running.set(id, job);
  job.end = take(id, stop.signal).finally(() => running.delete(id));
}

async function stopped(id) {
  const job = running.get(id);
  job?.stop.abort();
  await job?.end;
}

/** Stops for now; what is there stays of use. */
export async function hold(id) {
  await stopped(id);
  const area = await get("areas", id);
  if (area && area.state !== "READY") await keepArea({ ...area, state: "PAUSED", problem: null });
}

/** Removes an area from the phone, also one that is coming in. */
export async function drop(id) {
  await stopped(id);
  await removeArea(id);
}

/** After a start of the page and whenever the net is back: goes on where something was under way. */
export function startAreas() {
  const again = async () => {
    if (!isOnline()) return;
    for (const area of await areas()) if (area.state === "LOADING") goOn(area.id);
  };
  on("net", () => void again());
  void again();
}
