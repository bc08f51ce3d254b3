/** What each role may do, as the server says it. */

import { h } from "../dom.js";
import { t, term, wordsOf } from "../text.js";

/** The table of roles and rights. */
export function roleTable(roles) {
  const rights = wordsOf("Right");
  const cell = (may) => h("td", { class: may ? "may" : "may-not" }, may ? t("people.may") : t("people.may_not"));
  return h("section", { class: "card" }, h("h2", {}, t("people.roles")), h("p", { class: "hint" }, t("people.roles_what")),
    h("div", { class: "role-box", tabindex: "0", role: "region", "aria-label": t("people.roles") },
      h("table", { class: "roles" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("people.role")), rights.map(([, name]) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, roles.map((one) => h("tr", {}, h("th", { scope: "row" }, term("Role", one.role)),
          rights.map(([right]) => cell(one.rights.includes(right)))))))));
}

/** One line of what a role may do, for beside the choice of a role. */
export function rightsOf(roles, role) {
  const rights = roles.find((one) => one.role === role)?.rights || [];
  return rights.map((right) => term("Right", right)).join(t("people.between"));
}
