/** An earlier list comes in: file, columns, places, report, matches, and then all of it or nothing. */

import { get, sentenceOf } from "../api.js";
import { fill, h, select, state } from "../dom.js";
import { newId } from "../new_id.js";
import { doing, input, problemLine } from "../office/fields.js";
import { startOffice } from "../office/office.js";
import { dropZone } from "../office/upload.js";
import { number, t } from "../text.js";
import { columnsCard } from "./columns.js";
import { matchesCard, stillOpen } from "./matches.js";
import { counted, pastCard } from "./past.js";
import { placesCard } from "./places.js";
import { reportCard } from "./report.js";
import { load, look, saveReport } from "./send.js";

const WRITERS = new Set(["ANALYST", "REVIEWER", "MANAGER", "ADMINISTRATOR"]);
const FILES = ".xlsx,.csv,.txt,.tsv,.zip,.gpkg,.geojson,.json";
const parts = { head: h("div"), file: h("div"), found: h("div", { id: "import-found", "aria-live": "polite" }), load: h("div"), past: h("div") };
const trouble = problemLine();
let job = null;
let here = null;

function newJob(file) {
  const name = file.name.replace(/\.[^.]+$/, "").slice(0, 100);
  job = { id: newId(), file, name, district: here.district.code, sheet: null, mapping: undefined, decisions: new Map(), found: null };
  check();
}

async function check() {
  const asked = job;
  trouble.say("");
  drawFile();
  parts.found.classList.add("is-busy");
  parts.found.inert = true; // what is chosen meanwhile would be lost with the answer
  if (!job.found) fill(parts.found, state("wait", t("import.looking")));
  try {
    const found = await look(asked);
    if (asked !== job) return;
    job.found = found;
    job.mapping = found.mapping;
    job.sheet = found.sheet;
    drawFound();
  } catch (problem) {
    if (asked !== job) return;
    trouble.say(sentenceOf(problem));
    if (!job.found) fill(parts.found);
  } finally {
    if (asked === job || !job) {
      parts.found.classList.remove("is-busy");
      parts.found.inert = false;
    }
    drawFile();
  }
}

function change(part, isWhole = false) {
  job.mapping = isWhole ? part : { ...job.mapping, ...part };
  again();
}

function again() {
  job = { ...job, id: newId(), decisions: new Map() };
  check();
}

function drawFile() {
  const picker = h("input", { type: "file", id: "import-file", accept: FILES, class: "hidden-text" });
  const choose = h("label", { class: job ? "button" : "button primary", for: "import-file" }, job ? t("import.other_file") : t("import.choose"));
  const zone = h("section", { class: job ? "card import-file" : "drop" }, picker,
    job ? h("strong", { class: "import-name" }, job.file.name) : h("p", {}, t("import.drop")),
    choose, job ? settings() : h("p", { class: "quiet" }, t("import.formats")), trouble);
  fill(parts.file, dropZone(zone, picker, newJob));
}

function settings() {
  const named = input("import-list-name", t("import.list_name"), job.name, {
    maxlength: 100, title: t("import.list_name_why"),
    onchange: (event) => {
      job.name = event.target.value.trim() || job.file.name;
      again();
    },
  });
  const sheets = job.found?.sheets || [];
  const sheet = sheets.length > 1 && select("import-sheet", t("import.sheet"), sheets.map((one) => [one, one]), job.found.sheet, (value) => {
    job.sheet = value;
    job.mapping = undefined;
    again();
  });
  return h("div", { class: "toolbar" }, named, sheet);
}

function drawFound() {
  const { found } = job;
  const saveWhole = () => saveReport(job, `${job.name}-${t("import.report")}.xlsx`).catch((problem) => trouble.say(sentenceOf(problem)));
  fill(parts.found, h("div", { class: "import-steps" },
    columnsCard(found, change, (text) => trouble.say(text)),
    placesCard(found, change),
    reportCard(found, saveWhole),
    matchesCard(found, job, drawLoad)));
  drawLoad();
}

function drawLoad() {
  const { found } = job;
  const waiting = stillOpen(found, job);
  const why = found.faults ? t("import.mend_first", { n: number(found.faults) })
    : waiting ? t("import.decide_first", { n: number(waiting) })
    : t("import.ready", { n: number(found.rows) });
  const press = doing(t("import.load"), bring, "primary");
  press.id = "import-load";
  press.disabled = Boolean(found.faults || waiting);
  fill(parts.load, h("section", { class: "card import-load" }, h("p", {}, why), press));
}

async function bring() {
  trouble.say("");
  try {
    const done = await load(job);
    job = null;
    drawFile();
    fill(parts.found, told(done));
    fill(parts.load);
    await drawPast();
  } catch (problem) {
    trouble.say(sentenceOf(problem));
    parts.file.scrollIntoView({ block: "start" });
  }
}

function told(done) {
  const text = done.is_new ? t("import.done", { name: done.name, n: number(done.rows) }) : t("import.done_before", { name: done.name });
  const link = h("a", { class: "button primary", href: `/register?district=${encodeURIComponent(here.district.code)}` }, t("import.to_list"));
  return h("section", { class: "card", id: "import-done" }, h("h2", {}, text), h("p", {}, counted(done.counts)), h("div", { class: "buttons" }, link));
}

async function drawPast() {
  const { items } = await get("/api/imports", { district: here.district.code });
  fill(parts.past, pastCard(items));
}

async function draw(about) {
  here = about;
  fill(parts.head, h("div", { class: "desk-head" }, h("h1", {}, t("import.title")), h("p", { class: "desk-line" }, t("import.line"))));
  const mayWrite = WRITERS.has(about.user.role);
  if (mayWrite) drawFile();
  else fill(parts.file, state("empty", t("import.not_yours")));
  fill(about.desk, parts.head, parts.file, parts.found, parts.load, parts.past);
  await drawPast();
}

startOffice(draw);
