/** The strip in the bar: is there a net, how much waits; below it what needs a word. */

import { byId, fill, h } from "../dom.js";
import { number, t } from "../text.js";
import { on } from "./bus.js";
import { all } from "./db.js";
import { me } from "./me.js";
import { clockError, net } from "./net.js";
import { isNewReady, switchOver } from "./update.js";

const WAITING = new Set(["KEPT", "SENDING", "REFUSED"]);

/** How many records and photos of a person wait to be sent. */
export async function waiting(owner) {
  return (await all("outbox")).filter((one) => one.owner === owner && WAITING.has(one.state)).length;
}

function roughly(minutes) {
  if (minutes < 120) return t("field.minutes", { n: number(Math.round(minutes)) });
  const hours = minutes / 60;
  return hours < 48 ? t("field.hours", { n: number(Math.round(hours)) }) : t("field.days", { n: number(Math.round(hours / 24)) });
}

/** How far the phone's clock is off, in words; empty where it is right. */
export function clockSentence() {
  const seconds = clockError();
  if (!seconds) return "";
  const how = roughly(Math.abs(seconds) / 60);
  return seconds > 0 ? t("field.clock_behind", { how }) : t("field.clock_ahead", { how });
}

function netWord(state) {
  return {
    online: t("field.online"), offline: t("field.offline"), unreachable: t("field.unreachable"), signed_out: t("field.signed_out"),
  }[state];
}

async function drawStrip(person) {
  const { state } = net();
  const held = person ? await waiting(person.username) : 0;
  fill(byId("field-status"),
    held > 0 && h("a", { class: "strip-held", href: "#/outbox" }, t("field.waiting", { n: number(held) })),
    h("span", { class: `strip-net strip-${state}` }, netWord(state)));
}

function drawWords(person) {
  const clock = clockSentence();
  fill(byId("field-words"),
    person && net().state === "signed_out" && h("a", { class: "word", href: "#/me" }, t("field.sign_in_to_send")),
    clock && h("p", { class: "word word-warn" }, clock),
    isNewReady() && h("p", { class: "word" }, h("span", {}, t("field.new_ready")),
      h("button", { type: "button", class: "button", id: "switch-over", onclick: switchOver }, t("field.switch_over"))));
}

/** Draws the strip now and whenever something of it changes. */
export async function startStrip() {
  const draw = async () => {
    const person = await me();
    drawWords(person);
    await drawStrip(person);
  };
  for (const thing of ["net", "outbox", "me", "update"]) on(thing, () => void draw());
  await draw();
}
