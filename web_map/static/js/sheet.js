/** The tabs of the side column; on a phone the column is a sheet that rises from below. */

import { byId, fill, h } from "./dom.js";
import { t } from "./text.js";

const TABS = ["candidates", "sites", "board", "legend"];
let shown = "candidates";

/** How much of a phone's screen the sheet takes: "low", "half" or "high". */
export function setSheet(height) {
  byId("side").dataset.height = height;
}

/** Shows one tab. */
export function showTab(name, isUser = true) {
  shown = name;
  byId("side").dataset.tab = name;
  for (const tab of byId("tabs").children) {
    const isIt = tab.dataset.tab === name;
    tab.setAttribute("aria-selected", String(isIt));
    tab.tabIndex = isIt ? 0 : -1;
  }
  for (const page of byId("pages").children) page.hidden = page.id !== `page-${name}`;
  if (isUser && byId("side").dataset.height === "low") setSheet("half");
}

function step(event) {
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!move) return;
  const visible = [...byId("tabs").children].filter((tab) => tab.offsetParent);
  const at = visible.findIndex((tab) => tab.dataset.tab === shown);
  const next = visible[(at + move + visible.length) % visible.length];
  showTab(next.dataset.tab);
  next.focus();
}

function drag() {
  const grip = byId("grip");
  const order = ["low", "half", "high"];
  let start = null;
  grip.addEventListener("pointerdown", (event) => {
    start = event.clientY;
    grip.setPointerCapture(event.pointerId);
  });
  grip.addEventListener("pointerup", (event) => {
    const moved = start === null ? 0 : event.clientY - start;
    start = null;
    const at = order.indexOf(byId("side").dataset.height);
    if (Math.abs(moved) < 12) setSheet(order[(at + 1) % order.length]);
    else setSheet(order[Math.max(0, Math.min(2, at + (moved < 0 ? 1 : -1)))]);
  });
  grip.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    const at = order.indexOf(byId("side").dataset.height);
    setSheet(order[(at + 1) % order.length]);
  });
}

/** Draws the tabs. */
export function startSheet() {
  const names = {
    candidates: t("tab.candidates"), sites: t("tab.sites"), board: t("tab.board"), legend: t("tab.legend"),
  };
  fill(byId("tabs"), TABS.map((name) => h("button", {
    type: "button", role: "tab", class: "tab", id: `tab-${name}`, "data-tab": name,
    "aria-controls": name === "legend" ? "legend" : `page-${name}`, onclick: () => showTab(name), onkeydown: step,
  }, names[name])));
  setSheet("half");
  drag();
  showTab(shown, false);
}
