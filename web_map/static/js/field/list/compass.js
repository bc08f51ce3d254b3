/** Where the phone points, if it says so; arrows are then turned with it, else north is up. */

const listeners = new Set();
let isAbsolute = false;

function headingOf(event) {
  if (Number.isFinite(event.webkitCompassHeading)) return event.webkitCompassHeading;
  if (!event.absolute && event.type !== "deviceorientationabsolute") return null;
  if (!Number.isFinite(event.alpha)) return null;
  const turned = screen.orientation?.angle || 0;
  return (360 - event.alpha + turned + 360) % 360;
}

function hear(event) {
  if (isAbsolute && event.type === "deviceorientation" && !Number.isFinite(event.webkitCompassHeading)) return;
  const heading = headingOf(event);
  if (heading === null) return;
  if (event.type === "deviceorientationabsolute") isAbsolute = true;
  for (const listener of listeners) listener(heading);
}

const NAMES = ["deviceorientationabsolute", "deviceorientation"];

/** Calls `listener(degrees from north)` as the phone turns; returns what ends it. */
export function watchCompass(listener) {
  if (!listeners.size) NAMES.forEach((name) => addEventListener(name, hear));
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (!listeners.size) NAMES.forEach((name) => removeEventListener(name, hear));
  };
}

/** Says whether the phone wants a tap before it tells where it points. */
export const needsTap = () => typeof DeviceOrientationEvent !== "undefined" && typeof DeviceOrientationEvent.requestPermission === "function";

/** Asks for the compass after a tap; resolves to whether it was allowed. */
export async function allowCompass() {
  try {
    return (await DeviceOrientationEvent.requestPermission()) === "granted";
  } catch {
    return false;
  }
}
