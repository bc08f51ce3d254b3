/** Where the rows lie: how the numbers are read, what they refer to, and a small picture of both. */

import { h, select, svg } from "../dom.js";
import { number, t, term, wordsOf } from "../text.js";

const WIDTH = 360;
const HEIGHT = 240;

function frame(position) {
  const all = [...position.district.flat(), ...position.points];
  const xs = all.map(([x]) => x);
  const ys = all.map(([, y]) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const squeeze = Math.cos(((low + high) / 2) * Math.PI / 180);
  const scale = 0.92 * Math.min(WIDTH / ((right - left) * squeeze || 1e-9), HEIGHT / (high - low || 1e-9));
  const middle = [(left + right) / 2, (low + high) / 2];
  return ([x, y]) => [WIDTH / 2 + (x - middle[0]) * squeeze * scale, HEIGHT / 2 - (y - middle[1]) * scale];
}

function preview(position) {
  if (!position.points.length) return null;
  const at = frame(position);
  const path = (ring) => `M${ring.map((point) => at(point).map((n) => n.toFixed(1)).join(",")).join("L")}Z`;
  return svg("svg", { class: "import-preview", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("import.preview") },
    position.district.map((ring) => svg("path", { class: "import-district", d: path(ring) })),
    position.points.map((point) => {
      const [cx, cy] = at(point);
      return svg("circle", { class: "import-point", cx: cx.toFixed(1), cy: cy.toFixed(1), r: 3 });
    }));
}

function wayName(way) {
  const axes = term("Axes", way.axes);
  const share = t("import.inside", { inside: number(way.inside), all: number(way.points) });
  return way.epsg === 4490 ? `${axes} · ${share}` : `${axes} · EPSG:${way.epsg} · ${share}`;
}

function wayChoice(position, change) {
  if (!position.ways.length) return null;
  const options = position.ways.map((way) => [way.code, wayName(way)]);
  return select("import-reading", t("import.reading"), options, position.reading, (value) => change({ reading: value }));
}

function datumChoice(position, change) {
  const isAsked = !position.has_shapes && !position.datum;
  const options = [["", t("import.datum_none")], ...wordsOf("Datum")];
  const label = isAsked ? t("import.datum_asked") : t("import.datum");
  const field = select("import-datum", label, options, position.datum || "", (value) => change({ datum: value || undefined }));
  if (isAsked) field.classList.add("import-asked");
  return field;
}

function crsField(position, change) {
  if (!position.has_shapes) return null;
  const known = position.epsg ? t("import.crs_said", { name: position.crs_name || `EPSG:${position.epsg}` }) : t("import.crs_none");
  const box = h("input", {
    id: "import-epsg", type: "number", min: 1024, max: 32767, value: position.epsg || "",
    onchange: (event) => change({ epsg: Number(event.target.value) || undefined }),
  });
  return h("label", { class: "field", for: "import-epsg" }, h("span", {}, known), box);
}

function hints(position, change) {
  const found = [];
  if (position.suggested && !position.datum) {
    const { datum, metres } = position.suggested;
    found.push(h("p", { class: "notice-line" }, t("import.datum_suggested", { datum: term("Datum", datum), metres }),
      h("button", { type: "button", class: "button", onclick: () => change({ datum }) }, t("import.take"))));
  } else if (position.hint && !position.datum) {
    found.push(h("p", { class: "notice-line" }, t("import.datum_hint", { datum: term("Datum", position.hint) }),
      h("button", { type: "button", class: "button", onclick: () => change({ datum: position.hint }) }, t("import.take"))));
  }
  return found;
}

/** The card of places. */
export function placesCard(found, change) {
  const { position } = found;
  return h("section", { class: "card", id: "import-places" },
    h("h2", {}, t("import.places")),
    h("p", { class: "desk-line" }, t("import.places_line")),
    h("div", { class: "import-places" },
      h("div", { class: "import-asks" }, wayChoice(position, change), crsField(position, change), datumChoice(position, change), hints(position, change)),
      preview(position)));
}
