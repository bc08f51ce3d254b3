/** The two runs and their places. */

export const SIDES = ["both", "only_a", "only_b"];
export const COLOURS = { both: "#1b6e3c", only_a: "#0b5cad", only_b: "#b35a00" };
export const DASHES = { both: null, only_a: "8 5", only_b: "2 5" };

export const now = { answer: null, district: null, hidden: new Set(), chosen: null };

/** The places that are shown. */
export const shown = () => now.answer.features.filter((one) => !now.hidden.has(one.properties.side));

/** How many places there are on a side, and how much ground. */
export function totalOf(side) {
  let number = 0;
  let area = 0;
  for (const { properties } of now.answer.features) {
    if (properties.side !== side) continue;
    number += 1;
    area += properties.area_m2_a ?? properties.area_m2_b;
  }
  return { number, area_m2: area };
}
