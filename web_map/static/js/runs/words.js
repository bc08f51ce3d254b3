/** How a batch and its scenes stand, as badge, bar and time left. */

import { badge, h } from "../dom.js";
import { moment, number, t, term } from "../text.js";

const COLOURS = {
  WAITING: ["#e8edf2", "#1b2733"], RUNNING: ["#0b5cad", "#fff"], DONE: ["#1b6e3c", "#fff"],
  FAILED: ["#b2182b", "#fff"], CANCELLED: ["#55636f", "#fff"],
};

/** The state as it truly is: a worker that fell silent is not running. */
export function stateBadge(one) {
  if (one.is_stopping) return badge(t("runs.stopping"), { colour: "#8a4b00", ink: "#fff" });
  if (one.is_lost) return badge(t("runs.lost"), { colour: "#b2182b", ink: "#fff" });
  const [colour, ink] = COLOURS[one.state];
  return badge(term("JobState", one.state), { colour, ink });
}

/** Hours and minutes, or seconds of what takes less than a minute. */
export function duration(seconds) {
  if (seconds < 60) return t("runs.seconds", { n: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("runs.minutes", { n: minutes });
  return t("runs.hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
}

/** What is left, where something tells it. */
export function left(one) {
  if (one.seconds_left === null) return one.state === "RUNNING" && !one.is_stopping ? t("runs.left_unknown") : "";
  return t("runs.left", { time: duration(one.seconds_left) });
}

/** Windows done of all as a bar; the words stand beside it. */
export function windowsBar(one, extra = "") {
  const share = one.windows_total ? one.windows_done / one.windows_total : 0;
  const text = t("runs.windows", { n: number(one.windows_done), all: number(one.windows_total) });
  return h("div", { class: `run-bar ${extra}` },
    h("progress", { max: one.windows_total || 1, value: one.windows_done, "aria-label": text }),
    h("span", { class: "run-bar-text" }, `${text} · ${Math.floor(share * 100)}%`), h("span", { class: "quiet" }, left(one)));
}

/** What a batch found. */
export const finds = (one) => (one.found === null ? "" : t("runs.found", { n: number(one.found), fresh: number(one.found_new ?? 0) }));

/** Where the first and the last run of a batch stand side by side. */
export const comparisonOf = ({ compared: [first, last] }) => `/runs/compare?a=${first}&b=${last}`;

/** A line of a scene's log. */
export const logLine = (line, isEnglish) => h("li", {}, h("time", { datetime: line.at }, moment(line.at)), " ", isEnglish ? line.en : line.zh);
