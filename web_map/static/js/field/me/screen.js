/** "Me": the account, the district, the language, room on the phone, the version. */

import { sentenceOf } from "../../api.js";
import { fill, h, select } from "../../dom.js";
import { setLanguage } from "../../language.js";
import { language, number, pick, t } from "../../text.js";
import { on } from "../bus.js";
import { unfinished, waysTo } from "../check/unfinished.js";
import { chooseDistrict, district, districts, me, signOut } from "../me.js";
import { checkNet, net } from "../net.js";
import { go } from "../router.js";
import { clockSentence, waiting } from "../strip.js";
import { canWorkOffline, rememberLanguage } from "../update.js";
import { signForm } from "./sign.js";
import { askToLast, forgetAll, isLasting, isSafeToForget, room } from "./storage.js";

const MEGA = 1000000;
const card = (title, ...body) => h("section", { class: "card" }, h("h2", {}, title), body);

function person(known, held, redraw) {
  const isOut = net().state === "signed_out";
  const leave = async () => {
    try {
      await signOut();
    } catch (problem) {
      fill(trouble, sentenceOf(problem));
    }
    await redraw();
  };
  const trouble = h("p", { class: "field-error", role: "alert" });
  return card(t("field.account"),
    h("p", { class: "strong" }, t("field.person", { name: known.display_name, username: known.username })),
    held > 0 && h("p", {}, t("field.held_here", { n: number(held) })),
    isOut
      ? [h("p", {}, t("field.signed_out_long")), signForm(known.username, redraw)]
      : h("button", { type: "button", class: "button wide", id: "sign-out", onclick: leave }, t("session.end")),
    trouble);
}

function place(known, chosen) {
  if (known.length < 2) return chosen && card(t("district.label"), h("p", {}, pick(chosen, "name")));
  const options = known.map((one) => [one.code, pick(one, "name")]);
  return card(t("district.label"), select("district", t("field.district_of_work"), options, chosen?.code, chooseDistrict));
}

async function switchLanguage() {
  const other = language === "en" ? "zh-CN" : "en";
  await rememberLanguage(other);
  setLanguage(other);
}

async function storage(redraw) {
  const [space, lasting] = await Promise.all([room(), isLasting()]);
  const words = lasting === null ? t("field.lasting_unknown") : lasting ? t("field.lasting") : t("field.not_lasting");
  const ask = async () => {
    await askToLast();
    await redraw();
  };
  return card(t("field.storage"),
    space && h("p", {}, t("field.room", { used: number(space.used / MEGA, 1), free: number(space.free / MEGA) })),
    h("p", {}, words),
    lasting === false && h("button", { type: "button", class: "button wide", id: "ask-to-last", onclick: ask }, t("field.ask_to_last")),
    h("a", { class: "button wide", href: "#/area" }, t("field.areas")));
}

function forget() {
  const line = h("div", { class: "stack", role: "alert" });
  const refuse = async () => {
    const drafts = await unfinished();
    fill(line, drafts.length ? t("field.forget_unfinished", { n: number(drafts.length) }) : t("field.forget_not_safe"), waysTo(drafts));
  };
  const really = async () => {
    if (await isSafeToForget()) await forgetAll();
    else await refuse();
  };
  const first = async () => {
    if (!(await isSafeToForget())) {
      await refuse();
      return;
    }
    fill(line, t("field.forget_sure"), h("button", { type: "button", class: "button wide danger", id: "forget-really", onclick: really }, t("field.forget_really")));
  };
  return card(t("field.forget_title"), h("p", {}, t("field.forget_what")),
    h("button", { type: "button", class: "button wide", id: "forget", onclick: first }, t("field.forget")), line);
}

/** The screen. */
export async function meScreen() {
  const body = h("div", { class: "stack" });
  const clearing = forget(); // one for all redraws: an answer that arrives takes no question away
  async function redraw() {
    const [known, all, chosen] = await Promise.all([me(), districts(), district()]);
    const held = known ? await waiting(known.username) : 0;
    const clock = clockSentence();
    fill(body,
      known ? person(known, held, redraw) : card(t("login.title"), h("p", {}, t("field.sign_in_first")), signForm("", () => go("list"))),
      known && place(all, chosen),
      card(t("field.language"), h("button", { type: "button", class: "button wide", id: "language", onclick: switchLanguage }, t("language.other"))),
      !canWorkOffline() && card(t("field.no_offline"), h("p", {}, t("field.no_offline_why"))),
      clock && card(t("field.clock"), h("p", {}, clock)),
      await storage(redraw),
      clearing);
  }
  const ends = ["me", "net"].map((thing) => on(thing, () => {
    if (!body.contains(document.activeElement) || !document.activeElement.matches("input")) void redraw();
  }));
  void checkNet();
  await redraw();
  return { title: t("field.me"), body, leave: () => ends.forEach((end) => end()) };
}
