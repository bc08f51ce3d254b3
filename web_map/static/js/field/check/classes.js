/** The waste class: the likely ones first, all of them behind a search. */

import { fill, h } from "../../dom.js";
import { t, wordsOf } from "../../text.js";
import { keep, recall } from "../db.js";
import { labelOf } from "./widgets.js";

const LIKELY = {
  CONSTRUCTION_PILE: ["SW70", "SW72", "SW73", "SW74"],
  TAILINGS_POND: ["SW05"],
  MINE: ["SW04", "SW59"],
};
const USUAL = ["SW59", "SW04", "SW01", "SW03", "SW64", "SW70"];
const MOST = 6;

/** The classes shown at first: of this kind, used lately on this phone, usual ones; never more than six. */
export function likely(kind, recent, chosen) {
  const found = [...(LIKELY[kind] || []), ...recent, ...USUAL].filter((one) => one !== "UNIDENTIFIED" && one !== "NONE");
  const first = [...new Set(found)].slice(0, MOST - 1);
  if (chosen && chosen !== "UNIDENTIFIED" && !first.includes(chosen)) first.splice(MOST - 2, 1, chosen);
  return [...first, "UNIDENTIFIED"];
}

const recentClasses = async () => (await recall("recent_classes")) || [];

/** Remembers what was used, for the next check. */
export async function rememberClass(value) {
  if (!value) return;
  await keep("recent_classes", [value, ...(await recentClasses()).filter((one) => one !== value)].slice(0, 4));
}

/** The control; it draws itself anew by `redraw` when the kind changes. */
export async function classChoice(session) {
  const recent = await recentClasses();
  const box = h("div", { class: "fc-control", role: "group", "aria-labelledby": "fc-waste_class" });
  let isOpen = false;
  let sought = "";
  const choose = (value) => {
    isOpen = false;
    sought = "";
    session.answer("waste_class", value === session.draft.answers.waste_class ? null : value);
    redraw();
  };
  const button = ([value, text]) => h("button", {
    type: "button", class: "fc-choice", value, "data-name": "waste_class", "aria-pressed": String(value === session.draft.answers.waste_class),
    onclick: () => choose(value),
  }, h("span", {}, text));
  function results() {
    const wanted = sought.trim().toLowerCase();
    return wordsOf("WasteClass").filter(([value, text]) => value !== "NONE" && text.toLowerCase().includes(wanted));
  }
  function whole() {
    const list = h("div", { class: "fc-choices fc-wide" }, results().map(button));
    const search = h("input", {
      type: "search", value: sought, id: "fc-class-search", "aria-label": t("fieldcheck.search_class"), placeholder: t("fieldcheck.search_class"),
      oninput: (event) => {
        sought = event.target.value;
        fill(list, results().length ? results().map(button) : h("p", {}, t("fieldcheck.no_class")));
      },
    });
    return [search, list];
  }
  function redraw() {
    const names = new Map(wordsOf("WasteClass"));
    const { kind, waste_class: chosen } = session.draft.answers;
    const first = likely(kind, recent, chosen).map((value) => [value, names.get(value) || value]);
    const more = h("button", {
      type: "button", class: "button wide", id: "fc-more-classes", "aria-expanded": String(isOpen),
      onclick: () => {
        isOpen = !isOpen;
        redraw();
      },
    }, isOpen ? t("fieldcheck.fewer_classes") : t("fieldcheck.more_classes"));
    fill(box, h("span", { class: "fc-label", id: "fc-waste_class" }, labelOf(session, "waste_class")),
      isOpen ? whole() : h("div", { class: "fc-choices fc-pairs" }, first.map(button)), more);
  }
  redraw();
  return { element: box, redraw };
}
