/** Builds elements; text enters the page as text nodes only, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

function put(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.entries(value).forEach(([k, v]) => element.style.setProperty(k, v));
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

/** Makes an HTML element with attributes, listeners ("onclick") and children. */
export function h(tag, attributes, ...children) {
  return put(set(document.createElement(tag), attributes), children);
}

/** Makes an SVG element. */
export function svg(tag, attributes, ...children) {
  return put(set(document.createElementNS(SVG, tag), attributes), children);
}

/** Focuses what now stands where `held` stood, the caret where it was. */
function holdAgain(element, held, caret) {
  const same = element.querySelector(`#${CSS.escape(held.id)}`);
  same?.focus({ preventScroll: true });
  if (caret && same?.value === held.value) same.setSelectionRange(...caret);
}

/** Replaces everything in an element; who worked in it by keyboard goes on in the field of the same id. */
export function fill(element, ...children) {
  const held = element.contains(document.activeElement) && document.activeElement.id ? document.activeElement : null;
  const caret = held && typeof held.selectionStart === "number" ? [held.selectionStart, held.selectionEnd] : null;
  element.replaceChildren();
  put(element, children);
  if (held) holdAgain(element, held, caret);
  return element;
}

/** Finds an element by id. */
export const byId = (id) => document.getElementById(id);

/** A small coloured word. */
export function badge(text, { colour, ink } = {}, extra = "") {
  const style = colour ? { background: colour, color: ink } : {};
  return h("span", { class: `badge ${extra}`, style }, text);
}

/** A select with a label; options are [value, text]. */
export function select(id, label, options, chosen, onchange) {
  const box = h(
    "select",
    { id, onchange: (event) => onchange(event.target.value) },
    options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)),
  );
  return h("label", { class: "field", for: id }, h("span", {}, label), box);
}

/** A list of name and value; rows without a value are left out. */
export function facts(rows) {
  const shown = rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
  return h(
    "dl",
    { class: "facts" },
    shown.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
}

/** A bar of a share from 0 to 1, with its text beside it. */
export function bar(share, text, colour, label) {
  const percent = Math.max(0, Math.min(100, share * 100));
  return h(
    "div",
    { class: "meter", role: "img", "aria-label": label },
    h("span", { class: "meter-track" },
      h("span", { class: "meter-fill", style: { width: `${percent}%`, background: colour } })),
    h("span", { class: "meter-text" }, text),
  );
}

/** A sentence for a place that has nothing to show, or is waiting. */
export function state(kind, text, ...more) {
  const sign = kind === "wait" ? h("span", { class: "spinner" }) : null;
  return h("div", { class: `state state-${kind}`, role: kind === "error" ? "alert" : null },
    sign, h("p", {}, text), more);
}
