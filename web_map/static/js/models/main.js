/** The models: what each is, how good, which of them detection may use; and what the field taught. */

import { get, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { startOffice } from "../office/office.js";
import { number, t } from "../text.js";
import { modelCard } from "./card.js";
import { drawRetraining } from "./retrain.js";
import { drawSets } from "./sets.js";

const ORDER = ["PUBLISHED", "DRAFT", "WITHDRAWN"];
const DECIDERS = new Set(["REVIEWER", "ADMINISTRATOR"]);

startOffice(async ({ user, district, desk }) => {
  const mayDecide = DECIDERS.has(user.role);
  const line = h("div", {});
  const list = h("div", { class: "models" });
  const judges = h("div", { class: "models", id: "judges" });
  const training = h("section", { class: "card", id: "training-card" });
  const sets = h("section", { class: "card", id: "sets-card" });
  fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("models.title")), line), list, training, sets, judges);

  async function load() {
    try {
      const found = await get("/api/models");
      const inOrder = found.items.sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
      const [ground, told] = ["GROUND", "CHANGE"].map((tells) => inOrder.filter((one) => one.tells === tells));
      const now = { mayDecide, published: found.published, load };
      fill(line, h("p", { class: "desk-line" }, t("models.published_n", { n: number(found.published) }), " · ", t("models.line"),
        !mayDecide && ` ${t("models.only_reviewers")}`));
      fill(list,
        ground.length > 0 && !found.published && h("p", { class: "models-warning", role: "status" }, t("models.none_published")),
        ground.length ? ground.map((one) => modelCard(one, now)) : state("empty", t("models.none")));
      fill(judges, h("section", { class: "card" }, h("h2", {}, t("models.judges")), h("p", { class: "quiet sets-what" }, t("models.judges_line")),
        !told.length && h("p", {}, t("models.judges_none"))), told.map((one) => modelCard(one, now)));
    } catch (problem) {
      fill(list, state("error", sentenceOf(problem)));
    }
  }
  const anew = () => Promise.all([load(), drawSets(sets, district, mayDecide)]);
  await Promise.all([anew(), drawRetraining(training, district, user.rights.includes("EDIT"), anew)]);
});
