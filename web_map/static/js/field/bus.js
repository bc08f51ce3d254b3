/** What the parts of the phone's page tell each other: "list", "outbox", "answers", "area", "net". */

const listeners = new Map();

/** Calls the listener whenever the named thing changes; returns what ends it. */
export function on(name, listener) {
  if (!listeners.has(name)) listeners.set(name, new Set());
  listeners.get(name).add(listener);
  return () => listeners.get(name).delete(listener);
}

/** Tells the listeners of a thing that it changed. */
export function tell(name, detail) {
  for (const listener of listeners.get(name) || []) listener(detail);
}
