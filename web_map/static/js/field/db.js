/** What the phone keeps, in IndexedDB, written through to the disk before a promise resolves.
 *
 * meta     {name, value}            who is here, the words, the district, settings
 * places   {key, …}                 my list: "candidate:<id>" or "site:<code>", as the server sent it
 * drafts   {key, …}                 a check under way, one a place
 * outbox   {id, kind, …}            checks and photos until the server's receipt, and their receipts
 * blobs    {id, blob}               the untouched photographs of the outbox
 * tiles    {url, body, type, areas} imagery taken along; body null: a tile without a picture
 * areas    {id, …}                  the areas taken along
 * answers  {id, …}                  the office's review of checks that were sent, by check id
 */

const NAME = "qingfei-field";
const VERSION = 1;
const STORES = {
  meta: "name", places: "key", drafts: "key", outbox: "id", blobs: "id", tiles: "url", areas: "id", answers: "id",
};

function build(db) {
  for (const [name, keyPath] of Object.entries(STORES)) {
    const store = db.createObjectStore(name, { keyPath });
    if (name === "tiles") store.createIndex("areas", "areas", { multiEntry: true });
  }
}

let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => build(asked.result);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}

/**
 * Runs `work({ store: IDBObjectStore, … })` in one transaction over the named stores; what it
 * returns is given back once everything is stored for good, and nothing is stored if it throws.
 */
export async function transact(names, mode, work) {
  const db = await opened();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(names, mode, { durability: "strict" });
    let result;
    transaction.oncomplete = () => resolve(result?.request ? result.request.result : result);
    transaction.onabort = () => reject(transaction.error || new DOMException("aborted", "AbortError"));
    try {
      result = work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
    } catch (problem) {
      transaction.abort();
      reject(problem);
    }
  });
}

/** Reads one row, or undefined. */
export const get = (store, key) => transact([store], "readonly", (stores) => ({ request: stores[store].get(key) }));

/** Reads all rows of a store, in the order of their keys. */
export const all = (store) => transact([store], "readonly", (stores) => ({ request: stores[store].getAll() }));

/** Counts the rows of a store. */
export const count = (store) => transact([store], "readonly", (stores) => ({ request: stores[store].count() }));

/** Stores rows, all or none. */
export const put = (store, ...rows) => transact([store], "readwrite", (stores) => {
  for (const row of rows) stores[store].put(row);
});

/** Removes rows by key, all or none. */
export const remove = (store, ...keys) => transact([store], "readwrite", (stores) => {
  for (const key of keys) stores[store].delete(key);
});

/** Reads a value of `meta`, or undefined. */
export const recall = async (name) => (await get("meta", name))?.value;

/** Keeps a value in `meta`. */
export const keep = (name, value) => put("meta", { name, value });

/** Says whether a problem means that the phone's storage is full. */
export const isFull = (problem) => problem?.name === "QuotaExceededError";
