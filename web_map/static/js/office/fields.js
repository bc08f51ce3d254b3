/** Labelled inputs of forms. */

import { h } from "../dom.js";

/** An input with its label; `options` are further attributes of the input. */
export function input(id, label, value = "", options = {}) {
  const box = h("input", { id, name: id, type: "text", value, ...options });
  return h("label", { class: "field", for: id }, h("span", {}, label), box);
}

/** A text of several lines with its label. */
export function area(id, label, value = "", options = {}) {
  return h("label", { class: "field", for: id }, h("span", {}, label), h("textarea", { id, name: id, rows: 3, ...options }, value));
}

/** A box to tick, with its label beside it. */
export function tick(id, label, checked = false, onchange = undefined) {
  return h("label", { class: "check", for: id }, h("input", { id, type: "checkbox", checked, onchange }), h("span", {}, label));
}

/** A button that shows that it works until `action` has ended, and cannot be pressed twice. */
export function doing(text, action, kind = "") {
  const press = async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    button.classList.add("busy");
    try {
      await action(event);
    } finally {
      button.disabled = false;
      button.classList.remove("busy");
    }
  };
  return h("button", { type: "button", class: `button ${kind}`, onclick: press }, text);
}

/** A sentence of error above the buttons of a form; say(text) shows it, say("") hides it. */
export function problemLine() {
  const line = h("p", { class: "field-error", role: "alert", hidden: true });
  line.say = (text) => {
    line.textContent = text;
    line.hidden = !text;
    if (text) line.scrollIntoView({ block: "nearest" });
  };
  return line;
}
