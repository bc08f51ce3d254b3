/** A search of the log and its address: the same names in the page's and in the server's. */

const NAMES = ["who", "verb", "kind", "subject", "since", "until", "text"];

/** Reads a search from the page's address. */
export function wishOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(NAMES.map((name) => [name, given.get(name) || ""]));
}

/** Returns a search as an address has it; what asks for nothing is left out. */
export function addressOf(wish) {
  return new URLSearchParams(NAMES.filter((name) => wish[name]).map((name) => [name, wish[name]]));
}
