/** Whether the log is whole: when its chain was last proved, and proving it now. */

import { get, send, sentenceOf } from "../api.js";
import { fill, h } from "../dom.js";
import { doing, problemLine } from "../office/fields.js";
import { moment, number, t } from "../text.js";

function said({ head, check }) {
  if (!check) return h("p", { class: "audit-open" }, t("audit.never_proved", { n: number(head.seq) }));
  if (check.broken_at !== null) {
    return h("p", { class: "audit-broken", role: "alert" }, t("audit.broken", { seq: check.broken_at, at: moment(check.at) }));
  }
  const later = head.seq - check.head_seq;
  return h("p", { class: "audit-whole" }, t("audit.whole", { n: number(check.entries), at: moment(check.at), by: check.by }),
    later > 0 ? ` ${t("audit.since_then", { n: number(later) })}` : null);
}

/** Makes the card; it fills itself. */
export function chainCard() {
  const line = h("div", {});
  const head = h("p", { class: "hint code" });
  const problem = problemLine();
  async function load() {
    try {
      const found = await get("/api/audit/chain");
      fill(line, said(found));
      fill(head, t("audit.head", { seq: found.head.seq, hash: found.head.hash }));
      problem.say("");
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  }
  const prove = doing(t("audit.prove"), async () => {
    try {
      await send("POST", "/api/audit/chain");
      await load();
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
  });
  load();
  return h("section", { class: "card audit-chain", id: "audit-chain" },
    h("div", { class: "line" }, h("h2", {}, t("audit.chain")), h("span", { class: "push" }, prove)), line, head, problem);
}
