/** What the page is looking at; parts listen for the changes that concern them. */

const listeners = new Map();

export const now = {
  user: null,
  districts: [],
  district: null,
  scene: null,
  view: "natural",
  imageryOn: true,
  selected: null,
  filters: {
    candidates: { state: "", class_name: "", min_confidence: 0 },
    sites: { grade: "", state: "", kind: "", river: "", reach: "", bank: "" },
  },
  hidden: { class_name: new Set(), grade: new Set(), state: new Set(), layer: new Set(), reference: new Set() },
  layers: [],
};

/** Calls the listener whenever one of the named things changes. */
export function on(names, listener) {
  for (const name of names.split(" ")) {
    if (!listeners.has(name)) listeners.set(name, []);
    listeners.get(name).push(listener);
  }
}

/** Tells the listeners of a thing that it changed. */
export function tell(name, detail) {
  for (const listener of listeners.get(name) || []) listener(detail);
}

/** Changes one thing and tells of it. */
export function change(name, value) {
  now[name] = value;
  tell(name, value);
}

/** Selects a candidate or a site: {type, id}, `fly` to go there; null closes the panel. */
export function choose(selected) {
  const same = selected?.type === now.selected?.type && selected?.id === now.selected?.id;
  if (same && !selected?.fly) return;
  change("selected", selected);
}
