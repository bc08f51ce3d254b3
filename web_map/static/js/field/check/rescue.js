/** When the phone cannot store: the check goes out at once, or into a file. */

import { ApiError, sentenceOf, send } from "../../api.js";
import { fill, h } from "../../dom.js";
import { t } from "../../text.js";
import { bodyOf } from "./save.js";

function saveFile(session) {
  const text = JSON.stringify({ id: session.draft.id, check: JSON.stringify(bodyOf(session)) });
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: address, download: `qingfei-check-${session.draft.id}.json` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
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
      h("button", { type: "button", class: "button", id: "fc-save-file", onclick: () => saveFile(session) }, t("fieldcheck.save_file"))),
    line);
}
