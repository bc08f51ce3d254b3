/** The keyboard of the review, and the page that tells of it. */

import { byId, h } from "../dom.js";
import { openDialog } from "../office/dialog.js";
import { t, wordsOf } from "../text.js";
import { KIND_KEYS } from "./detail.js";
import { nextDate, toggleScores } from "./layers.js";
import { now, step } from "./model.js";
import { judge, undo } from "./send.js";

/** Opens the list of keys. */
export function openKeys() {
  const rows = [
    ["J ↓", t("review.next")], ["K ↑", t("review.before")], ["A", t("review.visit")], ["L", t("review.key_look_alike")], ["I", t("review.ignore")],
    ["U", t("review.undo")], ["F", t("review.key_fit")], ["+ −", t("review.key_zoom")], ["D", t("review.key_date")], ["S", t("review.key_scores")], ["Esc", t("review.key_escape")], ["?", t("review.keys")],
  ];
  openDialog(t("review.keys"), h("dl", { class: "rv-keys" }, rows.map(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)])), [], "wide");
}

/** Listens; `detail` chooses the kind of a look-alike, `map` zooms. */
export function listenToKeys(detail, map) {
  const deeds = {
    j: () => step(1), arrowdown: () => step(1), k: () => step(-1), arrowup: () => step(-1),
    a: () => judge("VISIT"), i: () => judge("IGNORE"), u: undo, l: () => now.currentId && detail.choose(true),
    f: () => map.fit(), "+": () => map.map.zoomIn(), "=": () => map.map.zoomIn(), "-": () => map.map.zoomOut(), d: nextDate, s: toggleScores, "?": openKeys,
  };

  function choosing(key) {
    if (!detail.isChoosing) return false;
    const at = KIND_KEYS.indexOf(key);
    const kinds = wordsOf("LookAlike");
    if (at >= 0 && kinds[at]) {
      detail.choose(false);
      judge("LOOK_ALIKE", kinds[at][0]);
      return true;
    }
    if (key === "escape") detail.choose(false);
    return key === "escape";
  }

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest?.('input:not([type="checkbox"]):not([type="range"]), select, textarea, dialog');
    const isSlider = event.target.matches?.('input[type="range"]') && event.key.startsWith("Arrow");
    if (isTyping || isSlider || event.ctrlKey || event.metaKey || event.altKey || byId("dialog").open || map.isDrawing) return;
    const key = event.key.toLowerCase();
    if (choosing(key)) {
      event.preventDefault();
      return;
    }
    if (!deeds[key]) return;
    event.preventDefault();
    deeds[key]();
  });
}
