/** Draws shapes on the tiles: a white casing under every line, a mark where a shape is too small. */

import { gradeStyle } from "./grade.js";
import { drawMark, hatchOf } from "./marks.js";
import { now } from "./store.js";
import { classOf, language, styles } from "./text.js";
import { candidateShown, referenceShown, siteShown } from "./visible.js";

const SMALL_PX = 10;
const WORST_LAST = ["", "LOW", "MEDIUM", "OUT_OF_SCHEME", "HIGH"];
const FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif';
const nameProps = language === "en" ? ["name_en", "name_zh"] : ["name_zh", "name_en"];

function trace(ctx, geom, close) {
  ctx.beginPath();
  for (const ring of geom) {
    ring.forEach((point, i) => (i === 0 ? ctx.moveTo(point.x, point.y) : ctx.lineTo(point.x, point.y)));
    if (close) ctx.closePath();
  }
}

function extent(geom) {
  let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const point of geom.flat()) {
    x1 = Math.min(x1, point.x);
    y1 = Math.min(y1, point.y);
    x2 = Math.max(x2, point.x);
    y2 = Math.max(y2, point.y);
  }
  return { size: Math.max(x2 - x1, y2 - y1), x: (x1 + x2) / 2, y: (y1 + y2) / 2, bottom: y2 };
}

function cased(ctx, colour, width, dash) {
  ctx.lineJoin = "round";
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.strokeStyle = "rgba(255,255,255,.92)";
  ctx.lineWidth = width + 2.5;
  ctx.stroke();
  ctx.setLineDash(dash);
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.stroke();
  ctx.setLineDash([]);
}

const candidatePainter = {
  draw(ctx, geom, zoom, feature) {
    const { colour } = classOf(feature.props.class_name);
    const state = styles.CandidateState[feature.props.state];
    const box = extent(geom);
    if (box.size < SMALL_PX) {
      drawMark(ctx, "ring", box.x, box.y, 5.5, colour);
      return;
    }
    trace(ctx, geom, true);
    ctx.globalAlpha = state.fill_opacity;
    ctx.fillStyle = colour;
    ctx.fill();
    cased(ctx, colour, state.width, state.dash);
  },
};

const sitePainter = {
  draw(ctx, geom, zoom, feature) {
    const grade = gradeStyle(feature.props.grade);
    const state = styles.SiteState[feature.props.state];
    const box = extent(geom);
    if (box.size < SMALL_PX * 1.6) {
      drawMark(ctx, grade.mark, box.x, box.y, 7, grade.colour);
      return;
    }
    trace(ctx, geom, true);
    if (state.fill_opacity > 0) {
      ctx.globalAlpha = state.fill_opacity + 0.35;
      ctx.fillStyle = ctx.createPattern(hatchOf(grade), "repeat");
      ctx.fill();
    }
    cased(ctx, grade.colour, state.width, state.dash);
  },
};

/** Says whether a boundary is another district's; names may carry an addition ("… (demo)"). */
function isNeighbour({ props }) {
  return Boolean(props.name_zh) && !now.district.name_zh.startsWith(props.name_zh);
}

const referencePainter = {
  draw(ctx, geom, zoom, feature) {
    const style = styles.LayerKind[feature.props.kind];
    if (!style) return;
    if (feature.geomType === 1) {
      for (const [point] of geom) drawMark(ctx, "ring", point.x, point.y, 3.5, style.colour);
      return;
    }
    trace(ctx, geom, feature.geomType === 3);
    if (feature.props.kind === "DISTRICT" && isNeighbour(feature)) {
      ctx.globalAlpha = 0.55;
      ctx.strokeStyle = style.colour;
      ctx.lineWidth = 1;
      ctx.stroke();
      return;
    }
    if (feature.props.kind === "DISTRICT" && feature.geomType === 3 && !(now.scene && now.imageryOn)) {
      ctx.globalAlpha = 0.7;
      ctx.fillStyle = "#ffffff";
      ctx.fill();
    }
    if (feature.geomType === 3 && style.fill_opacity > 0) {
      ctx.globalAlpha = style.fill_opacity;
      ctx.fillStyle = style.colour;
      ctx.fill();
    }
    cased(ctx, style.colour, style.width, style.dash);
  },
};

/** Puts a text in the middle of a shape, or below it, once although the shape lies on several tiles. */
class MiddleText {
  constructor(options) {
    this.text = new protomapsL.CenteredTextSymbolizer(options);
    this.isBelow = Boolean(options.below);
  }

  place(layout, geom, feature) {
    const box = extent(geom);
    const middle = geom[0][0].clone();
    middle.x = box.x;
    middle.y = this.isBelow ? box.bottom + 12 : box.y;
    const labels = this.text.place(layout, [[middle]], feature);
    for (const label of labels || []) {
      label.deduplicationKey = feature.props.code || feature.props.name_zh;
      label.deduplicationDistance = 1024;
    }
    return labels;
  }
}

const halo = { stroke: "#ffffff", width: 3 };

/** Paint and label rules of each layer, for protomaps-leaflet. */
export const rules = {
  candidates: {
    paint: [{ dataLayer: "candidates", symbolizer: candidatePainter, filter: (z, f) => candidateShown(f.props) }],
    label: [],
  },
  sites: {
    paint: WORST_LAST.map((grade) => ({
      dataLayer: "sites", symbolizer: sitePainter,
      filter: (z, f) => (f.props.grade || "") === grade && siteShown(f.props),
    })),
    label: [{
      dataLayer: "sites", minzoom: 14, filter: (z, f) => siteShown(f.props),
      symbolizer: new MiddleText({ labelProps: ["name"], font: `600 12px ${FONT}`, fill: "#1b2733", below: true, ...halo }),
    }],
  },
  reference: {
    paint: [{ dataLayer: "reference", symbolizer: referencePainter, filter: (z, f) => referenceShown(f.props) }],
    label: [
      {
        dataLayer: "reference", minzoom: 9, maxzoom: 12,
        filter: (z, f) => f.props.kind === "DISTRICT" && f.geomType === 3 && isNeighbour(f),
        symbolizer: new MiddleText({ labelProps: nameProps, font: `12px ${FONT}`, fill: "#55636f", ...halo }),
      },
      {
        dataLayer: "reference", minzoom: 9, filter: (z, f) => f.geomType === 2 && referenceShown(f.props),
        symbolizer: new protomapsL.LineLabelSymbolizer({ labelProps: nameProps, font: `600 13px ${FONT}`, fill: "#14527f", ...halo }),
      },
    ],
  },
};
