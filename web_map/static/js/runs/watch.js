/** Looks again every few seconds, while somebody looks at the page and something may change. */

const IDLE_MS = 10 * 60 * 1000;
let touched = Date.now();
for (const kind of ["pointerdown", "keydown", "scroll", "visibilitychange"]) {
  addEventListener(kind, () => { touched = Date.now(); }, { passive: true });
}

/** Says whether nobody has touched the page for so long that it asks no more: a session must end. */
const isIdle = () => document.hidden || Date.now() - touched > IDLE_MS;

/** Calls `look()` every `every` ms for as long as it resolves to true; trouble goes to `fail`. */
export function watch(look, every, fail) {
  async function again() {
    if (isIdle()) {
      setTimeout(again, every);
      return;
    }
    try {
      if (await look()) setTimeout(again, every);
    } catch (problem) {
      fail(problem);
      if (problem.status !== 401) setTimeout(again, every * 4);
    }
  }
  setTimeout(again, every);
}
