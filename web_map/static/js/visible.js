/** Which shapes the map shows: the list's filters and the legend's ticks together. */

import { now } from "./store.js";

/** Says whether a candidate's tile properties pass. */
export function candidateShown(props) {
  const wish = now.filters.candidates;
  if (wish.state && props.state !== wish.state) return false;
  if (wish.class_name && props.class_name !== wish.class_name) return false;
  if (props.confidence < wish.min_confidence) return false;
  return !now.hidden.class_name.has(props.class_name) && !now.hidden.state.has(props.state);
}

/** Says whether a site's tile properties pass; a tile says its river, reach and bank too. */
export function siteShown(props) {
  const wish = now.filters.sites;
  if (wish.grade && props.grade !== wish.grade) return false;
  if (wish.state && props.state !== wish.state) return false;
  for (const name of ["kind", "river", "reach", "bank"]) {
    if (wish[name] && props[name] !== wish[name]) return false;
  }
  return !now.hidden.grade.has(props.grade || "");
}

/** Says whether a reference feature's tile properties pass. */
export function referenceShown(props) {
  return !now.hidden.reference.has(props.kind);
}
