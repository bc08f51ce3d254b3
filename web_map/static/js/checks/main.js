/** The office's page of checks. */

import { fill, h } from "../dom.js";
import { startOffice } from "../office/office.js";
import { t } from "../text.js";
import { openImport } from "./import_file.js";

startOffice(async ({ desk }) => fill(desk, h("div", { class: "desk-head" }, h("h1", {}, t("nav.checks")),
  h("div", { class: "push" }, h("button", { type: "button", id: "import-file", class: "button", onclick: () => openImport() }, t("checks.import_open"))))));
