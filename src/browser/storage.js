// Stores sealed requests in IndexedDB, for storage.rs. No entry can be read without the clinic's key.
// JavaScript, since each request to IndexedDB is an event with two handlers, which cost much code in Rust:
// see docs/decisions/0002-sealing-and-posting-are-rust.md.

/** `kept` is the time of creation; the property has had this name since version 1 of the database.
 * @typedef {{ id: string, reference: string, sealed: string, kept: number }} StoredEntry */

/** Milliseconds. Some browsers that deny storage fire no event at all. */
const TIME_LIMIT = 3_000;
/** Milliseconds. No tab sends an older entry by itself, so a mark is not needed for longer. */
const WEEK = 7 * 24 * 3_600_000;

/** A promise with a time limit. @param {(resolve: (it: any) => void, reject: () => void) => void} begin */
const withTimeout = (begin) =>
  new Promise((resolve, reject) => {
    setTimeout(reject, TIME_LIMIT);
    begin(resolve, reject);
  });

/** @returns {Promise<IDBDatabase>} */
const open = () =>
  withTimeout((resolve, reject) => {
    const opening = indexedDB.open("appointment-requests", 2);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) opening.result.createObjectStore("sealed", { keyPath: "id" });
      opening.result.createObjectStore("removed", { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });

/** The database, opened in advance for the next transaction.
 * @type {Promise<IDBDatabase | undefined> | undefined} */
let opened;

/** Opens the database in advance, so that Send need not. Stores nothing. */
export const prepare = () => {
  opened ??= open().then(
    (database) => {
      // A tab with a later version of the page may change the database.
      database.onversionchange = () => database.close();
      return database;
    },
    // The next transaction tries again.
    () => undefined,
  );
};

/** @typedef {(sealed: IDBObjectStore, removed: IDBObjectStore) => IDBRequest} Act */

/** @param {IDBTransactionMode} mode @param {Act} act */
async function transact(mode, act) {
  const ready = await opened;
  opened = undefined;
  if (ready) {
    try {
      return await run(ready, mode, act);
    } catch {
      // It may have been closed meanwhile.
    }
  }
  return run(await open(), mode, act);
}

/** @param {IDBDatabase} database @param {IDBTransactionMode} mode @param {Act} act */
async function run(database, mode, act) {
  try {
    return await withTimeout((resolve, reject) => {
      // Strict: `complete` fires only after the data is on the disk.
      const options = { durability: /** @type {const} */ ("strict") };
      const transaction = database.transaction(["sealed", "removed"], mode, options);
      const request = act(transaction.objectStore("sealed"), transaction.objectStore("removed"));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = reject;
    });
  } finally {
    database.close();
  }
}

/** Returns all entries and deletes old marks of removed entries. @returns {Promise<StoredEntry[]>} */
export const entries = () =>
  transact("readwrite", (sealed, removed) => {
    const marks = removed.getAll();
    marks.onsuccess = () => {
      for (const { id, at } of marks.result) if (Date.now() - at > WEEK) removed.delete(id);
    };
    return sealed.getAll();
  });

/** @param {string} id @param {string} reference @param {string} sealed @param {number} createdAt */
export const put = (id, reference, sealed, createdAt) =>
  transact("readwrite", (store, removed) => {
    // The patient has sent it again after removing it.
    removed.delete(id);
    return store.put({ id, reference, sealed, kept: createdAt });
  });

/** Deletes an entry. `mark` keeps every tab from sending it again. @param {string} id @param {boolean} mark */
export const remove = (id, mark) =>
  transact("readwrite", (sealed, removed) => {
    if (mark) removed.put({ id, at: Date.now() });
    return sealed.delete(id);
  });

/** @param {string} id @returns {Promise<number>} */
export const countOf = (id) => transact("readonly", (sealed) => sealed.count(id));

/** @param {string} id @returns {Promise<number>} */
export const countOfMarks = (id) => transact("readonly", (_, removed) => removed.count(id));
