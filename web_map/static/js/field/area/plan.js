/** The choice of a new area: what, which dates, how sharp; its size said before it is fetched. */

import { send, sentenceOf } from "../../api.js";
import { fill, h, select } from "../../dom.js";
import { newId } from "../../new_id.js";
import { number, t } from "../../text.js";
import { all } from "../db.js";
import { askToLast, room } from "../me/storage.js";
import { frameMap } from "./frame.js";
import { goOn } from "./load.js";
import { keepArea } from "./store.js";
import { boxesOf } from "./tiles.js";

const MEGA = 1000000;
const SPARE = 1.2;
const DEEPEST = { full: 17, middle: 13, coarse: 12 };

/** A number of bytes as megabytes. */
export const megabytes = (bytes) => number(bytes / MEGA, bytes < 10 * MEGA ? 1 : 0);
const dated = (scenes) => scenes.filter((one) => one.acquired_on).sort((a, b) => (a.acquired_on < b.acquired_on ? 1 : -1));

function choices(here) {
  const scenes = dated(here.scenes || []);
  const options = [...scenes.map((one) => [one.id, one.acquired_on]), ["", t("area.no_date")]];
  return {
    what: "list", first: scenes[0]?.id || "", second: scenes[1]?.id || "", detail: "full", options,
  };
}

async function boxesNow(wish, frame) {
  if (wish.what === "box") return [frame.box()];
  return boxesOf(await all("places"));
}

async function ask(here, wish, frame) {
  const boxes = await boxesNow(wish, frame);
  if (!boxes.length) return { problem: t("area.list_empty") };
  const scenes = [...new Set([wish.first, wish.second])].filter(Boolean);
  const answer = await send("POST", "/api/field/area/size", { district: here.code, boxes, scenes, deepest: DEEPEST[wish.detail] });
  const size = await answer.json();
  const space = await room();
  const needed = size.bytes * SPARE;
  const fits = !space || needed <= space.free;
  const problem = fits ? null : t("area.no_room", { needed: megabytes(needed), free: megabytes(space.free) });
  return { boxes, size, problem };
}

async function begin(here, wish, { boxes, size }, done) {
  await askToLast();
  const area = {
    id: newId(), mode: wish.what, district: here.code, boxes,
    scenes: size.scenes.map(({ id, acquired_on, bounds, zooms }) => ({ id, acquired_on, bounds, zooms })),
    total: size.tiles, expected_bytes: size.bytes, done: 0, bytes: 0, state: "LOADING", problem: null, ground: null,
    created_at: new Date().toISOString(),
  };
  await keepArea(area, true);
  goOn(area.id);
  done();
}

/** The form; `done` is called once an area is on its way. Returns { body, leave }. */
export function planForm(here, done) {
  const wish = choices(here);
  const result = h("div", { class: "stack", role: "status", "aria-live": "polite" });
  const frame = frameMap(here);
  const clear = () => fill(result);
  const change = (name) => (value) => {
    wish[name] = value;
    frame.element.hidden = wish.what !== "box";
    if (wish.what === "box") void frame.show(wish.first);
    clear();
  };
  const say = async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    button.classList.add("busy");
    clear();
    try {
      const found = await ask(here, wish, frame);
      const { size, problem } = found;
      fill(result,
        size && h("p", { class: "strong", id: "area-size" }, t("area.size", { tiles: number(size.tiles), mb: megabytes(size.bytes) })),
        size && !size.tiles && h("p", {}, t("area.no_imagery")),
        problem && h("p", { class: "field-error", role: "alert" }, problem),
        !problem && h("button", {
          type: "button", class: "button primary wide tall", id: "area-begin", onclick: () => begin(here, wish, found, done),
        }, t("area.begin")));
    } catch (trouble) {
      fill(result, h("p", { class: "field-error", role: "alert" }, sentenceOf(trouble)));
    }
    button.disabled = false;
    button.classList.remove("busy");
  };
  frame.element.hidden = true;
  frame.onmove(clear);
  const body = h("section", { class: "card", id: "area-plan" }, h("h2", {}, t("area.new")),
    select("area-what", t("area.what"), [["list", t("area.my_list")], ["box", t("area.on_map")]], wish.what, change("what")),
    frame.element,
    select("area-first", t("area.first_date"), wish.options, wish.first, change("first")),
    select("area-second", t("area.second_date"), wish.options, wish.second, change("second")),
    select("area-detail", t("area.detail"), [["full", t("area.full_detail")], ["middle", t("area.middle_detail")], ["coarse", t("area.coarse_detail")]], wish.detail, change("detail")),
    h("button", { type: "button", class: "button wide tall", id: "area-ask", onclick: say }, t("area.ask_size")),
    result);
  return { body, leave: frame.leave };
}
