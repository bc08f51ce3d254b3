/** Who works with this phone and for which district: kept on the phone, confirmed by the server. */

import { get, send } from "../api.js";
import { learn } from "../text.js";
import { tell } from "./bus.js";
import { all, keep, recall, transact } from "./db.js";
import { sessionIs } from "./net.js";

/** Who is at work here as { username, display_name, role }, or undefined; known without a net. */
export const me = () => recall("me");

/** The district of the work as { code, name_zh, name_en, bounds, scenes }, or undefined. */
export const district = () => recall("district");

/** Every district that this account may open, as the server last said. */
export const districts = async () => (await recall("districts")) || [];

/** Chooses the district of the work. */
export async function chooseDistrict(code) {
  const chosen = (await districts()).find((one) => one.code === code);
  if (!chosen) return;
  await keep("district", chosen);
  tell("me");
}

/**
 * Takes the account in; where another one worked here before, its list and answers leave the
 * screen. Drafts, outbox and the places they belong to stay: they keep their owner.
 */
async function become(user) {
  const before = await me();
  if (before && before.username !== user.username) {
    const held = new Set([...(await all("drafts")).map((one) => one.key),
      ...(await all("outbox")).map((one) => one.place_key)]);
    await transact(["meta", "places", "answers"], "readwrite", ({ meta, places, answers }) => {
      meta.put({ name: "me", value: user });
      for (const name of ["list_etag", "list_as_of", "answers_as_of"]) meta.delete(name);
      answers.clear();
      const asked = places.getAllKeys();
      asked.onsuccess = () => asked.result.filter((key) => !held.has(key)).forEach((key) => places.delete(key));
    });
  } else {
    await keep("me", user);
  }
  tell("me");
}

/** Learns the register's words from the phone, for screens drawn without a net. */
export async function learnKept() {
  const kept = await recall("vocabulary");
  if (kept) learn(kept);
}

async function refreshGround() {
  const [vocabulary, known] = await Promise.all([get("/api/vocabulary"), get("/api/districts")]);
  learn(vocabulary);
  await keep("vocabulary", vocabulary);
  await keep("districts", known.districts);
  const now = await district();
  const chosen = known.districts.find((one) => one.code === now?.code) || known.districts[0];
  if (chosen) await keep("district", chosen);
  tell("me");
}

/** Asks the server who is signed in, and for the words and districts; throws ApiError. */
export async function refreshMe() {
  try {
    const { user } = await get("/api/session");
    sessionIs(true);
    await become(user);
  } catch (problem) {
    if (problem.status === 401) sessionIs(false);
    throw problem;
  }
  await refreshGround();
}

/** What this phone is called in the list of sessions. */
export function phoneName() {
  const system = /\(([^;)]+;[^;)]+)/.exec(navigator.userAgent)?.[1] || navigator.platform || "";
  return system.slice(0, 60);
}

/** Signs in on the phone; throws ApiError with the sentence to show. */
export async function signIn(username, password) {
  const answer = await send("POST", "/api/session", { username, password, device: phoneName() });
  const { user } = await answer.json();
  sessionIs(true);
  await become(user);
  await refreshGround();
}

/** Ends the session at the server; what waits on the phone stays there. */
export async function signOut() {
  await send("DELETE", "/api/session");
  sessionIs(false);
  tell("me");
}
