/** Small pictures for the screen, made on the phone; a file it cannot draw gets none. */

import { h } from "../../dom.js";
import { t } from "../../text.js";

const SIDE = 240;

/** Draws a picture small; resolves to a canvas, or null where the phone cannot show it. */
export async function small(blob, label) {
  try {
    const picture = await createImageBitmap(blob, { resizeWidth: SIDE * 2, resizeQuality: "low" });
    const canvas = h("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": label });
    const part = Math.min(picture.width, picture.height);
    const [left, top] = [(picture.width - part) / 2, (picture.height - part) / 2];
    canvas.getContext("2d").drawImage(picture, left, top, part, part, 0, 0, SIDE, SIDE);
    picture.close();
    return canvas;
  } catch {
    return null;
  }
}

/** What stands where a picture cannot be shown. */
export const noPicture = (name) => h("span", { class: "fc-no-picture" }, t("photo.not_shown"), h("small", {}, name));
