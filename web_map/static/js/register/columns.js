/** Which columns the list shows. */

import { h } from "../dom.js";
import { closeDialog, openDialog } from "../office/dialog.js";
import { doing } from "../office/fields.js";
import { language, t } from "../text.js";
import { CHOSEN } from "./address.js";

/** The heading of a column in the page's language. */
export const heading = (column) => (language === "en" ? column.en : column.zh);

/** Opens the choice of columns; `change(shorts)` hears of it. */
export function openColumns(view, columns, change) {
  const form = h("form", { class: "pick-form", onsubmit: (event) => event.preventDefault() },
    h("fieldset", { class: "pick columns" }, h("div", {}, columns.map((column) => h("label", { class: "check" },
      h("input", { type: "checkbox", value: column.short, checked: view.columns.includes(column.short) }),
      h("span", {}, heading(column)))))));
  const finish = (shorts) => {
    closeDialog();
    change(shorts);
  };
  const apply = () => {
    const ticked = [...form.querySelectorAll("input:checked")].map((box) => box.value);
    const kept = view.columns.filter((short) => ticked.includes(short));
    finish(ticked.length ? [...new Set([...kept, ...ticked])] : CHOSEN);
  };
  openDialog(t("register.columns"), [h("p", { class: "quiet" }, t("register.columns_hint")), form], [
    doing(t("register.apply"), apply, "primary"), doing(t("register.columns_usual"), () => finish(CHOSEN)),
  ], "wide");
}
