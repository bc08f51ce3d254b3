/** The form's controls: large, told apart by more than colour, each writing to the draft at once. */

import { h } from "../../dom.js";
import { language, t } from "../../text.js";

/** The name of an answer as the rules write it, with its unit. */
export function labelOf(session, name) {
  const field = session.rules.fields.find((one) => one.name === name);
  const word = language === "en" ? field.en : field.zh;
  return field.unit ? t("fieldcheck.with_unit", { name: word, unit: field.unit }) : word;
}

function press(buttons, isOn) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(isOn(button.value)));
}

/**
 * Buttons of which one is pressed: `options` are [value, text]. A second tap changes nothing: gloves tap
 * twice. `layout` is "row", "pairs" or "wide".
 */
export function choice(name, label, options, { value, onchoose, layout = "row" }) {
  const title = h("span", { class: "fc-label", id: `fc-${name}` }, label);
  const buttons = options.map(([one, text]) => h("button", {
    type: "button", class: "fc-choice", value: one, "data-name": name,
    onclick: () => {
      press(buttons, (other) => other === one);
      onchoose(one);
    },
  }, h("span", {}, text)));
  press(buttons, (one) => one === value);
  return h("div", { class: "fc-control", role: "group", "aria-labelledby": `fc-${name}` }, title,
    h("div", { class: `fc-choices fc-${layout}` }, buttons));
}

/** Yes, no, cannot tell. */
export function yesNo(session, name) {
  const { answers, cannot_tell: untold } = session.draft;
  const value = { true: "yes", false: "no" }[answers[name]] || (untold.includes(name) ? "untold" : null);
  const options = [["yes", t("fieldcheck.yes")], ["no", t("fieldcheck.no")], ["untold", t("fieldcheck.cannot_tell")]];
  return choice(name, labelOf(session, name), options, {
    value,
    onchoose: (one) => {
      const rest = session.draft.cannot_tell.filter((other) => other !== name);
      session.draft = { ...session.draft, cannot_tell: one === "untold" ? [...rest, name] : rest };
      session.answer(name, { yes: true, no: false }[one] ?? null);
    },
  });
}

/** A number as people type it: wide digits, a comma for the point; null is empty, NaN is none. */
export function numberIn(text) {
  const plain = text.normalize("NFKC").replaceAll("\u3002", ".").replace(",", ".").trim();
  if (!plain) return null;
  return /^[+-]?\d*\.?\d+$|^[+-]?\d+\.$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A field for a number; what is no number stays in the draft as typed, and is said. */
export function numeric(session, name, { label = labelOf(session, name), value, onnumber } = {}) {
  const wrong = h("span", { class: "fc-wrong", id: `fc-${name}-wrong`, role: "alert" });
  const start = session.draft.typed[name] ?? (value ?? session.draft.answers[name] ?? "");
  const input = h("input", {
    type: "text", inputmode: "decimal", enterkeyhint: "done", autocomplete: "off", maxlength: 20, id: `fc-${name}`, value: start,
    "data-name": name, "aria-describedby": wrong.id,
    oninput: () => take(true),
  });
  function take(isTyped) {
    const found = numberIn(input.value);
    const isNone = Number.isNaN(found);
    wrong.textContent = isNone ? t("fieldcheck.no_number", { text: input.value }) : "";
    input.setAttribute("aria-invalid", String(isNone));
    if (!isTyped) return;
    const { [name]: _, ...rest } = session.draft.typed;
    session.draft = { ...session.draft, typed: isNone ? { ...rest, [name]: input.value } : rest };
    (onnumber || ((one) => session.answer(name, one)))(isNone ? null : found);
  }
  take(false);
  return h("label", { class: "fc-control", for: input.id }, h("span", { class: "fc-label" }, label), input, wrong);
}

/** A field for words. */
export function words(session, name, { rows = 1, most = 200 } = {}) {
  const attributes = {
    id: `fc-${name}`, "data-name": name, maxlength: most, autocomplete: "off",
    oninput: (event) => session.answer(name, event.target.value),
  };
  const input = rows > 1 ? h("textarea", { ...attributes, rows }) : h("input", { type: "text", ...attributes });
  input.value = session.draft.answers[name] || "";
  return h("label", { class: "fc-control", for: input.id }, h("span", { class: "fc-label" }, labelOf(session, name)), input);
}

/** A part of the form that rules can speak in: `anchor` names it. */
export function part(anchor, title, ...body) {
  return h("section", { class: "fc-part", "data-anchor": anchor }, title && h("h2", {}, title), body, h("div", { class: "fc-says", role: "status" }));
}
