/** The photos of a check: taken or chosen, kept on the phone at once, taken out and put back. */

import { fill, h } from "../../dom.js";
import { length, number, t } from "../../text.js";
import { part } from "../check/widgets.js";
import { offOutline_m } from "../check/shape.js";
import { keepWithPhoto } from "../check/draft.js";
import { kept } from "../check/locate.js";
import { get } from "../db.js";
import { watchCompass } from "../list/compass.js";
import { hasRoom, storeProblem, taken } from "./intake.js";
import { noPicture, small } from "./thumb.js";

const MEGA = 1000000;
const POINTED_MS = 5000;

function sentence(problem, file, most) {
  return {
    large: t("photo.too_large", { name: file.name, size: number(file.size / MEGA), most: number(most / MEGA) }),
    empty: t("photo.empty", { name: file.name }),
    unreadable: t("photo.unreadable", { name: file.name }),
    full: t("photo.full", { name: file.name }),
    refused: t("photo.refused", { name: file.name }),
    many: t("photo.too_many", { name: file.name }),
  }[problem];
}

function saveFile(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** The card of a session; `place` knows where the phone is. Returns { element, stop }. */
export function photoCard(session, place) {
  const grid = h("div", { class: "fc-photos" });
  const trouble = h("div", { role: "alert" });
  const pictures = new Map();
  let pointed = null;
  const stopCompass = watchCompass((degrees) => { pointed = { degrees, at: Date.now() }; });
  const heading = () => (pointed && Date.now() - pointed.at < POINTED_MS ? Number(pointed.degrees.toFixed(1)) : null);

  function complain(problem, file, unkept) {
    const most = session.rules.limits.photo_most_bytes;
    const line = h("div", { class: "fc-hard", "data-problem": problem }, h("span", {}, sentence(problem, file, most)));
    if (unkept) {
      const again = async () => {
        line.remove();
        await store(unkept, file);
      };
      line.append(h("div", { class: "fc-buttons" },
        h("button", { type: "button", class: "button", onclick: again }, t("photo.try_again")),
        h("button", { type: "button", class: "button", onclick: () => saveFile(unkept.blob, file.name) }, t("photo.save_file"))));
    }
    trouble.append(line);
  }

  async function store(found, file) {
    const { id } = found.photo;
    const draft = () => ({ ...session.draft, photos: [...session.draft.photos.filter((one) => one.id !== id), found.photo] });
    try {
      await session.settled();
      await keepWithPhoto(draft(), id, found.blob);
    } catch (problem) {
      complain(storeProblem(problem), file, found);
      return;
    }
    session.set({ photos: draft().photos });
    if (found.photo.source === "CAMERA") place.take("PHOTO");
  }

  async function take(event, source) {
    const { limits } = session.rules;
    const files = [...event.target.files];
    event.target.value = "";
    trouble.replaceChildren();
    for (const file of files) {
      const count = session.draft.photos.filter((one) => !one.is_removed).length;
      if (count >= limits.photos_most) {
        complain("many", file);
        continue;
      }
      const fix = source === "CAMERA" ? place.latest() : null;
      const found = await taken(file, {
        source, most_bytes: limits.photo_most_bytes, fix: fix && kept(fix, "PHOTO"), heading_deg: source === "CAMERA" ? heading() : null,
      });
      if (found.problem) complain(found.problem, file);
      else if (session.draft.photos.some((one) => one.sha256 === found.photo.sha256 && !one.is_removed)) continue;
      else if (await hasRoom(file.size)) await store(found, file);
      else complain("full", file, found);
    }
  }

  async function picture(photo) {
    if (!pictures.has(photo.id)) {
      const row = await get("blobs", photo.id);
      pictures.set(photo.id, row && (await small(row.blob, photo.file_name)));
    }
    return pictures.get(photo.id) || noPicture(photo.file_name);
  }

  const turn = (photo, isRemoved) => session.set({
    photos: session.draft.photos.map((one) => (one.id === photo.id ? { ...one, is_removed: isRemoved } : one)),
  });

  function facts(photo) {
    const off = photo.fix && offOutline_m(session.place.outline, [photo.fix.lon, photo.fix.lat]);
    return h("small", {}, t("photo.size", { size: number(Math.max(0.1, photo.size_bytes / MEGA), 1) }),
      off !== null && [" · ", off === 0 ? t("photo.inside") : t("photo.off", { distance: length(off) })],
      photo.heading_deg !== null && [" · ", t("photo.heading", { degrees: number(photo.heading_deg) })]);
  }

  async function tile(photo) {
    if (photo.is_removed) {
      return h("figure", { class: "fc-photo fc-gone" }, h("p", {}, t("photo.removed")),
        h("button", { type: "button", class: "button", onclick: () => turn(photo, false) }, t("photo.put_back")));
    }
    const isUnsure = photo.kind === "heic" || photo.kind === "other";
    return h("figure", { class: "fc-photo", "data-photo": photo.id }, await picture(photo), h("figcaption", {}, facts(photo),
      isUnsure && h("small", { class: "fc-note" }, t("photo.maybe_not"))),
    h("button", { type: "button", class: "button", "aria-label": t("photo.remove_name", { name: photo.file_name }), onclick: () => turn(photo, true) }, t("photo.remove")));
  }

  let turnOf = 0;
  async function draw() {
    const mine = ++turnOf;
    const tiles = await Promise.all(session.draft.photos.map(tile));
    if (mine === turnOf) fill(grid, tiles);
  }

  const input = (id, source, more) => h("input", {
    type: "file", accept: "image/*", id, class: "hidden-text", tabindex: "-1", "aria-hidden": "true", onchange: (event) => void take(event, source), ...more,
  });
  const camera = input("fc-camera", "CAMERA", { capture: "environment" });
  const gallery = input("fc-gallery", "CHOSEN", { multiple: true });
  const element = part("photos", t("photo.title"), h("div", { class: "fc-buttons fc-two" },
    h("button", { type: "button", class: "button primary", id: "fc-take", onclick: () => camera.click() }, t("photo.take")),
    h("button", { type: "button", class: "button", id: "fc-choose", onclick: () => gallery.click() }, t("photo.choose"))),
  camera, gallery, grid, trouble);
  void draw();
  const hear = (names) => names.has("photos") && void draw();
  session.listeners.add(hear);
  return {
    element,
    stop() {
      stopCompass();
      session.listeners.delete(hear);
    },
  };
}
