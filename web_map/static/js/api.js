/** Talks to the server; whatever goes wrong becomes one sentence. */

import { language, t } from "./text.js";

/** What the server refused, or the net lost, with a sentence to show. */
export class ApiError extends Error {
  constructor(status, body) {
    const sentence = body && (language === "en" ? body.en : body.zh);
    super(sentence || (status === 0 ? t("error.offline") : t("error.unknown", { status })));
    this.status = status;
    this.code = body?.code || (status === 0 ? "offline" : "unknown");
  }
}

/** The sentence of any problem; a fault of the page itself goes to the console as well. */
export function sentenceOf(problem) {
  if (problem instanceof ApiError) return problem.message;
  console.error(problem);
  return t("error.page");
}

const listeners = { signedOut: () => {} };

/** Says what to do when the session has ended. */
export function onSignedOut(listener) {
  listeners.signedOut = listener;
}

/** Reports an ended session found by a tile. */
export function signedOut() {
  listeners.signedOut();
}

async function bodyOf(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** Sends a request; returns the response or throws ApiError. */
export async function send(method, path, body, signal) {
  const headers = { "X-Requested-With": "qingfei", Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response;
  try {
    response = await fetch(path, {
      method, headers, signal, credentials: "same-origin",
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (problem) {
    if (problem.name === "AbortError") throw problem;
    throw new ApiError(0, null);
  }
  if (response.ok) return response;
  const error = new ApiError(response.status, await bodyOf(response));
  if (response.status === 401 && path !== "/api/session") listeners.signedOut();
  throw error;
}

/** Reads JSON. */
export async function get(path, query = {}, signal) {
  const wanted = Object.entries(query).filter(([, v]) => v !== null && v !== undefined && v !== "");
  const search = new URLSearchParams(wanted).toString();
  const response = await send("GET", search ? `${path}?${search}` : path, undefined, signal);
  return response.json();
}

/** Stores JSON under an address of one's own; the same body twice is harmless. */
export async function put(path, body) {
  return (await send("PUT", path, body)).json();
}

/** Fetches a file and hands it to the browser's downloads. */
export async function download(path, fallbackName) {
  const response = await send("GET", path);
  const name = nameIn(response.headers.get("Content-Disposition")) || fallbackName;
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function nameIn(header) {
  if (!header) return null;
  const wide = /filename\*=UTF-8''([^;]+)/i.exec(header);
  if (wide) return decodeURIComponent(wide[1]);
  const plain = /filename="?([^";]+)"?/i.exec(header);
  return plain ? plain[1] : null;
}
