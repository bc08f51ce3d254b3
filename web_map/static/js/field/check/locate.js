/** Where the check is made: live position, fixes kept with what they were taken for, a mean, the map. */

import { fill, h } from "../../dom.js";
import { length, number, t } from "../../text.js";
import { askAgain, averagedFix, hintsOf, watchPosition } from "../position.js";
import { bestFix } from "./facts.js";
import { pickOnMap } from "./pick.js";
import { offOutline_m } from "./shape.js";
import { part } from "./widgets.js";

const FRESH_MS = 60000;
const HINTED = 40;
const round = (value, digits) => (value === null || value === undefined ? null : Number(value.toFixed(digits)));

/** A fix as the record keeps it. */
export const kept = (fix, purpose, hints = []) => ({
  lon: round(fix.lon, 7), lat: round(fix.lat, 7), accuracy_m: round(fix.accuracy_m, 1), at: fix.at, samples: fix.samples || 1,
  spread_m: round(fix.spread_m, 1), purpose, hints,
});

function trouble(problem) {
  return {
    denied: t("fieldcheck.position_denied"), unavailable: t("fieldcheck.position_unavailable"),
    timeout: t("fieldcheck.position_timeout"), unsupported: t("fieldcheck.position_unsupported"),
  }[problem];
}

function hintWords(hint) {
  return { constant: t("fieldcheck.hint_constant"), leap: t("fieldcheck.hint_leap"), no_accuracy: t("fieldcheck.hint_accuracy") }[hint];
}

/** Watches for a session: { element, latest(), take(purpose), stop() }. */
export function locate(session) {
  const recent = [];
  const line = h("p", { class: "fc-fix", role: "status" });
  const more = h("div", { class: "fc-fix-more" });
  const again = h("button", { type: "button", class: "button", id: "fc-again", onclick: () => {
    problem = null;
    askAgain();
    draw();
  } }, t("fieldcheck.position_again"));
  let problem = null;
  let hints = [];
  let ending = null;

  const latest = () => {
    const fix = recent.at(-1);
    return fix && performance.now() - fix.heard_ms < FRESH_MS ? fix : null;
  };
  const add = (fix, purpose) => {
    const isOne = (other) => other.purpose === purpose && purpose !== "PHOTO" && other.samples === 1;
    session.set({ fixes: [...session.draft.fixes.filter((other) => !isOne(other)), kept(fix, purpose, purpose === "MAP" ? [] : hints)] });
  };

  function draw() {
    const { limits } = session.rules;
    const live = latest();
    const used = bestFix([...session.draft.fixes, ...(live ? [{ ...live, purpose: "SAVE" }] : [])], limits);
    const off = used && offOutline_m(session.place.outline, [used.lon, used.lat]);
    const isPoor = used && used.accuracy_m > limits.accuracy_m;
    line.className = `fc-fix ${used && !isPoor ? "fc-fix-good" : "fc-fix-poor"}`;
    fill(line, used
      ? [h("strong", {}, t("fieldcheck.accuracy", { metres: number(used.accuracy_m) })), " ",
        off === null ? "" : off === 0 ? t("fieldcheck.inside") : t("fieldcheck.off", { distance: length(off) }),
        used.purpose === "MAP" ? ` ${t("fieldcheck.by_map")}` : used.samples > 1 ? ` ${t("fieldcheck.mean_of", { n: used.samples, spread: number(used.spread_m, 1) })}` : ""]
      : problem ? trouble(problem) : t("fieldcheck.position_waits"));
    again.hidden = Boolean(live && !problem);
    fill(more, problem && used && h("p", {}, trouble(problem)), hints.map((hint) => h("p", {}, hintWords(hint))));
  }

  function hear(fix, wrong) {
    problem = wrong;
    if (fix) {
      recent.push({ ...fix, heard_ms: performance.now() });
      if (recent.length > HINTED) recent.shift();
      hints = hintsOf(recent);
      if (session.isKept && !session.draft.fixes.some((one) => one.purpose === "OPEN")) add(fix, "OPEN");
    }
    draw();
    session.tell(["position"]);
  }

  async function mean(event) {
    const button = event.currentTarget;
    button.disabled = true;
    ending = new AbortController();
    const fix = await averagedFix({
      seconds: session.rules.limits.fix_seconds, signal: ending.signal,
      onProgress: ({ share, samples }) => { button.textContent = t("fieldcheck.averaging", { percent: Math.round(share * 100), n: samples }); },
    });
    button.disabled = false;
    button.textContent = t("fieldcheck.average");
    if (fix) add(fix, "SAVE");
    draw();
  }

  const point = async () => {
    const at = await pickOnMap(session);
    if (at) add({ lon: at[0], lat: at[1], accuracy_m: session.rules.limits.map_accuracy_m, at: new Date().toISOString() }, "MAP");
    draw();
  };
  const stopWatch = watchPosition(hear);
  draw();
  return {
    element: part("position", null, line, more, h("div", { class: "fc-buttons" },
      h("button", { type: "button", class: "button", id: "fc-average", onclick: mean }, t("fieldcheck.average")),
      h("button", { type: "button", class: "button", id: "fc-point", onclick: point }, t("fieldcheck.point")),
      again)),
    latest,
    /** Keeps the latest fix for a purpose, where there is a fresh one. */
    take(purpose) {
      const fix = latest();
      if (fix && purpose === "VERDICT" && !session.draft.fixes.some((one) => one.purpose === "OPEN")) add(fix, "OPEN");
      if (fix) add(fix, purpose);
      return fix;
    },
    stop() {
      stopWatch();
      ending?.abort();
    },
  };
}
