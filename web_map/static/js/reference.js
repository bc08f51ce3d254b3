/** The district's reference layers: which there are, whose they are, of which day. */

import { get } from "./api.js";
import { h } from "./dom.js";
import { showError } from "./notice.js";
import { change, now, on } from "./store.js";
import { language, t } from "./text.js";

const titleOf = (layer) => (language === "en" ? layer.title_en : layer.title_zh);

async function load() {
  const { code } = now.district;
  change("layers", []);
  try {
    const { layers } = await get("/api/layers", { district: code });
    if (now.district.code === code) change("layers", layers);
  } catch (problem) {
    showError(problem);
  }
}

/** The kinds that the district has a layer of, in the vocabulary's order. */
export function kindsShown(words) {
  const there = new Set(now.layers.map((layer) => layer.kind));
  return words.filter(([kind]) => there.has(kind));
}

/** Says of each layer its day, source and licence. */
export function sources() {
  if (!now.layers.length) return h("p", { class: "quiet" }, t("legend.no_layers"));
  return h("details", { class: "legend-sources" },
    h("summary", {}, t("legend.sources", { n: now.layers.length })),
    h("dl", {}, now.layers.map((layer) => [
      h("dt", {}, titleOf(layer)),
      h("dd", {}, [layer.dated_on || t("legend.undated"), layer.source, layer.licence].join(" · ")),
    ])));
}

on("district", load);
