/** Where an account is signed in, and the buttons that end it there. */

import { send, sentenceOf } from "../api.js";
import { badge, h } from "../dom.js";
import { grid } from "../office/grid.js";
import { doing } from "../office/fields.js";
import { showDone } from "../notice.js";
import { moment, t, term } from "../text.js";

function where(one) {
  const kind = term("SessionKind", one.kind);
  return h("div", {}, h("div", { class: "badges" }, h("span", { class: "strong" }, one.device || kind),
    one.device && badge(kind, {}, "badge-plain"), one.is_current && badge(t("session.this"), {}, "checked")),
  h("p", { class: "quiet" }, one.browser));
}

/** The table; `address` is the API's of these sessions, `ondone()` runs after one has ended. */
export function sessionTable(sessions, address, problem, ondone) {
  const end = (one) => doing(t("session.end_it"), async () => {
    problem.say("");
    try {
      await send("DELETE", `${address}/${one.id}`);
      showDone(t("session.ended_one"));
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    await ondone();
  }, "small");
  return grid({
    label: t("session.list"), rows: sessions,
    columns: [
      { key: "where", title: t("session.where"), cell: where },
      { key: "address", title: t("session.address"), cell: (one) => one.address },
      { key: "since", title: t("session.since"), cell: (one) => moment(one.created_at) },
      { key: "seen", title: t("session.seen"), cell: (one) => moment(one.seen_at) },
      { key: "end", title: t("session.act"), cell: (one) => !one.is_current && end(one) },
    ],
  });
}

/** A button that ends all of them; the answer says how many there were. */
export function endAll(text, address, problem, ondone) {
  return doing(text, async () => {
    problem.say("");
    try {
      const { ended } = await (await send("DELETE", address)).json();
      showDone(t("session.ended_many", { n: ended }));
    } catch (trouble) {
      problem.say(sentenceOf(trouble));
    }
    await ondone();
  });
}
