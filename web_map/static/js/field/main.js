/** The phone's page: starts from what the phone keeps, asks the server when there is a net. */

import { byId } from "../dom.js";
import { language } from "../text.js";
import { startAreas } from "./area/load.js";
import { areaScreen } from "./area/screen.js";
import { on } from "./bus.js";
import { startRules } from "./check/rules.js";
import { checkScreen } from "./check/screen.js";
import { listScreen } from "./list/screen.js";
import { startListSync } from "./list/sync.js";
import { mapScreen } from "./map/screen.js";
import { learnKept, me, refreshMe } from "./me.js";
import { meScreen } from "./me/screen.js";
import { isOnline, watchNet } from "./net.js";
import { placeScreen } from "./place/screen.js";
import { outboxScreen, startOutboxTab } from "./outbox/screen.js";
import { startSender } from "./outbox/sender.js";
import { startRouter } from "./router.js";
import { startStrip } from "./strip.js";
import { lookForNew, rememberLanguage, startWorker } from "./update.js";

const SCREENS = {
  list: listScreen,
  map: mapScreen,
  place: placeScreen,
  check: checkScreen,
  area: areaScreen,
  me: meScreen,
  outbox: outboxScreen,
};

/** The tab that a screen without one belongs to. */
const TAB_OF = { place: "list", check: "list", area: "me" };

/** A screen that only somebody known here sees; others sign in first, under the tab "me". */
const known = (screen) => async (subject) => {
  if (await me()) return screen(subject);
  history.replaceState(null, "", "#/me");
  return meScreen();
};

/** Where the bar's way back leads: from a check to its place, else to the tab; none on a tab's own screen. */
function wayBack(name) {
  if (!TAB_OF[name]) return null;
  return name === "check" ? location.hash.replace("#/check/", "#/place/") : `#/${TAB_OF[name]}`;
}

function mark(asked, title) {
  const name = location.hash === "#/me" ? "me" : asked;
  const back = wayBack(name);
  byId("screen-back").hidden = !back;
  byId("screen-back").href = `/field${back || ""}`;
  byId("screen-title").textContent = title;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.screen === (TAB_OF[name] || name)) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

async function ask() {
  try {
    await refreshMe();
  } catch {
    // no net or no session: the strip says so, and the phone's own copy stays in use
  }
}

await learnKept();
const isNew = !(await me());
if (isNew) await ask();
if (!(await me())) history.replaceState(null, "", "#/me");
await startStrip();
await startOutboxTab();
await startRouter(Object.fromEntries(Object.entries(SCREENS).map(([name, screen]) => [name, known(screen)])), mark);
document.documentElement.dataset.ready = "true";

on("net", () => isOnline() && void lookForNew());
void watchNet().then(() => (isNew || !isOnline() ? null : ask()));
startAreas();
void rememberLanguage(language).then(startWorker);
void startSender();
startListSync();
startRules();
