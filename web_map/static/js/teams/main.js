/** The office's page of teams. */

import { fill } from "../dom.js";
import { startOffice } from "../office/office.js";

startOffice(async ({ desk }) => fill(desk));
