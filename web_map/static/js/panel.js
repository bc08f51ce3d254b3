/** The panel of what is selected. */

import { get, sentenceOf } from "./api.js";
import { candidateParts } from "./candidate_panel.js";
import { byId, fill, h, state } from "./dom.js";
import { goTo, markOutline, showOnMap } from "./map.js";
import { choose, now, on } from "./store.js";
import { sitePanel } from "./site_panel.js";
import { t } from "./text.js";
import { dropThumbs } from "./thumbs.js";

let busy = null;

/** Draws the panel: a head that stays, a body that scrolls, a foot for the main action. */
export function drawPanel({ title, sub, badges, body, foot }) {
  const close = h("button", {
    type: "button", class: "panel-close", id: "panel-close", "aria-label": t("action.close"), onclick: () => choose(null),
  }, "×");
  fill(byId("panel"),
    h("div", { class: "panel-head" },
      h("div", { class: "panel-title" }, h("h2", {}, title), sub && h("p", { class: "panel-sub" }, sub),
        badges && h("div", { class: "badges" }, badges)), close),
    h("div", { class: "panel-body" }, body),
    foot && h("div", { class: "panel-foot" }, foot));
}

function look(item, fly) {
  markOutline(item.outline);
  requestAnimationFrame(() => (fly ? goTo(item.bounds) : showOnMap(item.bounds)));
}

async function load(selected) {
  busy?.abort();
  busy = new AbortController();
  const path = selected.type === "site" ? "/api/sites/" : "/api/candidates/";
  drawPanel({ title: t("panel.loading"), body: state("wait", t("panel.loading")) });
  try {
    const item = await get(path + encodeURIComponent(selected.id), {}, busy.signal);
    show(selected.type, item);
    look(item, selected.fly);
  } catch (problem) {
    if (problem.name === "AbortError") return;
    const retry = h("button", { type: "button", class: "button", onclick: () => load(selected) }, t("action.retry"));
    drawPanel({ title: t("panel.failed"), body: state("error", sentenceOf(problem), retry) });
  }
}

/** Shows a candidate or a site that is already at hand. */
export function show(type, item, receipt = null) {
  dropThumbs();
  if (type === "site") drawPanel(sitePanel(item));
  else candidateParts(item, receipt, drawPanel, show);
}

function open(selected) {
  dropThumbs();
  byId("panel").hidden = !selected;
  document.body.classList.toggle("has-panel", Boolean(selected));
  if (selected) {
    load(selected);
    return;
  }
  busy?.abort();
  markOutline(null);
}

/** Listens for selections. */
export function startPanel() {
  on("selected", open);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.("input, select, textarea, dialog");
    if (event.key === "Escape" && now.selected && !isTyping) choose(null);
  });
}
