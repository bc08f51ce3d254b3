/** "Save to a file": for a phone that finds no signal for days, or an item the server refuses. */

import { fill, h } from "../../dom.js";
import { number, t } from "../../text.js";
import { exportFiles, exported, handOver } from "./export.js";
import { size } from "./words.js";

/** The card that writes what a person's outbox holds into files and hands them over. */
export function exportCard(owner) {
  const line = h("p", { role: "status", class: "out-export-line" });
  const list = h("div", { class: "stack" });
  const button = h("button", { type: "button", class: "button wide", "data-export": owner, onclick: () => void make() }, t("outbox.export"));

  async function give(file, done) {
    if (await handOver(file)) {
      fill(line, t("outbox.exported", { name: file.name }));
      await done();
    }
  }

  async function make() {
    button.disabled = true;
    try {
      const { files, exported_at, lost } = await exportFiles(owner, (done, of) => fill(line, t("outbox.exporting", { done: number(done), n: number(of) })));
      const given = new Set();
      const done = (file) => async () => {
        given.add(file.name);
        if (given.size === files.length && !lost.length) await exported(exported_at);
      };
      fill(line, lost.length > 0 ? t("outbox.export_lost", { n: number(lost.length) }) : t("outbox.export_ready"));
      fill(list, files.map((file) => h("button", { type: "button", class: "button primary wide", "data-file": file.name, onclick: () => void give(file, done(file)) },
        t("outbox.save_file", { size: size(file.size) }))));
    } catch (problem) {
      console.error(problem);
      fill(line, t("outbox.export_failed"));
    } finally {
      button.disabled = false;
    }
  }

  return h("section", { class: "card", "aria-label": t("outbox.export") }, h("p", {}, t("outbox.export_what")), button, line, list);
}
