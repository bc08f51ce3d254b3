/** The phone's page: starts from what the phone keeps, asks the server when there is a net. */

import { byId } from "../dom.js";
import { t } from "../text.js";
import { on } from "./bus.js";
import { count } from "./db.js";
import { startRouter } from "./router.js";

async function nothing() {
  return { title: t("field.list"), body: String(await count("places")) };
}

function mark(name, title) {
  byId("screen-title").textContent = title;
  for (const tab of document.querySelectorAll("#tabs a")) {
    if (tab.dataset.screen === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

on("net", () => undefined);
await startRouter({ list: nothing }, mark);
document.documentElement.dataset.ready = "true";
