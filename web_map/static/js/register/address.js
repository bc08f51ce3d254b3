/** The list's address: filter, order, columns and day live in it, so that a link shows the same list. */

const OWN = new Set(["district", "sort", "columns", "as_of"]);

export const CHOSEN = ["DWBH", "MC", "FXDJ", "FWZL", "SX", "ZRLX", "ZDMJ", "DCL", "SZHD", "WCSX", "SXZT", "ZZJD", "ZT"];
export const WORST_FIRST = "FXDJ";

/** What the page shows: filter as name → values, order, columns, day; read from the address. */
export function readAddress() {
  const got = new URLSearchParams(location.search);
  const filter = {};
  for (const name of new Set(got.keys())) {
    const values = got.getAll(name).filter((value) => value !== "");
    if (!OWN.has(name) && values.length) filter[name] = values;
  }
  const columns = (got.get("columns") || "").split("-").filter(Boolean);
  return {
    filter, sort: got.get("sort") || WORST_FIRST, columns: columns.length ? columns : CHOSEN, asOf: got.get("as_of") || "",
  };
}

/** The names and values that the server is asked with, as URLSearchParams. */
export function asked(view, district, more = {}) {
  const query = new URLSearchParams({ district });
  for (const [name, values] of Object.entries(view.filter)) values.forEach((value) => query.append(name, value));
  if (view.asOf) query.set("as_of", view.asOf);
  for (const [name, value] of Object.entries(more)) {
    for (const one of [value].flat()) if (one !== null && one !== undefined && one !== "") query.append(name, one);
  }
  return query;
}

/** Writes the address; a step of its own in the browser's history. */
export function writeAddress(view, district) {
  const query = asked(view, district);
  if (view.sort !== WORST_FIRST) query.set("sort", view.sort);
  if (view.columns.join() !== CHOSEN.join()) query.set("columns", view.columns.join("-"));
  const search = `?${query}`;
  if (search !== location.search) history.pushState(null, "", search);
}

/** The view as the server keeps it under a name: names with their values. */
export function toQuery(view) {
  const query = { ...view.filter };
  if (view.sort !== WORST_FIRST) query.sort = view.sort;
  return query;
}

/** The view that the server kept. */
export function fromSaved(saved, asOf) {
  const filter = {};
  for (const [name, value] of Object.entries(saved.query)) {
    if (!OWN.has(name)) filter[name] = [value].flat();
  }
  return { filter, sort: saved.query.sort || WORST_FIRST, columns: saved.columns.length ? saved.columns : CHOSEN, asOf };
}
