/** When the phone cannot store: the check goes out at once, or into a file. */

import { ApiError, sentenceOf, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { nameOf } from "../list/items.js";
import { fileOf, handOver, pictureOf } from "../outbox/export.js";
import { rowsOf } from "../outbox/queue.js";
import { bodyOf } from "./save.js";

/** Writes the check and the photographs that the phone holds as the office's import reads them. */
async function saveFile(session) {
  const { draft, place } = session;
  const check = { id: draft.id, place_key: place.key, place_name: nameOf(place), body: bodyOf(session) };
  const rows = await rowsOf(check, draft.photos.filter((one) => !one.is_removed));
  const found = [];
  for (const row of rows) {
    const blob = row.kind === "photo" ? await pictureOf(row) : null;
    if (row.kind === "check" || blob) found.push({ row, blob });
  }
  await handOver(await fileOf(draft.owner, found, new Date().toISOString()));
}

async function sendNow(session, line) {
  const check = JSON.stringify(bodyOf(session));
  try {
    await send("PUT", `/api/field-checks/${session.draft.id}`, { check, sent_at: new Date().toISOString() });
    fill(line, t("fieldcheck.sent_now"));
  } catch (problem) {
    fill(line, problem instanceof ApiError ? problem.message : sentenceOf(problem));
  }
}

/** Says in red that nothing is stored, with two ways out; nothing where all is well. */
export function rescue(session) {
  if (!session.storage) return null;
  const line = h("p", { role: "status" });
  const isReady = Boolean(session.draft.verdict);
  return h("div", { class: "fc-hard fc-rescue", role: "alert" },
    h("p", {}, session.storage === "full" ? t("fieldcheck.storage_full") : t("fieldcheck.storage_refused")),
    isReady && h("div", { class: "fc-buttons" },
      h("button", { type: "button", class: "button", id: "fc-send-now", onclick: () => void sendNow(session, line) }, t("fieldcheck.send_now")),
      h("button", { type: "button", class: "button", id: "fc-save-file", onclick: () => void saveFile(session) }, t("fieldcheck.save_file"))),
    line);
}
