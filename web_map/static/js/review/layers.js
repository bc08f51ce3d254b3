/** What lies beneath the outlines: the date and view of the imagery, the map of scores, its colours. */

import { fill, h, select } from "../dom.js";
import { on, tell } from "../store.js";
import { classOf, t } from "../text.js";
import { now, scenesOf } from "./model.js";

const target = (find) => (find ? find.bounds : now.run.bounds);

function show(scene) {
  now.scene = scene;
  if (!scene.views.includes(now.view)) [now.view] = scene.views;
  tell("review-ground");
}

/** Goes to the next date of the imagery that shows the find. */
export function nextDate() {
  const scenes = scenesOf(target(now.byId.get(now.currentId)));
  if (scenes.length) show(scenes[(scenes.indexOf(now.scene) + 1) % scenes.length]);
}

/** Shows or hides the map of scores. */
export function toggleScores() {
  if (!now.scores) return;
  now.score = now.score ? "" : now.scores.classes[0];
  tell("review-score");
}

const nameOf = (name) => (name === "target" ? t("review.score_target") : classOf(name).label);

function legend() {
  const stops = now.scores.legend;
  const ramp = `linear-gradient(90deg, ${stops.map((one) => `${one.colour} ${one.percent}%`).join(", ")})`;
  return h("div", { class: "rv-legend", id: "score-legend" }, h("span", { class: "quiet" }, t("review.score_legend", { name: nameOf(now.score) })),
    h("span", { class: "rv-ramp", style: { background: ramp } }),
    h("span", { class: "rv-ramp-scale quiet" }, [0, 25, 50, 75, 100].map((value) => h("span", {}, `${value}%`))));
}

/** Draws the bar over the map. */
export function layerBar() {
  const bar = h("div", { class: "rv-layers" });
  const views = { natural: t("imagery.natural"), swir: t("imagery.swir") };

  function draw() {
    const scenes = scenesOf(target(now.byId.get(now.currentId)));
    const focused = bar.contains(document.activeElement) ? document.activeElement.id : "";
    fill(bar,
      scenes.length > 0 && select("ground-date", t("imagery.date"), scenes.map((one) => [one.id, one.acquired_on || one.name]), now.scene?.id,
        (id) => show(scenes.find((one) => one.id === id))),
      now.scene?.views.length > 1 && select("ground-view", t("imagery.view"), now.scene.views.map((view) => [view, views[view] || view]), now.view, (view) => {
        now.view = view;
        tell("review-ground");
      }),
      now.scores
        ? select("ground-score", t("review.scores"), [["", t("review.scores_off")], ...now.scores.classes.map((name) => [name, nameOf(name)])], now.score, (name) => {
          now.score = name;
          tell("review-score");
        })
        : h("p", { class: "quiet" }, t("review.no_scores")),
      now.score && legend());
    if (focused) document.getElementById(focused)?.focus();
  }

  on("review-ground review-score review-current", draw);
  draw();
  return bar;
}
