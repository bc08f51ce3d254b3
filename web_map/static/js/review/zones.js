/** Ignore zones: the list, drawing one on the map, bringing some in from a file, ending one. */

import { ApiError, get, put, sentenceOf } from "../api.js";
import { badge, fill, h, select } from "../dom.js";
import { newId } from "../new_id.js";
import { showDone } from "../notice.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing, input, problemLine } from "../office/fields.js";
import { on, tell } from "../store.js";
import { area, number, t, term, today, wordsOf } from "../text.js";
import { arrange, now } from "./model.js";
import { drawOn } from "./zone_draw.js";

const lines = (id, label) => h("label", { class: "field", for: id }, h("span", {}, label), h("textarea", { id, rows: 2, maxlength: 500 }));

async function reload() {
  const district = now.district.code;
  const [{ zones }, answer] = await Promise.all([get("/api/zones", { district }), get(`/api/runs/${now.run.id}/review`, now.only ? { only: now.only } : {})]);
  now.zones = zones;
  for (const find of answer.finds) Object.assign(now.byId.get(find.id) || {}, find);
  arrange();
  tell("review-zones");
  tell("review-order");
}

function about() {
  const kinds = wordsOf("ZoneKind");
  const said = { kind: kinds[0][0] };
  const parts = [
    input("zone-name", t("zones.name"), "", { maxlength: 80 }), select("zone-kind", t("zones.kind"), kinds, said.kind, (value) => { said.kind = value; }),
    lines("zone-reason", t("zones.reason")),
    h("div", { class: "form-grid" }, input("zone-from", t("zones.from"), today(), { type: "date" }), input("zone-until", t("zones.until"), "", { type: "date" })),
  ];
  const value = (id) => document.getElementById(id).value;
  const read = () => ({
    district: now.district.code, name: value("zone-name"), kind: said.kind, reason: value("zone-reason"),
    valid_from: value("zone-from") || null, valid_until: value("zone-until") || null,
  });
  return { parts, read };
}

function ask(title, more, store) {
  const form = about();
  const problem = problemLine();
  const send = doing(t("zones.store"), async () => {
    problem.say("");
    try {
      const missing = await store(form.read());
      if (typeof missing === "string") {
        problem.say(missing);
        return;
      }
      closeDialog();
      showDone(t("zones.stored"));
      await reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  send.id = "zone-store";
  openDialog(title, [h("p", { class: "hint" }, t("zones.hint")), more, form.parts, problem], [send], "wide");
  document.getElementById("zone-name").focus();
}

function drawOne(map) {
  drawOn(map, (outline) => {
    const id = newId();
    ask(t("zones.draw"), null, (said) => put(`/api/zones/${id}`, { ...said, outline }));
  });
}

async function sendFile(id, file, said) {
  const form = new FormData();
  form.append("file", file);
  form.append("about", JSON.stringify(said));
  const response = await fetch(`/api/zones/files/${id}`, { method: "PUT", body: form, headers: { "X-Requested-With": "qingfei" } }).catch(() => null);
  if (response?.ok) return;
  const body = await response?.json().catch(() => null);
  throw new ApiError(response?.status ?? 0, body);
}

function fromFile() {
  const id = newId();
  const picked = h("input", { type: "file", id: "zone-file", accept: ".geojson,.json,.gpkg,.zip,.shp" });
  const more = h("label", { class: "field", for: "zone-file" }, h("span", {}, t("zones.file")), picked);
  ask(t("zones.import"), more, (said) => {
    return picked.files.length ? sendFile(id, picked.files[0], said) : t("zones.file_missing");
  });
}

function endOne(zone) {
  const problem = problemLine();
  const reason = lines("zone-end-reason", t("zones.end_reason"));
  const send = doing(t("zones.end"), async () => {
    try {
      await put(`/api/zones/${zone.id}/end`, { reason: reason.querySelector("textarea").value });
      closeDialog();
      await reload();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }, "primary");
  openDialog(t("zones.end_of", { name: zone.name }), [h("p", { class: "hint" }, t("zones.end_hint", { n: number(zone.covers) })), reason, problem], [send]);
}

function line(zone, map, mayEdit) {
  const days = zone.valid_until ? t("zones.days", { from: zone.valid_from, until: zone.valid_until }) : t("zones.since", { from: zone.valid_from });
  const [west, south, east, north] = zone.bounds;
  return h("li", { class: "rv-zone" },
    h("button", { type: "button", class: "link", onclick: () => map.map.fitBounds([[south, west], [north, east]], { maxZoom: 16 }) }, zone.name), badge(term("ZoneKind", zone.kind), {}, "badge-plain"),
    h("span", { class: "quiet" }, [area(zone.area_m2), t("zones.covers", { n: number(zone.covers) }), days, !zone.is_in_force && t("zones.not_yet"), zone.reason].filter(Boolean).join(" · ")),
    mayEdit && h("button", { type: "button", class: "button", "aria-label": t("zones.end_of", { name: zone.name }), onclick: () => endOne(zone) }, t("zones.end")));
}

/** Draws the card of the zones. */
export function zonesCard(map) {
  const mayEdit = now.user.rights.includes("EDIT");
  const list = h("ul", { class: "plain rv-zones" });
  const title = h("summary", {});
  const draw = () => {
    fill(title, t("zones.title", { n: number(now.zones.length) }));
    fill(list, now.zones.length ? now.zones.map((zone) => line(zone, map, mayEdit)) : h("li", { class: "quiet" }, t("zones.none")));
  };
  on("review-zones", draw);
  draw();
  return h("details", { class: "card rv-zone-card", id: "zone-card" }, title, list,
    mayEdit && h("div", { class: "buttons" }, h("button", { type: "button", id: "zone-draw", class: "button", onclick: () => drawOne(map) }, t("zones.draw")),
      h("button", { type: "button", id: "zone-import", class: "button", onclick: fromFile }, t("zones.import"))));
}
