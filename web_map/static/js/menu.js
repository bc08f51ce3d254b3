/** The menu at the right of the bar: sections on a phone, help, language, session. */

import { send } from "./api.js";
import { barInMenu, startBar } from "./bar.js";
import { byId, fill, h } from "./dom.js";
import { setLanguage } from "./language.js";
import { showError } from "./notice.js";
import { language, t } from "./text.js";

async function signOut() {
  try {
    await send("DELETE", "/api/session");
    location.assign("/login");
  } catch (problem) {
    showError(problem);
  }
}

function account(user) {
  const links = [];
  if (user.rights.includes("CHECK") && !document.querySelector('#nav a[href="/field"]')) links.push(["/field", t("nav.field")]);
  if (user.rights.includes("ACCOUNTS")) links.push(["/people", t("nav.people")]);
  if (user.rights.includes("LOG") && !document.querySelector('#nav a[href="/audit"]')) links.push(["/audit", t("nav.audit")]);
  links.push(["/account", t("nav.account")]);
  return links.map(([href, name]) => h("a", { class: "menu-item", href }, name));
}

function items(user, own) {
  const persons = [
    ["field", t("help.field")], ["analyst", t("help.analyst")], ["manager", t("help.manager")], ["keeper", t("help.keeper")],
  ];
  const other = language === "en" ? "zh-CN" : "en";
  return [
    barInMenu(),
    own,
    h("p", { class: "menu-head" }, t("help.title")),
    persons.map(([person, name]) => h("a", { class: "menu-item", href: `/help/${person}` }, name)),
    h("p", { class: "menu-head" }, user.display_name || user.username),
    account(user),
    h("button", { type: "button", class: "menu-item", id: "language", onclick: () => setLanguage(other) }, t("language.other")),
    h("button", { type: "button", class: "menu-item", id: "sign-out", onclick: signOut }, t("session.end")),
  ];
}

/** Draws the menu for `user`; `own` are the page's own items. */
export function startMenu(user, ...own) {
  const menu = byId("menu");
  const list = h("div", { class: "menu-list", id: "menu-list", hidden: true }, items(user, own));
  const button = h("button", {
    type: "button", class: "bar-button user", id: "menu-button", "aria-haspopup": "true", "aria-expanded": "false",
    "aria-controls": "menu-list", "aria-label": `${user.display_name || user.username} · ${t("menu.label")}`,
  }, h("span", { class: "user-name" }, user.display_name || user.username), h("span", { class: "menu-lines", "aria-hidden": "true" }));
  const show = (isOpen) => {
    list.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  button.addEventListener("click", () => show(list.hidden));
  document.addEventListener("click", (event) => menu.contains(event.target) || show(false));
  menu.addEventListener("click", (event) => event.target.closest(".menu-item") && show(false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    show(false);
    button.focus();
  });
  fill(menu, button, list);
  startBar();
}
