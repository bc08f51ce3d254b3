/** Detection in batches: all of them with the form of a new one, one of them, or what many cost. */

import { startOffice } from "../office/office.js";
import { subject } from "../text.js";
import { drawBatch } from "./batch.js";
import { drawCosts } from "./costs.js";
import { drawList } from "./list.js";

startOffice(async (here) => {
  const mayStart = here.user.rights.includes("EDIT");
  if (subject === "costs") await drawCosts(here.desk);
  else if (subject) await drawBatch(here.desk, subject, mayStart);
  else await drawList(here.desk, here.district, mayStart);
});
