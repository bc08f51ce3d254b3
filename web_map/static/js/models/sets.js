/** The frozen sets of field checks, and what waits for the next. */

import { get, send, sentenceOf } from "../api.js";
import { fill, h, state } from "../dom.js";
import { showDone } from "../notice.js";
import { doing, problemLine } from "../office/fields.js";
import { grid } from "../office/grid.js";
import { classOf, number, t, term } from "../text.js";

const counted = (counts, name) => Object.entries(counts).map(([key, n]) => h("div", {}, `${name(key)} ${number(n)}`));

function columns() {
  return [
    { key: "name", title: t("models.set"), cell: (one) => h("span", { class: "strong" }, one.name) },
    { key: "as_of", title: t("models.as_of"), cell: (one) => one.as_of },
    { key: "samples", title: t("models.n_samples"), align: "right", cell: (one) => number(one.samples) },
    { key: "taught", title: t("models.n_taught"), align: "right", cell: (one) => number(one.taught - one.kept_back) },
    { key: "kept", title: t("models.n_kept"), align: "right", cell: (one) => number(one.kept_back) },
    { key: "labels", title: t("models.labels"), cell: (one) => counted(one.labels, (name) => classOf(name).label) },
    { key: "out", title: t("models.n_out"), cell: (one) => counted(one.left_out, (why) => term("LeftOut", why)) },
    { key: "by", title: t("models.by"), cell: (one) => one.made_by },
  ];
}

/** Draws the sets of a district into `card`. */
export async function drawSets(card, district, mayDecide) {
  const body = h("div", {});
  const problem = problemLine();

  async function load() {
    try {
      const { items, waiting } = await get("/api/training-sets", { district: district.code });
      fill(body, h("p", { class: "sets-waiting" }, waiting ? t("models.waiting", { n: number(waiting) }) : items.length > 0 && t("models.waiting_none")),
        items.length ? grid({ columns: columns(), rows: items, label: t("models.sets") }) : h("p", { class: "quiet" }, t("models.no_set")));
    } catch (fault) {
      fill(body, state("error", sentenceOf(fault)));
    }
  }

  async function freeze() {
    problem.say("");
    try {
      const made = await (await send("POST", "/api/training-sets", { district: district.code })).json();
      showDone(made.is_new ? t("models.frozen", { name: made.name, n: number(made.samples) }) : t("models.frozen_same", { name: made.name }));
      await load();
    } catch (fault) {
      problem.say(sentenceOf(fault));
    }
  }
  fill(card, h("h2", {}, t("models.sets")), h("p", { class: "quiet sets-what" }, t("models.sets_what")), body, problem,
    mayDecide && h("div", { class: "buttons" }, doing(t("models.freeze"), freeze)));
  await load();
}
