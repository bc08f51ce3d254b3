/** A long list of rows of one height, of which only those in sight are on the page. */

import { h } from "../../dom.js";

const SPARE = 6;

/**
 * Makes the list: `height` pixels a row, `make()` a row with `row.show(item, …)`. Returns
 * { element, set(items), each(call), leave() }.
 */
export function rowWindow(height, make, context) {
  const element = h("div", { class: "rows", role: "list" });
  const free = [];
  const shown = new Map();
  let items = [];
  let waiting = 0;

  function drop(at) {
    const row = shown.get(at);
    row.remove();
    shown.delete(at);
    free.push(row);
  }

  function draw() {
    waiting = 0;
    if (!element.isConnected) return;
    const top = -element.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(top / height) - SPARE);
    const last = Math.min(items.length - 1, Math.ceil((top + window.innerHeight) / height) + SPARE);
    for (const at of [...shown.keys()]) if (at < first || at > last) drop(at);
    for (let at = first; at <= last; at += 1) {
      if (shown.has(at)) continue;
      const row = free.pop() || make();
      row.show(items[at], context(), at, items.length);
      row.style.transform = `translateY(${at * height}px)`;
      shown.set(at, row);
      element.append(row);
    }
  }

  const later = () => { waiting ||= requestAnimationFrame(draw); };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  return {
    element,
    set(next) {
      items = next;
      element.style.height = `${items.length * height}px`;
      for (const at of [...shown.keys()]) drop(at);
      if (element.isConnected) draw();
      else later();
    },
    each(call) { for (const row of shown.values()) call(row); },
    leave() {
      removeEventListener("scroll", later);
      removeEventListener("resize", later);
      cancelAnimationFrame(waiting);
    },
  };
}
