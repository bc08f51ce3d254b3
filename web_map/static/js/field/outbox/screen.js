/** The outbox: what waits on the phone, what the office has, what it sent back. */

import { byId, fill, h } from "../../dom.js";
import { number, t } from "../../text.js";
import { on } from "../bus.js";
import { unfinished, waysTo } from "../check/unfinished.js";
import { all, get } from "../db.js";
import { me } from "../me.js";
import { net } from "../net.js";
import { exportCard } from "./export_card.js";
import { card, tick } from "./item.js";
import { WAITING, waiting } from "./queue.js";
import { sendNow, sending } from "./sender.js";
import { problemWords, size, wholeWords } from "./words.js";

const MOST_SENT = 30;

/** The rows of one person by check, the newest first, each { check, photos, at }. */
function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    if (!groups.has(row.check_id)) groups.set(row.check_id, { check: null, photos: [], at: row.created_at });
    const group = groups.get(row.check_id);
    if (row.kind === "check") group.check = row;
    else group.photos.push(row);
  }
  return [...groups.values()].sort((a, b) => (a.at < b.at) - (a.at > b.at));
}

const rowsOf = ({ check, photos }) => [check, ...photos].filter(Boolean);

function sorted(groups) {
  const parts = { refused: [], back: [], waiting: [], sent: [] };
  for (const group of groups) {
    const states = rowsOf(group).map((row) => row.state);
    if (states.includes("REFUSED")) parts.refused.push(group);
    else if (states.some((state) => WAITING.has(state))) parts.waiting.push(group);
    else if (states.includes("SENT_BACK")) parts.back.push(group);
    else parts.sent.push(group);
  }
  return parts;
}

function whyNot(count) {
  if (!count) return "";
  const { state } = net();
  if (state === "offline") return t("outbox.when_signal");
  if (state === "signed_out") return t("outbox.when_signed_in");
  if (state === "unreachable") return t("outbox.when_reached");
  return problemWords(sending().problem);
}

function top(count) {
  const n = count.checks + count.photos;
  const why = whyNot(n);
  const isBusy = sending().isSending;
  return h("section", { class: `card out-top ${n ? "out-top-waiting" : "out-top-done"}` },
    h("p", { class: "out-whole", id: "outbox-whole", role: "status" }, wholeWords(count)),
    n > 0 && h("p", { class: "quiet" }, t("outbox.bytes_wait", { size: size(count.bytes) })),
    why && h("p", { id: "outbox-why" }, why),
    net().state === "signed_out" && h("a", { class: "button wide", href: "#/me" }, t("outbox.sign_in")),
    h("button", { type: "button", class: "button primary wide", id: "send-now", disabled: isBusy, onclick: () => void sendNow() },
      isBusy ? t("outbox.is_sending") : n ? t("outbox.send_now") : t("outbox.ask_now")));
}

function part(title, groups, open, more = null) {
  return groups.length > 0 && h("section", { class: "stack" }, h("h2", {}, title), groups.map((one) => card(one, open)), more);
}

function others(rows, mine) {
  const owners = new Set(rows.filter((row) => row.owner !== mine && WAITING.has(row.state)).map((row) => row.owner));
  return [...owners].map((owner) => h("section", { class: "card", "data-owner": owner },
    h("p", {}, t("outbox.others", { owner, n: number(rows.filter((row) => row.owner === owner && WAITING.has(row.state)).length) })),
    exportCard(owner)));
}

/** Keeps the number of what waits on the outbox's tab. */
export function startOutboxTab() {
  const draw = async () => {
    const person = await me();
    const { checks, photos } = person ? await waiting(person.username) : { checks: 0, photos: 0 };
    const tab = document.querySelector('#tabs [data-screen="outbox"]');
    tab?.querySelector(".tab-count")?.remove();
    if (checks + photos) tab?.append(h("span", { class: "tab-count" }, number(checks + photos)));
  };
  on("outbox", (detail) => detail?.sent_bytes === undefined && void draw());
  on("me", () => void draw());
  return draw();
}

/** The screen. */
export async function outboxScreen() {
  const open = new Set();
  let most = MOST_SENT;
  const person = (await me()).username;
  const keeper = exportCard(person);
  const body = h("div", { class: "stack", id: "outbox" });
  let isDrawing = false;
  let isStale = false;

  async function draw() {
    const [rows, begun] = await Promise.all([all("outbox"), unfinished()]);
    const mine = begun.filter((draft) => draft.owner === person);
    const parts = sorted(grouped(rows.filter((row) => row.owner === person)));
    const showMore = () => {
      most += MOST_SENT;
      void redraw();
    };
    const focused = document.activeElement?.id;
    fill(body, top(await waiting(person)),
      mine.length > 0 && h("section", { class: "card stack", id: "unfinished" }, h("p", {}, t("outbox.unfinished", { n: number(mine.length) })), waysTo(mine)),
      part(t("outbox.part_refused"), parts.refused, open),
      part(t("outbox.part_back"), parts.back, open),
      part(t("outbox.part_waiting"), parts.waiting, open),
      keeper,
      part(t("outbox.part_sent"), parts.sent.slice(0, most), open, parts.sent.length > most
        && h("button", { type: "button", class: "button wide", onclick: showMore }, t("outbox.more", { n: number(parts.sent.length - most) }))),
      others(rows, person));
    if (focused && body.contains(byId(focused))) byId(focused).focus();
  }

  async function redraw() {
    isStale = true;
    if (isDrawing) return;
    isDrawing = true;
    while (isStale) {
      isStale = false;
      await draw();
    }
    isDrawing = false;
  }

  const ends = [on("net", () => void redraw()), on("outbox", async (detail) => {
    if (detail?.sent_bytes === undefined) return redraw();
    const row = await get("outbox", detail.id);
    return row?.state === "SENDING" ? tick(body, row, detail.sent_bytes) : null;
  })];
  await redraw();
  return { title: t("field.outbox"), body, leave: () => ends.forEach((end) => end()) };
}
