/** One request of the outbox: gives up when nothing moves any more, not when it takes long. */

const STALL_MS = 60000;

/** What hindered an item: `code` names it; `isAnswer` says that the office itself said so. */
export class Hindered extends Error {
  constructor(code, { status = 0, zh = "", en = "", isAnswer = false } = {}) {
    super(`${code} ${status}`);
    Object.assign(this, { code, status, zh, en, isAnswer });
  }
}

/** The JSON of an answer, or null: a hotel's or operator's own page is none of the office's. */
function jsonOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

function judged(request) {
  const { status } = request;
  const said = jsonOf(request);
  if (status >= 200 && status < 300) {
    if (said) return said;
    throw new Hindered("strange", { status });
  }
  if (said?.code && said.zh && said.en) {
    throw new Hindered(said.code, { status, zh: said.zh, en: said.en, isAnswer: true });
  }
  throw new Hindered(status >= 500 || status === 0 ? "unreachable" : "strange", { status });
}

/** Sends `body` (JSON text or bytes) and returns the answer's JSON; throws Hindered. */
export function request(method, path, { body = null, headers = {}, onProgress = null } = {}) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    let timer = null;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => asked.abort(), STALL_MS);
    };
    const over = (code) => () => {
      clearTimeout(timer);
      reject(new Hindered(code));
    };
    asked.open(method, path);
    asked.setRequestHeader("X-Requested-With", "qingfei");
    asked.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value);
    asked.upload.onprogress = (event) => {
      alive();
      onProgress?.(event.loaded);
    };
    asked.onprogress = alive;
    asked.onerror = over("unreachable");
    asked.onabort = over("stalled");
    asked.onload = () => {
      clearTimeout(timer);
      try {
        resolve(judged(asked));
      } catch (problem) {
        reject(problem);
      }
    };
    alive();
    asked.send(body);
  });
}
