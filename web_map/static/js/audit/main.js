/** The office's page of audit. */

import { fill } from "../dom.js";
import { startPlainOffice } from "../office/office.js";

startPlainOffice(async ({ desk }) => fill(desk));
