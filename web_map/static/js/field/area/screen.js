/** "Areas taken along": what is on the phone, how old it is, how far the loading is; a new one. */

import { fill, h } from "../../dom.js";
import { moment, number, t } from "../../text.js";
import { on } from "../bus.js";
import { recall } from "../db.js";
import { districts, district } from "../me.js";
import { net } from "../net.js";
import { drop, goOn, hold, timeLeft } from "./load.js";
import { megabytes, planForm } from "./plan.js";
import { areas } from "./store.js";

const MINUTE = 60000;
const DAY = 86400000;

function left(area) {
  const ms = timeLeft(area);
  if (ms === null) return "";
  return ms < MINUTE ? t("area.under_a_minute") : t("area.minutes_left", { n: number(Math.ceil(ms / MINUTE)) });
}

function ageOf(iso) {
  const days = Math.floor((Date.now() - Date.parse(iso)) / DAY);
  return days > 0 ? t("area.days_ago", { n: number(days) }) : t("area.today");
}

function stateWord(area) {
  return { LOADING: t("area.loading"), PAUSED: t("area.paused"), READY: t("area.ready") }[area.state];
}

function buttons(area) {
  const button = (name, text, act) => h("button", { type: "button", class: "button", "data-act": name, onclick: act }, text);
  const remove = (event) => {
    const box = event.currentTarget.parentNode;
    fill(box, h("span", {}, t("area.remove_sure")), button("remove-really", t("area.remove_really"), () => drop(area.id)));
  };
  return h("div", { class: "area-buttons" },
    area.state === "LOADING" && button("hold", t("area.hold"), () => hold(area.id)),
    area.state === "PAUSED" && button("go-on", t("area.go_on"), () => goOn(area.id)),
    button("remove", t("area.remove"), remove));
}

function card(area) {
  const dates = area.scenes.map((one) => one.acquired_on || t("area.undated")).join(", ");
  const share = area.total ? area.done / area.total : 1;
  return h("section", { class: "card area-card", "data-area": area.id, "data-state": area.state },
    h("h2", {}, area.mode === "list" ? t("area.my_list") : t("area.of_map")),
    h("p", {}, t("area.imagery_of", { dates: dates || t("area.no_date") })),
    area.state !== "READY" && h("progress", { max: 1, value: share, "aria-label": stateWord(area) }),
    h("p", {}, stateWord(area), " ", t("area.so_far", { done: number(area.done), total: number(area.total), mb: megabytes(area.bytes) }), " ",
      area.state === "LOADING" && left(area)),
    area.problem && h("p", { class: "field-error", role: "alert" }, area.problem),
    h("p", { class: "quiet" }, t("area.taken_on", { when: moment(area.created_at), age: ageOf(area.created_at) })),
    buttons(area));
}

/** The screen. */
export async function areaScreen() {
  const list = h("div", { class: "stack", id: "areas" });
  let isBusy = false;
  async function draw() {
    if (isBusy) return;
    isBusy = true;
    const held = await areas();
    const as_of = await recall("list_as_of");
    if (!list.querySelector("[data-act=remove-really]") || held.length !== list.querySelectorAll(".area-card").length) {
      fill(list, as_of && h("p", {}, t("area.list_age", { when: moment(as_of), age: ageOf(as_of) })),
        held.map(card), !held.length && h("p", {}, t("area.none")));
    }
    isBusy = false;
  }
  const holder = h("div");
  let plan = null;
  async function offer() {
    const chosen = await district();
    const here = (await districts()).find((one) => one.code === chosen?.code) || chosen;
    if (!here || plan?.code === here.code) return;  // who has just signed in gets it a moment later
    plan?.leave();
    plan = { code: here.code, ...planForm(here, () => list.scrollIntoView()) };
    fill(holder, plan.body);
  }
  const offline = h("p", { class: "quiet" }, t("area.needs_net"));
  const showNet = () => { offline.hidden = net().state === "online"; };
  const ends = [on("area", () => void draw()), on("net", showNet), on("me", () => void offer())];
  showNet();
  await draw();
  await offer();
  return {
    title: t("field.areas"), body: h("div", { class: "stack" }, list, offline, holder),
    leave: () => {
      ends.forEach((end) => end());
      plan?.leave();
    },
  };
}
