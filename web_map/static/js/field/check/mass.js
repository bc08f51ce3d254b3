/** Volume and mass of a heap from outline, height, shape and class, with the formula in words and numbers. */

import { number, term, t } from "../../text.js";

/** The area the mass rests on: the outline made on this visit, else what the place has. */
export const areaOf = (draft, place) => draft.area_m2 ?? place.area_m2 ?? null;

/** Works out { volume_m3, mass_t, formula } as far as what is known goes; null where it does not. */
export function worksOut(rules, answers, area) {
  const shape = rules.shapes.find((one) => one.id === answers.heap_shape);
  if (!shape || !(answers.height_m > 0) || !(area > 0)) return null;
  const volume = shape.factor * area * answers.height_m;
  const dense = rules.densities.find((one) => one.waste_class === answers.waste_class);
  const parts = {
    area: number(area), height: number(answers.height_m, 2), factor: number(shape.factor, 2), volume: number(volume),
    shape: term("HeapShape", shape.id),
  };
  if (!dense) return { volume_m3: volume, mass_t: null, formula: t("fieldcheck.volume_formula", parts) };
  const mass = volume * dense.t_m3;
  return {
    volume_m3: volume, mass_t: mass,
    formula: t("fieldcheck.mass_formula", {
      ...parts, density: number(dense.t_m3, 2), class: term("WasteClass", dense.waste_class), mass: number(mass),
    }),
  };
}

/** The answers with volume, mass and formula filled in; a mass that the team stated stays as it is. */
export function withMass(rules, answers, area, isStated) {
  const found = worksOut(rules, answers, area);
  const next = { ...answers, area_m2: area, volume_m3: found ? Math.round(found.volume_m3 * 10) / 10 : null };
  if (isStated) {
    const how = found?.mass_t ? t("fieldcheck.stated_beside", { formula: found.formula }) : t("fieldcheck.stated");
    return { ...next, mass_formula: next.mass_t === null ? "" : how };
  }
  return { ...next, mass_t: found?.mass_t ? Math.round(found.mass_t * 10) / 10 : null, mass_formula: found?.mass_t ? found.formula : "" };
}
