/** The bar's groups of pages: closed by Escape, by a tap elsewhere and by leaving; arrows walk through them. */

import { byId, h } from "./dom.js";

const ACROSS = { ArrowLeft: -1, ArrowRight: 1 };
const ALONG = { ArrowUp: -1, ArrowDown: 1 };

function step(places, from, by) {
  places[(places.indexOf(from) + by + places.length) % places.length]?.focus();
}

function walk(event) {
  const nav = event.currentTarget;
  const group = event.target.closest(".nav-group");
  if (event.key === "Escape" && group?.open) {
    group.open = false;
    group.querySelector("summary").focus();
  } else if (event.key in ACROSS) {
    const heads = [...nav.querySelectorAll(":scope > a, summary")];
    step(heads, group ? group.querySelector("summary") : event.target, ACROSS[event.key]);
  } else if (event.key in ALONG && group) {
    const wasOpen = group.open;
    group.open = true;
    const links = [...group.querySelectorAll("a")];
    if (wasOpen && links.includes(event.target)) step(links, event.target, ALONG[event.key]);
    else links.at(event.key === "ArrowUp" ? -1 : 0).focus();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Makes the groups of the bar close and answer the arrow keys. */
export function startBar() {
  const nav = byId("nav");
  const groups = [...nav.querySelectorAll(".nav-group")];
  const closeAllBut = (kept) => groups.filter((one) => one !== kept).forEach((one) => { one.open = false; });
  document.addEventListener("click", (event) => closeAllBut(event.target.closest?.(".nav-group")));
  nav.addEventListener("focusout", (event) => event.relatedTarget && closeAllBut(event.relatedTarget.closest(".nav-group")));
  nav.addEventListener("keydown", walk);
}

function entry(link) {
  const here = link.getAttribute("aria-current");
  return h("a", { class: "menu-item menu-section", href: link.getAttribute("href"), "aria-current": here }, link.textContent);
}

/** The same pages for a narrow screen's one menu, a group under its name. */
export function barInMenu() {
  return [...byId("nav").children].map((child) => {
    if (child.matches("a")) return entry(child);
    return [h("p", { class: "menu-head menu-section" }, child.querySelector("summary").textContent),
      [...child.querySelectorAll("a")].map(entry)];
  });
}
