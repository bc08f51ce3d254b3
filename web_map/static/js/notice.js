/** Short messages above the map: errors, receipts, no connection, an ended session. */

import { ApiError, sentenceOf } from "./api.js";
import { byId, h } from "./dom.js";
import { t } from "./text.js";

function show(kind, text, key, action) {
  const box = byId("notices");
  if (key) box.querySelector(`[data-key="${key}"]`)?.remove();
  const close = h("button", { class: "notice-close", type: "button", "aria-label": t("action.close") }, "×");
  const notice = h("div", { class: `notice notice-${kind}`, "data-key": key }, h("span", {}, text), action, close);
  close.addEventListener("click", () => notice.remove());
  box.append(notice);
  return notice;
}

/** Shows an error's sentence until it is closed. */
export function showError(problem, key = "error") {
  if (problem.name === "AbortError" || problem.status === 401) return;
  show("error", sentenceOf(problem), key);
}

/** Shows good news for some seconds. */
export function showDone(text) {
  const notice = show("done", text, "done");
  setTimeout(() => notice.remove(), 6000);
}

/** Shows what somebody should know but nobody did wrong, until it is closed. */
export function showWarning(text, key = "warning") {
  show("warn", text, key);
}

/** Says that the session has ended, with the way back to this very place. */
export function showSignedOut() {
  const next = location.pathname + location.hash;
  const link = h("a", { class: "notice-link", href: `/login?next=${encodeURIComponent(next)}` }, t("session.again"));
  show("error", t("session.ended"), "session", link);
}

/** Says what went wrong where a press of a button led to nothing: what no form of its own caught. */
export function watchFaults() {
  addEventListener("unhandledrejection", (event) => {
    if (!(event.reason instanceof ApiError)) return;
    event.preventDefault();
    showError(event.reason);
  });
}

/** Watches the connection and says when it is gone. */
export function watchConnection() {
  const tell = () => {
    byId("notices").querySelector('[data-key="offline"]')?.remove();
    if (!navigator.onLine) show("warn", t("error.no_connection"), "offline");
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}
