/** One's own account: what one may do and sees, where one is signed in, the password. */

import { get, sentenceOf } from "../api.js";
import { facts, fill, h, state } from "../dom.js";
import { problemLine } from "../office/fields.js";
import { startPlainOffice } from "../office/office.js";
import { showDone } from "../notice.js";
import { t, term } from "../text.js";
import { passwordForm } from "./password.js";
import { endAll, sessionTable } from "./sessions.js";

const ADDRESS = "/api/account/sessions";

function whoIAm(user) {
  const sees = [...user.towns, ...user.units].join(t("account.between"));
  return h("section", { class: "card" }, h("h2", {}, t("account.who")), facts([
    [t("account.username"), user.username], [t("account.name"), user.display_name],
    [t("account.role"), term("Role", user.role)],
    [t("account.rights"), user.rights.map((right) => term("Right", right)).join(t("account.between"))],
    [t("account.sees"), sees || t("account.everything")],
  ]), h("p", { class: "hint" }, t("account.ask")));
}

async function draw({ user, desk }) {
  const list = h("div", {});
  const problem = problemLine();
  async function load() {
    try {
      const { sessions } = await get(ADDRESS);
      const others = sessions.filter((one) => !one.is_current).length;
      fill(list, sessionTable(sessions, ADDRESS, problem, load),
        others > 0 && h("div", { class: "buttons" }, endAll(t("account.end_others"), ADDRESS, problem, load)));
    } catch (trouble) {
      fill(list, state("error", sentenceOf(trouble)));
    }
  }
  const changed = async () => {
    showDone(t("account.changed"));
    await load();
  };
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("account.title"))),
    h("div", { class: "columns" }, whoIAm(user),
      h("section", { class: "card" }, h("h2", {}, t("account.password")), h("p", { class: "hint" }, t("account.password_what")), passwordForm(changed))),
    h("section", { class: "card account-sessions" }, h("h2", {}, t("session.list")), h("p", { class: "hint" }, t("account.lost_phone")), problem, list));
  await load();
}

startPlainOffice(draw);
