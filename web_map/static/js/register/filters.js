/** The bar of quick filters, the chips of those that hold, and the dialog with all of them. */

import { h, select } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing } from "../office/fields.js";
import { t, today, wordsOf } from "../text.js";
import { chipsOf } from "./fields.js";

const TYPING_MS = 350;

function quick(view, name, label, question, change) {
  const held = view.filter[name] || [];
  const options = [["", t("register.any")], ...wordsOf(question)];
  const several = held.length > 1 && [["several", t("register.several", { n: held.length })]];
  const shown = several ? "several" : held[0] || "";
  return select(`q-${name}`, label, several ? [...options, ...several] : options, shown, (value) => {
    if (value !== "several") change({ [name]: value ? [value] : null });
  });
}

function search(view, change) {
  let waiting = null;
  const box = h("input", {
    id: "q-text", type: "search", value: view.filter.text?.[0] || "", placeholder: t("register.text_hint"), maxlength: 100,
    oninput: (event) => {
      clearTimeout(waiting);
      const text = event.target.value.trim();
      waiting = setTimeout(() => change({ text: text ? [text] : null }), TYPING_MS);
    },
  });
  return h("label", { class: "field grow", for: "q-text" }, h("span", {}, t("register.f_text")), box);
}

/** The quick filters; `change({ name: values or null })` narrows the list. */
export function quickBar(view, change, more) {
  return h("div", { class: "toolbar register-bar" },
    search(view, change),
    quick(view, "grade", t("register.f_grade"), "Grade", change),
    quick(view, "kind", t("register.f_kind"), "SiteKind", change),
    quick(view, "state", t("register.f_state"), "SiteState", change),
    quick(view, "deadline", t("register.f_deadline"), "DeadlineState", change),
    more);
}

/** The chips of the filters that hold, each with its way out. */
export function chipRow(view, fields, change) {
  const chips = chipsOf(view.filter, fields);
  if (!chips.length) return null;
  const drop = (names) => change(Object.fromEntries(names.map((name) => [name, null])));
  return h("div", { class: "register-chips", "aria-label": t("register.chips") },
    chips.map((chip) => h("button", {
      type: "button", class: "register-chip", title: t("register.drop"), onclick: () => drop(chip.names),
    }, h("span", { class: "quiet" }, chip.label), h("b", {}, chip.text), h("span", { "aria-hidden": "true" }, "×"))),
    h("button", { type: "button", class: "register-clear", onclick: () => drop(chips.flatMap((chip) => chip.names)) }, t("register.clear")));
}

function wordsField(field, held) {
  const boxes = field.options().map(([value, text]) => h("label", { class: "check" },
    h("input", { type: "checkbox", name: field.name, value, checked: held.includes(value) }), h("span", {}, text)));
  if (!boxes.length) return null;
  return h("fieldset", { class: boxes.length > 6 ? "pick long" : "pick" }, h("legend", {}, field.label), h("div", {}, boxes));
}

function choiceField(field, held) {
  const options = [["", t("register.any")], ...field.options()];
  return h("label", { class: "field" }, h("span", {}, field.label),
    h("select", { name: field.name }, options.map(([value, text]) => h("option", { value, selected: value === (held[0] || "") }, text))));
}

function spanField(field, filter) {
  const end = (name, label) => h("input", {
    type: field.type, step: field.type === "number" ? "any" : null, name, value: filter[name]?.[0] || "", "aria-label": `${field.label} ${label}`,
  });
  return h("fieldset", { class: "span" }, h("legend", {}, field.label),
    end(`${field.name}_min`, t("register.least")), h("span", {}, "–"), end(`${field.name}_max`, t("register.most")));
}

function dayField(field, held) {
  return h("label", { class: "field" }, h("span", {}, field.label),
    h("input", { type: "date", name: field.name, value: held[0] || "", max: today() }));
}

function draw(field, filter) {
  if (field.kind === "day") return dayField(field, filter[field.name] || []);
  if (field.kind === "words") return wordsField(field, filter[field.name] || []);
  return field.kind === "choice" ? choiceField(field, filter[field.name] || []) : spanField(field, filter);
}

/** Opens the dialog with every filter; `change` gets all of them at once. */
export function openFilters(view, fields, change) {
  const form = h("form", { class: "pick-form", onsubmit: (event) => event.preventDefault() },
    fields.map((field) => draw(field, view.filter)));
  const apply = () => {
    const names = fields.flatMap((field) => (field.kind === "span" ? [`${field.name}_min`, `${field.name}_max`] : [field.name]));
    const data = new FormData(form);
    const wish = names.map((name) => [name, data.getAll(name).filter((value) => value !== "")]);
    closeDialog();
    change(Object.fromEntries(wish.map(([name, values]) => [name, values.length ? values : null])));
  };
  openDialog(t("register.filters"), form, doing(t("register.apply"), apply, "primary"), "wide");
}
