/** Marks and hatches: what tells grades apart without colour. */

const hatches = new Map();

const outlines = {
  triangle: (p, x, y, r) => {
    p.moveTo(x, y - r * 1.15);
    p.lineTo(x + r * 1.1, y + r * 0.8);
    p.lineTo(x - r * 1.1, y + r * 0.8);
    p.closePath();
  },
  square: (p, x, y, r) => p.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7),
  circle: (p, x, y, r) => p.arc(x, y, r * 0.95, 0, Math.PI * 2),
  ring: (p, x, y, r) => p.arc(x, y, r, 0, Math.PI * 2),
  diamond: (p, x, y, r) => {
    p.moveTo(x, y - r * 1.2);
    p.lineTo(x + r * 1.2, y);
    p.lineTo(x, y + r * 1.2);
    p.lineTo(x - r * 1.2, y);
    p.closePath();
  },
};

/** Draws a mark of a radius in CSS pixels; a ring is hollow, the others are full. */
export function drawMark(ctx, mark, x, y, radius, colour) {
  const shape = new Path2D();
  outlines[mark](shape, x, y, radius);
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.lineJoin = "round";
  ctx.strokeStyle = "#ffffff";
  ctx.lineWidth = mark === "ring" ? 5 : 3.5;
  ctx.stroke(shape);
  if (mark === "ring") {
    ctx.strokeStyle = colour;
    ctx.lineWidth = 2.5;
    ctx.stroke(shape);
    return;
  }
  ctx.fillStyle = colour;
  ctx.fill(shape);
  ctx.strokeStyle = "rgba(20,28,36,.75)";
  ctx.lineWidth = 1;
  ctx.stroke(shape);
}

function lines(ctx, hatch) {
  ctx.beginPath();
  if (hatch === "slash" || hatch === "cross") {
    for (const shift of [-8, 0, 8]) {
      ctx.moveTo(shift, 8);
      ctx.lineTo(shift + 8, 0);
    }
  }
  if (hatch === "cross") {
    for (const shift of [-8, 0, 8]) {
      ctx.moveTo(shift, 0);
      ctx.lineTo(shift + 8, 8);
    }
  }
  if (hatch === "upright") {
    ctx.moveTo(4, 0);
    ctx.lineTo(4, 8);
  }
  ctx.stroke();
}

/** A tile of 8 pixels that repeats to a grade's hatch on a light ground. */
export function hatchOf(grade) {
  const key = grade.hatch + grade.colour;
  if (hatches.has(key)) return hatches.get(key);
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const ctx = tile.getContext("2d");
  ctx.fillStyle = "rgba(255,255,255,.55)";
  ctx.fillRect(0, 0, 8, 8);
  ctx.globalAlpha = 0.38;
  ctx.fillStyle = grade.colour;
  ctx.fillRect(0, 0, 8, 8);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = grade.colour;
  ctx.lineWidth = 1.6;
  if (grade.hatch === "dots") {
    ctx.fillStyle = grade.colour;
    ctx.beginPath();
    ctx.arc(4, 4, 1.4, 0, Math.PI * 2);
    ctx.fill();
  } else {
    lines(ctx, grade.hatch);
  }
  hatches.set(key, tile);
  return tile;
}

/** A small picture for the legend, drawn by the same code as the map. */
export function swatch(width, height, draw) {
  const ratio = Math.max(1, window.devicePixelRatio || 1);
  const canvas = document.createElement("canvas");
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.className = "swatch";
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  draw(ctx);
  return canvas;
}
