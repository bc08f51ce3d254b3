/** The bar at the top: district, exports, copy link, help, language, session. */

import { download, sentenceOf } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { startMenu } from "./menu.js";
import { showDone } from "./notice.js";
import { now, on, tell } from "./store.js";
import { pick, t, today } from "./text.js";

function exportForm(dialog) {
  const asOf = h("input", { type: "date", id: "as-of", value: today(), max: today() });
  const problem = h("p", { class: "field-error", role: "alert", hidden: true });
  const fetchFile = (format) => async (event) => {
    const button = event.currentTarget;
    problem.hidden = true;
    button.disabled = true;
    button.classList.add("busy");
    const query = new URLSearchParams({ format, district: now.district.code });
    if (asOf.value) query.set("as_of", asOf.value);
    try {
      await download(`/api/inventory?${query}`, `${now.district.code}_${asOf.value}.${format}`);
      dialog.close();
      showDone(t("export.done"));
    } catch (trouble) {
      problem.textContent = sentenceOf(trouble);
      problem.hidden = false;
    }
    button.disabled = false;
    button.classList.remove("busy");
  };
  fill(dialog, h("h2", {}, t("export.title")),
    h("p", {}, t("export.what", { district: pick(now.district, "name") })),
    h("label", { class: "field", for: "as-of" }, h("span", {}, t("export.as_of")), asOf),
    problem,
    h("div", { class: "dialog-buttons" },
      h("button", { type: "button", class: "button primary", id: "export-xlsx", onclick: fetchFile("xlsx") }, t("export.xlsx")),
      h("button", { type: "button", class: "button primary", id: "export-gpkg", onclick: fetchFile("gpkg") }, t("export.gpkg")),
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("action.close"))));
}

function openExport() {
  const dialog = byId("dialog");
  exportForm(dialog);
  dialog.showModal();
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    showDone(t("link.copied"));
  } catch {
    const dialog = byId("dialog");
    const box = h("input", { type: "text", readonly: true, value: location.href, "aria-label": t("link.copy") });
    fill(dialog, h("h2", {}, t("link.copy")), h("p", {}, t("link.by_hand")), box, h("div", { class: "dialog-buttons" },
      h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("action.close"))));
    dialog.showModal();
    box.select();
  }
}

function districtSwitch() {
  return h("label", { class: "bar-field" }, h("span", { class: "hidden-text" }, t("district.label")),
    h("select", {
      id: "district", "aria-label": t("district.label"), onchange: (event) => tell("go", event.target.value),
    }, now.districts.map((one) => h("option", { value: one.code, selected: one.code === now.district.code }, pick(one, "name")))));
}

/** Draws the bar. */
export function startHeader() {
  startMenu(now.user, h("button", { type: "button", class: "menu-item", onclick: copyLink }, t("link.copy")));
  const draw = () => fill(byId("bar-tools"), districtSwitch(),
    now.district.is_demo && h("span", { class: "badge badge-demo", title: t("demo.district") }, t("demo.badge")),
    h("button", { type: "button", class: "bar-button", id: "export", onclick: openExport }, t("export.button")));
  draw();
  on("district", draw);
}
