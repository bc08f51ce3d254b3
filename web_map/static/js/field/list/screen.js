/** My list: nearest first, live distance and direction, what is to do, what came back. */

import { sentenceOf } from "../../api.js";
import { fill, h, state } from "../../dom.js";
import { moment, t } from "../../text.js";
import { on } from "../bus.js";
import { keep, recall } from "../db.js";
import { distance_m, watchPosition } from "../position.js";
import { allowCompass, needsTap, watchCompass } from "./compass.js";
import { filters } from "./filters.js";
import { readItems } from "./items.js";
import { chosen, sorted } from "./order.js";
import { makeRow } from "./row.js";
import { syncList } from "./sync.js";
import { rowWindow } from "./window.js";

const ROW = 96;
const MOVED_M = 50;
const CALM_MS = 4000;
const wish = { show: "todo", type: "", town: "", text: "" };
let top = 0;

function problemWords(problem) {
  const words = {
    denied: t("mylist.position_denied"), unavailable: t("mylist.position_unavailable"),
    timeout: t("mylist.position_unavailable"), unsupported: t("mylist.position_unsupported"),
  };
  return words[problem] || "";
}

/** The screen `list`. */
export async function listScreen() {
  let read = await readItems();
  let at = (await recall("last_fix")) || null;
  let sortedAt = at;
  let touched = -Infinity;
  const rows = rowWindow(ROW, makeRow, () => at);
  const head = h("div", {});
  const note = h("p", { class: "list-note", role: "status" });
  const resort = h("button", { type: "button", class: "button list-resort", hidden: true, onclick: () => arrange() }, t("mylist.sort_again"));
  const empty = h("div", {});
  const compass = h("button", { type: "button", class: "button wide list-compass", hidden: true, onclick: () => { compass.hidden = true; void allowCompass(); } }, t("mylist.allow_compass"));
  const body = h("div", { class: "mylist" }, head, note, rows.element, empty, resort);

  function arrange() {
    sortedAt = at;
    resort.hidden = true;
    const found = sorted(chosen(read.items, wish), at);
    rows.set(found);
    fill(empty, found.length ? null : state("empty", read.items.length ? t("mylist.none_chosen") : t("mylist.none")));
    body.dataset.shown = found.length;
  }

  async function refresh(event) {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await syncList();
      note.textContent = "";
    } catch (problem) {
      note.textContent = sentenceOf(problem);
    } finally {
      button.disabled = false;
    }
  }

  function drawHead() {
    const age = read.asOf ? t("mylist.as_of", { at: moment(read.asOf) }) : t("mylist.never");
    fill(head, filters(read.items, wish, arrange),
      h("div", { class: "list-age" }, h("span", { class: "quiet" }, age),
        h("button", { type: "button", class: "button", id: "list-refresh", onclick: refresh }, t("mylist.refresh"))),
      read.leftOut > 0 && h("p", { class: "word-warn list-word" }, t("mylist.left_out", { n: read.leftOut })), compass);
  }

  const isCalm = () => performance.now() - touched > CALM_MS && scrollY < 2 * ROW;
  const stops = [
    watchPosition((fix, problem) => {
      note.textContent = problem ? problemWords(problem) : "";
      if (!fix) return;
      at = fix;
      void keep("last_fix", { lon: fix.lon, lat: fix.lat, accuracy_m: fix.accuracy_m, at: fix.at });
      rows.each((row) => row.move(at));
      if (sortedAt && distance_m(sortedAt, at) < MOVED_M) return;
      if (!sortedAt || isCalm()) arrange();
      else resort.hidden = false;
    }),
    watchCompass((heading) => {
      body.classList.add("has-compass");
      compass.hidden = true;
      rows.element.style.setProperty("--heading", `${heading.toFixed(0)}deg`);
    }),
    ...["list", "outbox", "answers"].map((name) => on(name, async () => {
      read = await readItems();
      drawHead();
      arrange();
    })),
    () => rows.leave(),
  ];
  const touch = () => { touched = performance.now(); };
  for (const name of ["touchstart", "touchmove", "wheel"]) body.addEventListener(name, touch, { passive: true });
  const silent = setTimeout(() => { compass.hidden = !needsTap() || body.classList.contains("has-compass"); }, 2000);
  stops.push(() => clearTimeout(silent));
  drawHead();
  arrange();
  requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, top)));
  return {
    title: t("field.list"), body,
    leave() {
      top = scrollY;
      stops.forEach((stop) => stop());
    },
  };
}
