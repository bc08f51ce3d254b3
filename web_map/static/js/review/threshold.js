/** The slider of confidence with its histogram, and the live counts beneath it. */

import { put, sentenceOf } from "../api.js";
import { fill, h, svg } from "../dom.js";
import { showDone } from "../notice.js";
import { doing, problemLine } from "../office/fields.js";
import { on } from "../store.js";
import { area, classOf, number, percent, t } from "../text.js";
import { countFrom, histogram, now, wish } from "./model.js";

const BINS = 50;
const HEIGHT = 56;

function bars() {
  const counts = histogram(BINS);
  const most = Math.max(1, ...counts);
  const at = now.threshold * BINS;
  return svg("svg", { class: "rv-bars", viewBox: `0 0 ${BINS} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    counts.map((count, i) => svg("rect", {
      x: i + 0.1, width: 0.8, y: HEIGHT - (count / most) * HEIGHT, height: (count / most) * HEIGHT,
      class: i + 1 <= at ? "rv-bar is-below" : "rv-bar",
    })));
}

function row(name, one) {
  const { label, colour } = classOf(name);
  const tick = h("input", {
    type: "checkbox", id: `class-${name}`, checked: !now.hidden.has(name), "data-class": name,
    onchange: (event) => {
      const hidden = new Set(now.hidden);
      if (event.target.checked) hidden.delete(name);
      else hidden.add(name);
      wish({ hidden });
    },
  });
  return h("label", { class: "rv-class check" }, tick, h("span", { class: "rv-dot", style: { background: colour } }),
    h("span", { class: "rv-class-name" }, label), h("span", { class: "rv-class-number" }, t("review.of", { n: number(one.number), all: number(one.total) })),
    h("span", { class: "rv-class-area quiet" }, area(one.area)));
}

function counts(box) {
  const { all, classes } = countFrom(now.threshold);
  fill(box.line, t("review.above", { percent: percent(now.threshold), n: number(all.number), all: number(now.finds.length), area: area(all.area) }));
  fill(box.classes, classes.map(([name, one]) => row(name, one)));
  fill(box.bars, bars());
  const isMoved = now.threshold !== now.run.threshold;
  box.save.hidden = !isMoved || !now.user.rights.includes("EDIT");
  box.back.hidden = !isMoved;
  fill(box.save, t("review.set_threshold", { percent: percent(now.threshold) }));
  fill(box.kept, t("review.threshold_kept", { percent: percent(now.run.threshold) }));
}

/** Draws the card of the threshold. */
export function thresholdCard() {
  const problem = problemLine();
  const slider = h("input", {
    id: "threshold", type: "range", min: 0, max: 100, step: 1, value: Math.round(now.threshold * 100), "aria-describedby": "above-line",
    oninput: (event) => wish({ threshold: Number(event.target.value) / 100 }),
  });
  const move = (threshold) => {
    slider.value = Math.round(threshold * 100);
    wish({ threshold });
  };
  const save = doing("", async () => {
    problem.say("");
    try {
      const { threshold } = await put(`/api/runs/${now.run.id}/threshold`, { threshold: now.threshold, seen: now.run.threshold });
      now.run.threshold = threshold;
      showDone(t("review.threshold_stored"));
      move(threshold);
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  save.id = "threshold-save";
  const box = {
    save, line: h("p", { class: "strong", id: "above-line", role: "status" }), classes: h("div", { class: "rv-classes", role: "group", "aria-label": t("review.classes") }),
    bars: h("div", { class: "rv-bars-box" }), kept: h("p", { class: "quiet" }),
    back: h("button", { type: "button", class: "button", onclick: () => move(now.run.threshold) }, t("review.back")),
  };
  on("review-order", () => counts(box));
  counts(box);
  return h("section", { class: "card rv-threshold" },
    h("label", { for: "threshold", class: "rv-label" }, t("review.threshold")), box.bars, slider,
    h("div", { class: "rv-scale quiet", "aria-hidden": "true" }, h("span", {}, "0"), h("span", {}, "50%"), h("span", {}, "100%")),
    box.line, box.kept, problem, h("div", { class: "buttons rv-move" }, save, box.back), box.classes);
}
