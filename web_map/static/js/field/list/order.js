/** Which places of the list are shown, and in which order. */

import { wayTo } from "../place/target.js";

const OPEN = new Set(["TO_DO", "SENT_BACK", "DRAFT"]);

/** Says whether somebody still has to go there. */
export const isToDo = (item) => OPEN.has(item.status);

/** The day by which a place is to be checked, or "". */
export const dueOf = (item) => item.place.assigned?.due_on || "";

/** Says whether a place should have been checked before today. */
export function isLate(item) {
  const now = new Date();
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  return isToDo(item) && dueOf(item) !== "" && dueOf(item) < today;
}

/** The items that a wish { show, type, town, text } means. */
export function chosen(items, { show, type, town, text }) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (show === "todo" && !isToDo(item)) return false;
    if (show === "today" && !item.isToday) return false;
    if (type && item.place.type !== type) return false;
    if (town && item.place.town !== town) return false;
    return words.every((word) => item.words.includes(word));
  });
}

const rank = (item) => (item.status === "SENT_BACK" ? 0 : 1);
const byDue = (a, b) => (dueOf(a) || "9").localeCompare(dueOf(b) || "9") || a.name.localeCompare(b.name);

/** What was sent back first, then the nearest; without a position what is due first. */
export function sorted(items, at) {
  if (!at) return [...items].sort((a, b) => rank(a) - rank(b) || byDue(a, b));
  const here = [at.lon, at.lat];
  const far = new Map(items.map((item) => [item, wayTo(here, item.place).metres]));
  return [...items].sort((a, b) => rank(a) - rank(b) || far.get(a) - far.get(b));
}
