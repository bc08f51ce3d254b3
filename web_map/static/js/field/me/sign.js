/** The form that opens a session on the phone. */

import { sentenceOf } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { signIn } from "../me.js";

function field(name, label, type, value = "") {
  const box = h("input", {
    type, name, value, required: true, autocomplete: type === "password" ? "current-password" : "username",
    autocapitalize: "none", spellcheck: "false",
  });
  return h("label", { class: "field" }, h("span", {}, label), box);
}

/** The form; `name` is filled in, `done` is called once signed in. */
export function signForm(name, done) {
  const problem = h("p", { class: "field-error", role: "alert" });
  const button = h("button", { type: "submit", class: "button primary wide tall", id: "sign-in" }, t("login.submit"));
  const form = h("form", { class: "card", id: "sign-form", novalidate: true },
    field("username", t("login.username"), "text", name), field("password", t("login.password"), "password"), problem, button);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const username = form.elements.username.value.trim();
    const password = form.elements.password.value;
    if (!username || !password) {
      fill(problem, t("login.missing"));
      return;
    }
    fill(problem);
    button.disabled = true;
    try {
      await signIn(username, password);
      await done();
    } catch (trouble) {
      if (trouble.code === "password_to_be_changed") location.assign("/login?next=/field");
      fill(problem, sentenceOf(trouble));
    }
    button.disabled = false;
  });
  return form;
}
