/** The parts of the form below the verdict; each is shown where one of its answers fits. */

import { fill, h } from "../../dom.js";
import { area, number, t, wordsOf } from "../../text.js";
import { classChoice } from "./classes.js";
import { drawOutline } from "./draw.js";
import { areaOf, worksOut } from "./mass.js";
import { choice, labelOf, numeric, part, words, yesNo } from "./widgets.js";
import { walkOutline } from "./walk.js";

const PITS = ["MINE_PIT", "SAND_PIT", "MINE"];

function options(question, allowed = null) {
  return wordsOf(question).filter(([value]) => !allowed || allowed.includes(value));
}

const choose = (session, name, list, more = {}) => choice(name, labelOf(session, name), list, {
  value: session.draft.answers[name], onchoose: (value) => session.answer(name, value), ...more,
});

async function kindPart(session) {
  const isPit = session.draft.verdict === "PIT";
  const kinds = isPit ? options("SiteKind", PITS) : [...options("SiteKind").filter(([value]) => !PITS.includes(value)), ...options("SiteKind", PITS)];
  const classes = isPit ? null : await classChoice(session);
  const kind = choose(session, "kind", kinds, { layout: "pairs", onchoose: (value) => {
    session.answer("kind", value);
    classes?.redraw();
  } });
  return [part("kind", t("fieldcheck.what"), kind), classes && part("waste_class", null, classes.element)];
}

function massPart(session) {
  const formula = h("p", { class: "fc-formula", role: "status" });
  const box = h("div", {});
  const back = h("button", { type: "button", class: "button", id: "fc-mass-worked", onclick: () => {
    const { mass_t: _, ...rest } = session.draft.typed;
    session.set({ is_mass_stated: false, typed: rest });
    own();
  } }, t("fieldcheck.take_worked_out"));
  const draw = () => {
    const { draft } = session;
    const found = worksOut(session.rules, draft.answers, areaOf(draft, session.place));
    fill(formula, found ? found.formula : t("fieldcheck.mass_needs"));
    back.hidden = !draft.is_mass_stated;
    const input = box.querySelector("input");
    if (input && !draft.is_mass_stated) input.value = draft.answers.mass_t ?? "";
  };
  function own() {
    fill(box, numeric(session, "mass_t", { onnumber: (value) => {
      session.draft = { ...session.draft, is_mass_stated: value !== null };
      session.answer("mass_t", value);
    } }));
    draw();
  }
  own();
  session.fieldListeners.add(draw);
  return part("mass", t("fieldcheck.mass"), formula, box, back);
}

function heightPart(session) {
  const hasShape = session.draft.verdict === "WASTE";
  return part("height", t("fieldcheck.size"), numeric(session, "height_m"), choose(session, "height_basis", options("HeightBasis")),
    hasShape && choose(session, "heap_shape", options("HeapShape"), { layout: "pairs" }));
}

function outlinePart(session) {
  const line = h("p", { role: "status" });
  const take = async (how, by) => {
    const found = await how(session);
    if (found) session.set({ outline: found.outline, area_m2: Math.round(found.area_m2 * 10) / 10, area_off_m2: found.plus_minus_m2 ?? null, outline_by: by });
  };
  const old = h("button", { type: "button", class: "button", id: "fc-outline-old", onclick: () => session.set({ outline: null, outline_by: null, area_m2: null }) }, t("fieldcheck.outline_old"));
  const draw = () => {
    const { draft, place } = session;
    old.hidden = !draft.outline;
    const known = { area: area(draft.area_m2), before: area(place.area_m2), off: area(draft.area_off_m2) };
    const walk = draft.walk?.points.length && !draft.outline ? t("fieldcheck.walk_begun", { n: number(draft.walk.points.length) }) : "";
    line.textContent = !draft.outline ? `${t("fieldcheck.outline_kept", known)} ${walk}`
      : draft.outline_by === "WALKED" && draft.area_off_m2 ? t("fieldcheck.outline_walked", known) : t("fieldcheck.outline_drawn", known);
  };
  draw();
  session.fieldListeners.add(draw);
  return part("outline", t("fieldcheck.outline"), line, h("div", { class: "fc-buttons fc-two" },
    h("button", { type: "button", class: "button", id: "fc-draw", onclick: () => take(drawOutline, "DRAWN") }, t("fieldcheck.draw")),
    h("button", { type: "button", class: "button", id: "fc-walk", onclick: () => take(walkOutline, "WALKED") }, t("fieldcheck.walk"))), old);
}

/** Builds what fits the session's verdict, in the order of the work on site. */
export async function partsOf(session, fit) {
  const some = (...names) => names.some((name) => fit.has(name));
  const asked = (...names) => names.filter((name) => fit.has(name)).map((name) => yesNo(session, name));
  return [
    some("kind") && (await kindPart(session)),
    some("look_alike") && part("look_alike", null, choose(session, "look_alike", options("LookAlike"), { layout: "pairs" })),
    some("unreachable_why") && part("unreachable_why", null, choose(session, "unreachable_why", options("Unreachable"), { layout: "wide" })),
    some("has_dust_control") && part("controls", t("fieldcheck.controls"), asked("has_dust_control", "has_runoff_control", "has_seepage_control")),
    some("has_odour") && part("senses", t("fieldcheck.senses"), asked("has_odour", "has_dust", "has_leachate", "is_dumping_active")),
    some("height_m") && heightPart(session),
    some("mass_t") && massPart(session),
    some("kind") && outlinePart(session),
    some("dwelling_distance_m") && part("around", t("fieldcheck.around"), numeric(session, "dwelling_distance_m"), words(session, "responsible_party")),
    part("note", null, words(session, "note", { rows: 3, most: session.rules.limits.note_most })),
    part("end", null),
  ];
}
