/** The login page. */

import { send, sentenceOf } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { language, t } from "./text.js";
import { setLanguage } from "./language.js";

function next() {
  const wanted = new URLSearchParams(location.search).get("next") || "/";
  const target = new URL(wanted, location.origin);
  const isOurs = target.origin === location.origin && !target.pathname.startsWith("/login");
  const hash = target.hash || location.hash;
  return isOurs ? target.pathname + target.search + hash : "/";
}

function fail(text) {
  const line = byId("login-error");
  line.textContent = text;
  line.hidden = !text;
}

async function signIn(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("button");
  const username = form.username.value.trim();
  const password = form.password.value;
  if (!username || !password) {
    fail(t("login.missing"));
    (username ? form.password : form.username).focus();
    return;
  }
  fail("");
  button.disabled = true;
  button.textContent = t("login.busy");
  try {
    await send("POST", "/api/session", { username, password });
    location.assign(next());
  } catch (problem) {
    fail(sentenceOf(problem));
    button.disabled = false;
    button.textContent = t("login.submit");
    form.password.select();
  }
}

byId("login-form").addEventListener("submit", signIn);
const other = language === "en" ? "zh-CN" : "en";
fill(byId("login-language"), h("button", {
  type: "button", class: "link", onclick: () => setLanguage(other),
}, t("login.other_language")));
