/** The form of a new batch: scenes, a published model, a name, limits, and how it is gone about. */

import { get, put, sentenceOf } from "../api.js";
import { h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { doing, input, problemLine, tick } from "../office/fields.js";
import { number, t, today } from "../text.js";

const lacking = (scene, { model, judge }) => [...new Set([...(model?.bands ?? []), ...(judge?.bands ?? [])])].filter((band) => !scene.bands.includes(band));

function sceneRow(scene, isChosen, wanted, onchange) {
  const lacks = lacking(scene, wanted);
  return h("label", { class: `run-scene ${lacks.length ? "is-unfit" : ""}`, for: `scene-${scene.id}` },
    h("input", { id: `scene-${scene.id}`, type: "checkbox", checked: isChosen && !lacks.length, disabled: lacks.length > 0, onchange }),
    h("span", { class: "run-scene-name" }, scene.name),
    h("span", { class: "quiet" }, [scene.acquired_on || t("runs.undated"), scene.sensor, t("runs.size", { w: number(scene.width), h: number(scene.height) })].join(" · ")),
    lacks.length > 0 && h("span", { class: "run-lacks" }, t("runs.lacks", { bands: lacks.join(", ") })));
}

/** The ways of going about it, each with a line that says what it does. */
function ways(zones, onchange) {
  const way = (id, label, hint, isOn, isFree = true) => {
    const box = tick(id, label, isOn, onchange);
    box.querySelector("input").disabled = !isFree;
    box.querySelector("input").setAttribute("aria-describedby", `${id}-hint`);
    return h("div", { class: "run-way" }, box, h("p", { class: "quiet", id: `${id}-hint` }, hint));
  };
  return h("div", { class: "run-ways", role: "group", "aria-label": t("runs.ways") },
    way("run-zones", t("runs.zones"), zones ? t("runs.zones_hint", { n: number(zones) }) : t("runs.zones_none"), zones > 0, zones > 0),
    way("run-mask", t("runs.mask"), t("runs.mask_hint"), true),
    way("run-quick", t("runs.quick"), t("runs.quick_hint"), false));
}

/** Returns the card of the form; sending it leads to the new batch's own page. */
export async function formCard(district) {
  const choices = await get("/api/batches/choices", { district: district.code });
  const why = !choices.scenes.length ? t("runs.no_scenes") : !choices.models.length ? t("runs.no_models") : "";
  if (why) return h("section", { class: "card" }, h("h2", {}, t("runs.start_title")), h("p", { class: "quiet" }, why));
  const now = { model: choices.models[0], judge: null, chosen: new Set(), id: newId() };
  const problem = problemLine();
  const rows = h("div", { class: "run-scenes", role: "group", "aria-label": t("runs.scenes") });
  const count = h("span", { class: "quiet", "aria-live": "polite" });

  function tell() {
    count.textContent = t("runs.chosen", { n: now.chosen.size, all: choices.scenes.length });
    now.id = newId(); // another wish is another batch
  }
  function draw() {
    rows.replaceChildren(...choices.scenes.map((scene) => {
      if (lacking(scene, now).length) now.chosen.delete(scene.id);
      return sceneRow(scene, now.chosen.has(scene.id), now, (event) => {
        now.chosen[event.target.checked ? "add" : "delete"](scene.id);
        tell();
      });
    }));
    tell();
  }
  const all = () => {
    for (const scene of choices.scenes) now.chosen.add(scene.id);
    draw();
  };
  const none = () => {
    now.chosen.clear();
    draw();
  };
  const name = input("run-name", t("runs.name"), t("runs.name_of_day", { day: today() }), { maxlength: 100, required: true, oninput: tell });
  const area = input("run-area", t("runs.min_area"), choices.min_area_m2, { type: "number", min: 0, step: 100, oninput: tell });
  const confidence = input("run-confidence", t("runs.min_confidence"), 0, { type: "number", min: 0, max: 1, step: 0.05, oninput: tell });
  const threads = input("run-threads", t("runs.threads"), choices.threads, { type: "number", min: 1, max: 64, oninput: tell });
  const model = select("run-model", t("runs.model"), choices.models.map((one) => [one.id, one.name]), now.model.id, (id) => {
    now.model = choices.models.find((one) => one.id === id);
    draw();
  });
  const judge = select("run-kinds", t("runs.kinds"), [["", t("runs.kinds_none")], ...choices.judges.map((one) => [one.id, one.name])], "", (id) => {
    now.judge = choices.judges.find((one) => one.id === id) ?? null;
    draw();
  });
  const manner = ways(choices.zones, tell);
  const value = (field) => field.querySelector("input").value;
  const isOn = (id) => manner.querySelector(`#${id}`).checked;

  async function start() {
    problem.say("");
    if (!value(name).trim()) return problem.say(t("runs.needs_name"));
    if (!now.chosen.size) return problem.say(t("runs.needs_scenes"));
    try {
      const batch = await put(`/api/batches/${now.id}`, {
        district: district.code, name: value(name), model: now.model.id, kinds: now.judge?.id ?? null,
        scenes: choices.scenes.map((one) => one.id).filter((id) => now.chosen.has(id)),
        min_area_m2: Number(value(area)), min_confidence: Number(value(confidence)), threads: Number(value(threads)),
        quick: isOn("run-quick"), masked: isOn("run-mask"), zones: isOn("run-zones"),
      });
      location.assign(`/runs/${batch.id}`);
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    return undefined;
  }
  draw();
  return h("section", { class: "card", id: "run-form" }, h("h2", {}, t("runs.start_title")),
    h("div", { class: "form-grid" }, name, model, judge, area, confidence, threads),
    h("p", { class: "quiet" }, choices.judges.length ? t("runs.kinds_hint") : t("runs.kinds_unpublished")),
    h("div", { class: "run-choose" }, h("strong", {}, t("runs.scenes")), count,
      h("button", { type: "button", class: "button", onclick: all }, t("runs.all")),
      h("button", { type: "button", class: "button", onclick: none }, t("runs.clear"))),
    rows, manner, problem, h("div", { class: "buttons" }, doing(t("runs.start"), start, "primary")));
}
