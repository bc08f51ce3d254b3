/** Is there a net, does the server answer, is the session good, is the phone's clock right. */

import { onSignedOut } from "../api.js";
import { tell } from "./bus.js";

const EVERY_MS = 30000;
const PATIENCE_MS = 8000;
const CLOCK_LIMIT_S = 120;
const now = { state: navigator.onLine ? "online" : "offline", offset_s: 0 };
let asking = null;

/** How things stand: { state: "online" | "offline" | "unreachable" | "signed_out", offset_s }. */
export const net = () => ({ ...now });

/** Says whether sending is worth trying. */
export const isOnline = () => now.state === "online";

/** Seconds that the phone's clock is behind the server's, where it is off by more than two minutes. */
export const clockError = () => (Math.abs(now.offset_s) > CLOCK_LIMIT_S ? now.offset_s : 0);

function become(state, offset = now.offset_s) {
  const isNew = state !== now.state || Math.abs(offset - now.offset_s) > 5;
  Object.assign(now, { state, offset_s: offset });
  if (isNew) tell("net", net());
}

async function ask() {
  if (!navigator.onLine) return become("offline");
  const before = Date.now();
  try {
    const response = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS) });
    const said = Date.parse(response.headers.get("Date") || "");
    const offset = Number.isNaN(said) ? now.offset_s : Math.round((said - (before + Date.now()) / 2) / 1000);
    if (!response.ok) return become("unreachable");
    return become(now.state === "signed_out" ? "signed_out" : "online", offset);
  } catch {
    return become(navigator.onLine ? "unreachable" : "offline");
  }
}

/** Asks the server now; resolves to what `net` then says. */
export async function checkNet() {
  asking ??= ask().finally(() => { asking = null; });
  await asking;
  return net();
}

/** Says whether the server knows this phone's session, as an answer of its showed. */
export function sessionIs(isGood) {
  become(isGood ? "online" : "signed_out");
}

/** Starts watching; "net" is told on the bus of every change. */
export function watchNet() {
  onSignedOut(() => sessionIs(false));
  addEventListener("online", () => void checkNet());
  addEventListener("offline", () => become("offline"));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void checkNet();
  });
  setInterval(() => {
    if (!document.hidden) void checkNet();
  }, EVERY_MS);
  return checkNet();
}
