/** The login page. */

import { passwordForm } from "./account/password.js";
import { get, send, sentenceOf } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { language, subject, t } from "./text.js";
import { setLanguage } from "./language.js";

const LONGEST_NAME = 60;

function next(home) {
  const wanted = new URLSearchParams(location.search).get("next") || "/";
  const target = new URL(wanted, location.origin);
  const isOurs = target.origin === location.origin && !target.pathname.startsWith("/login");
  const hash = target.hash || location.hash;
  return isOurs && target.pathname !== "/" ? target.pathname + target.search + hash : home + hash;
}

function fail(text) {
  const line = byId("login-error");
  line.textContent = text;
  line.hidden = !text;
}

function enter({ user, home }, password) {
  if (!user.must_change) {
    location.assign(next(home));
    return;
  }
  const form = passwordForm(() => location.assign(next(home)), password);
  byId("login-form").replaceWith(h("div", { class: "login-change" },
    h("h2", {}, t("login.change_title")), h("p", {}, t("login.change_why")), form));
  form.querySelector("input").focus();
}

async function signIn(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  const username = form.username.value.trim();
  const password = form.password.value;
  const device = form.device?.checked ? navigator.userAgent.match(/\(([^)]*)\)/)?.[1].slice(0, LONGEST_NAME) || "-" : "";
  if (!username || !password) {
    fail(t("login.missing"));
    (username ? form.password : form.username).focus();
    return;
  }
  fail("");
  button.disabled = true;
  button.textContent = t("login.busy");
  try {
    const answer = await send("POST", "/api/session", { username, password, device });
    enter(await answer.json(), password);
  } catch (problem) {
    fail(sentenceOf(problem));
    button.disabled = false;
    button.textContent = t("login.submit");
    form.password.select();
  }
}

function offerDevice() {
  if (!next("/").startsWith("/field")) return;
  byId("login-error").before(h("label", { class: "check", for: "device" },
    h("input", { type: "checkbox", id: "device", name: "device", checked: true }),
    h("span", {}, t("login.device"), h("small", {}, t("login.device_what")))));
}

/** Whoever is in already, but has to change the password first, gets to that form at once. */
async function lookWhoIsIn() {
  if (subject !== "change") return;
  const answer = await get("/api/session").catch(() => null);
  if (answer?.user.must_change) enter(answer, null);
}

byId("login-form").addEventListener("submit", signIn);
const other = language === "en" ? "zh-CN" : "en";
fill(byId("login-language"), h("button", {
  type: "button", class: "link", onclick: () => setLanguage(other),
}, t("login.other_language")));
offerDevice();
await lookWhoIsIn();
document.documentElement.dataset.ready = "true";
