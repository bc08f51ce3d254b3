/** Detection in batches: all of them with the form of a new one, one of them, or what many cost. */

import { startOffice, startPlainOffice } from "../office/office.js";
import { subject } from "../text.js";
import { drawBatch } from "./batch.js";
import { drawCosts } from "./costs.js";
import { drawList } from "./list.js";

const mayStart = (here) => here.user.rights.includes("EDIT");

if (subject === "costs") startPlainOffice((here) => drawCosts(here.desk));
else if (subject) startPlainOffice((here) => drawBatch(here.desk, subject, mayStart(here)));
else startOffice((here) => drawList(here.desk, here.district, mayStart(here)));
