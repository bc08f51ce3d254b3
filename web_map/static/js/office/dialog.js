/** The one dialog of a page. */

import { byId, fill, h } from "../dom.js";
import { t } from "../text.js";

const held = { isTouched: false };

/** Asks before the page is left while a form in the dialog holds what was typed. */
function guard(dialog) {
  if (dialog.dataset.guarded) return;
  dialog.dataset.guarded = "true";
  dialog.addEventListener("input", () => { held.isTouched = true; });
  addEventListener("beforeunload", (event) => {
    if (dialog.open && held.isTouched) event.preventDefault();
  });
}

/** Opens the dialog with a title, its parts and its buttons; a button to close comes last. */
export function openDialog(title, parts, buttons = [], kind = "") {
  const dialog = byId("dialog");
  guard(dialog);
  held.isTouched = false;
  dialog.className = `dialog ${kind}`;
  fill(dialog, h("h2", {}, title), parts, h("div", { class: "dialog-buttons" }, buttons,
    h("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("action.close"))));
  dialog.showModal();
  return dialog;
}

/** Closes the dialog. */
export function closeDialog() {
  byId("dialog").close();
}
