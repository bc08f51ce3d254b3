/** Which screen the address's hash asks for: "#/place/candidate:1d49…" opens screen `place`. */

import { sentenceOf } from "../api.js";
import { byId, fill, state } from "../dom.js";
import { t } from "../text.js";

let leave = null;
let turn = 0;

function asked() {
  const [, name, ...rest] = location.hash.split("/");
  return { name: name || "list", subject: decodeURIComponent(rest.join("/")) };
}

async function drawn(screen, subject) {
  try {
    return await screen(subject);
  } catch (problem) {
    return { title: t("field.title"), body: state("error", sentenceOf(problem)) };
  }
}

function left() {
  try {
    leave?.();
  } catch (problem) {
    console.error(problem);  // the screen that is left must not keep the next one from being shown
  }
}

/** Goes to a screen. */
export function go(name, subject = "") {
  location.hash = `#/${name}${subject ? `/${encodeURIComponent(subject)}` : ""}`;
}

/**
 * Shows the screens by name, each `async (subject) => ({ title, body, leave? })`; `shown(name, title)`
 * is told of each. A screen that took longer than the next tap is not shown any more.
 */
export async function startRouter(screens, shown) {
  async function show() {
    const mine = ++turn;
    const { name, subject } = asked();
    const known = screens[name] ? name : "list";
    const screen = await drawn(screens[known], subject);
    if (mine !== turn) {
      screen.leave?.();
      return;
    }
    left();
    leave = screen.leave || null;
    fill(byId("screen"), screen.body);
    window.scrollTo(0, 0);
    shown(known, screen.title);
  }
  window.addEventListener("hashchange", () => void show());
  await show();
}
