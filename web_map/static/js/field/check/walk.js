/** The edge walked with the phone in hand: seen growing on the map, paused, gone on with, closed. */

import { h } from "../../dom.js";
import { area, length, number, t } from "../../text.js";
import { watchPosition } from "../position.js";
import { overMap } from "./overmap.js";
import { closed, gap_m, newWalk, ROUGH_M, stepped, walked_m } from "./track.js";

/** Keeps the screen awake while a walk goes on; returns what lets it sleep. */
function stayAwake() {
  let lock = null;
  let isOver = false;
  const ask = async () => {
    if (document.hidden || isOver) return;
    try {
      lock = await navigator.wakeLock?.request("screen");
      if (isOver) await lock?.release();
    } catch {
      lock = null;  // refused at low battery: the walk goes on, and the screen may sleep
    }
  };
  document.addEventListener("visibilitychange", ask);
  void ask();
  return () => {
    isOver = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}

function words(walk, fix, problem) {
  if (problem) return [t("fieldcheck.walk_no_fix"), "fc-bad"];
  if (fix && fix.accuracy_m > ROUGH_M) return [t("fieldcheck.walk_rough", { metres: number(fix.accuracy_m), limit: ROUGH_M }), "fc-bad"];
  const said = { way: length(walked_m(walk)), gap: length(gap_m(walk)), n: walk.points.length };
  return [walk.state === "PAUSED" ? t("fieldcheck.walk_paused", said) : t("fieldcheck.walk_on", said), ""];
}

/** Opens the walk of a session; resolves to { outline, area_m2, … } or null. The track stays in the draft. */
export function walkOutline(session) {
  const before = session.draft.walk;
  session.set({ walk: before ? { ...before, state: before.points.length ? "PAUSED" : "WALKING" } : newWalk() });
  let stop = () => {};
  let sleep = () => {};
  const found = overMap(session, t("fieldcheck.walk_title"), ({ L, map, say, close }) => {
    const line = L.polyline([], { color: "#ff3b8d", weight: 5, interactive: false }).addTo(map);
    const here = L.circleMarker([0, 0], { radius: 9, color: "#fff", weight: 3, fillColor: "#0b5cad", fillOpacity: 1, interactive: false });
    const cross = L.circleMarker([0, 0], { radius: 16, color: "#ff2222", weight: 5, fill: false, interactive: false });
    const pause = h("button", { type: "button", class: "button", id: "fc-walk-pause", onclick: () => {
      const { walk } = session.draft;
      session.set({ walk: { ...walk, state: walk.state === "PAUSED" ? "WALKING" : "PAUSED" } });
      redraw();
    } });
    function finish() {
      const outcome = closed(session.draft.walk);
      if (outcome.problem) {
        session.set({ walk: { ...session.draft.walk, state: "PAUSED" } });
        redraw();
        say(outcome.problem === "crosses" ? t("fieldcheck.walk_crosses") : t("fieldcheck.walk_short"), "fc-bad");
        if (outcome.at) map.panTo(cross.setLatLng([outcome.at[1], outcome.at[0]]).addTo(map).getLatLng());
        return;
      }
      close(outcome);
    }
    function back() {
      const { walk } = session.draft;
      session.set({ walk: { ...walk, points: walk.points.slice(0, -1) } });
      redraw();
    }
    function anew() {
      session.set({ walk: newWalk() });
      redraw();
    }
    function redraw(fix = null, problem = null) {
      const { walk } = session.draft;
      cross.remove();
      line.setLatLngs(walk.points.map(([lon, lat]) => [lat, lon]));
      pause.textContent = walk.state === "PAUSED" ? t("fieldcheck.walk_go_on") : t("fieldcheck.walk_pause");
      const outcome = closed(walk);
      const [text, kind] = words(walk, fix, problem);
      say(outcome.outline ? t("fieldcheck.walk_area", { said: text, area: area(outcome.area_m2), off: area(outcome.plus_minus_m2) }) : text, kind);
    }
    stop = watchPosition((fix, problem) => {
      if (fix) {
        here.setLatLng([fix.lat, fix.lon]).addTo(map);
        if (!map.getBounds().contains([fix.lat, fix.lon])) map.panTo([fix.lat, fix.lon]);
        const next = stepped(session.draft.walk, fix);
        if (next !== session.draft.walk) session.set({ walk: next });
      }
      redraw(fix, problem);
    });
    sleep = stayAwake();
    redraw();
    const done = h("button", { type: "button", class: "button primary", id: "fc-walk-done", onclick: finish }, t("fieldcheck.walk_done"));
    return h("div", { class: "fc-buttons" }, done, pause,
      h("button", { type: "button", class: "button", id: "fc-walk-back", onclick: back }, t("fieldcheck.walk_back")),
      h("button", { type: "button", class: "button", id: "fc-walk-anew", onclick: anew }, t("fieldcheck.walk_anew")));
  });
  return found.finally(() => {
    stop();
    sleep();
  });
}
