/** The form that changes one's own password; on the log-in page and on the page of one's account. */

import { send, sentenceOf } from "../api.js";
import { h } from "../dom.js";
import { doing, input, problemLine } from "../office/fields.js";
import { t } from "../text.js";

const valueOf = (field) => field.querySelector("input").value;

/**
 * Makes the form. `known` is the old password where it was typed a moment ago; `ondone()` runs once
 * the new one is kept.
 */
export function passwordForm(ondone, known = null) {
  const secret = (autocomplete) => ({ type: "password", autocomplete, maxlength: 200, required: true });
  const old = input("old-password", t("login.old"), "", secret("current-password"));
  const fresh = input("new-password", t("login.new"), "", { ...secret("new-password"), "aria-describedby": "password-rule" });
  const again = input("new-again", t("login.again"), "", secret("new-password"));
  const problem = problemLine();
  const change = doing(t("login.change"), async () => {
    problem.say("");
    const before = known ?? valueOf(old);
    if (!before || !valueOf(fresh)) return problem.say(t("login.all_three"));
    if (valueOf(fresh) !== valueOf(again)) return problem.say(t("login.differ"));
    try {
      await send("PUT", "/api/account/password", { old: before, new: valueOf(fresh) });
      for (const field of [old, fresh, again]) field.querySelector("input").value = "";
      return await ondone();
    } catch (trouble) {
      return problem.say(sentenceOf(trouble));
    }
  }, "primary wide");
  change.id = "change-password";
  const form = h("form", { class: "password-form", id: "password-form", novalidate: true },
    known === null && old, fresh, h("p", { class: "quiet", id: "password-rule" }, t("login.rule")), again, problem, change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => event.key === "Enter" && event.target.tagName === "INPUT" && change.click());
  return form;
}
