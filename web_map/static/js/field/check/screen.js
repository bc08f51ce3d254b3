/** The check of a place, verdict first: `#/check/<key>`. */

import { byId, fill, h, state } from "../../dom.js";
import { suggestedKind, t } from "../../text.js";
import { isFull } from "../db.js";
import { nameOf } from "../list/items.js";
import { me } from "../me.js";
import { photoCard } from "../photo/card.js";
import { go } from "../router.js";
import { giveUp } from "./draft.js";
import { locate } from "./locate.js";
import { lookCard } from "./look.js";
import { partsOf } from "./parts.js";
import { rescue } from "./rescue.js";
import { keepCheck } from "./save.js";
import { showFirst, speak, unsettled } from "./says.js";
import { fitting, openSession } from "./session.js";
import { verdictChoice } from "./verdicts.js";
import { part } from "./widgets.js";

const TOAST_MS = 8000;
const PITS = ["MINE_PIT", "SAND_PIT", "MINE"];

function toast(text) {
  byId("fc-toast")?.remove();
  const box = h("div", { id: "fc-toast", class: "fc-toast", role: "status" }, text);
  document.body.append(box);
  setTimeout(() => box.remove(), TOAST_MS);
}

/** The kind that the place most likely is, where it fits the verdict and nobody chose one yet. */
function likelyKind(place, verdict) {
  const kind = place.kind || suggestedKind(place.class_name);
  if (verdict === "PIT") return PITS.includes(kind) ? kind : null;
  return verdict === "WASTE" && !PITS.includes(kind) ? kind : null;
}

function head(session) {
  const { place, draft } = session;
  return [
    h("p", { class: "fc-place" }, h("strong", {}, nameOf(place)), place.town && ` · ${place.town}`),
    draft.comment && h("div", { class: "fc-comment" }, h("strong", {}, t("fieldcheck.sent_back")), h("p", {}, draft.comment)),
  ];
}

function ending(session, leave) {
  const line = h("div", { class: "fc-buttons" });
  const really = async () => {
    leave();
    await session.settled();
    await giveUp(session.draft);
    go("list");
  };
  const ask = () => {
    fill(line, h("p", {}, t("fieldcheck.give_up_sure")),
      h("button", { type: "button", class: "button danger", id: "fc-give-up-really", onclick: () => void really() }, t("fieldcheck.give_up_really")),
      h("button", { type: "button", class: "button", onclick: first }, t("fieldcheck.give_up_not")));
    line.scrollIntoView({ block: "center" });
  };
  const first = () => fill(line, h("button", { type: "button", class: "button", id: "fc-give-up", onclick: ask }, t("fieldcheck.give_up")));
  first();
  return line;
}

async function form(session) {
  const place = locate(session);
  const look = lookCard(session, place.latest);
  const photos = photoCard(session, place);
  const fields = h("div", { class: "fc-fields" });
  const alarm = h("div", {});
  const count = h("p", { class: "fc-count", role: "status" });
  const body = h("div", { class: "fc" });
  let isOver = false;

  function react(names) {
    if (names.has("storage")) fill(alarm, rescue(session));
    if (!session.draft.verdict) return;
    speak(session, body);
    const left = session.isAttempted ? unsettled(session).length : 0;
    count.textContent = left ? t("fieldcheck.left", { n: left }) : "";
  }

  async function drawFields() {
    session.fieldListeners.clear();
    const { verdict } = session.draft;
    save.hidden = !verdict;
    photos.element.hidden = !verdict;
    away.hidden = !verdict;
    fill(fields, verdict ? await partsOf(session, new Set(fitting(session.rules, verdict))) : h("p", { class: "fc-first" }, t("fieldcheck.verdict_first")));
    react(new Set());
  }

  function judge(verdict) {
    const { answers } = session.draft;
    const isOff = !answers.kind || (verdict === "PIT" && !PITS.includes(answers.kind));
    session.set({ verdict, answers: isOff ? { ...answers, kind: likelyKind(session.place, verdict) } : answers });
    place.take("VERDICT");
    void drawFields();
  }

  async function keep() {
    if (isOver) return;
    session.isAttempted = true;
    place.take("SAVE");
    react(new Set());
    const wrong = Object.keys(session.draft.typed)[0];
    if (wrong && body.querySelector(`#fc-${wrong}`)) {
      body.querySelector(`#fc-${wrong}`).focus();
      return;
    }
    if (unsettled(session).length) {
      showFirst(session, body);
      return;
    }
    isOver = true;
    try {
      await keepCheck(session);
    } catch (problem) {
      isOver = false;
      session.storage = isFull(problem) ? "full" : "refused";
      react(new Set(["storage"]));
      alarm.scrollIntoView({ block: "center" });
      return;
    }
    toast(t("fieldcheck.kept"));
    go("list");
  }

  const away = ending(session, () => { isOver = true; });
  const save = h("div", { class: "fc-save" }, count, h("button", { type: "button", class: "button primary", id: "fc-save", onclick: () => void keep() }, t("fieldcheck.save")));
  session.listeners.add(react);
  fill(body, alarm, head(session), look.element,
    part("verdict", t("fieldcheck.verdict_what"), verdictChoice(session.draft.verdict, judge)), place.element, photos.element, fields, away, save);
  await drawFields();
  return { body, leave: () => [place, look, photos].forEach((one) => one.stop()) };
}

/** The screen `check`. */
export async function checkScreen(key) {
  const title = t("fieldcheck.title");
  const session = await openSession(key, (await me()).username);
  if (session.problem === "no_place") return { title, body: state("empty", t("fieldcheck.no_place")) };
  if (session.problem === "others") return { title, body: state("error", t("fieldcheck.others", { owner: session.owner })) };
  return { title, ...(await form(session)) };
}
