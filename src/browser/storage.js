// The browser's own storage (IndexedDB) for sealed requests. Nothing in it is readable. In JavaScript,
// because each of its requests is an event with two handlers: see docs/decisions/0002-sealing-and-posting-are-rust.md.
// Used by storage.rs.

/** @typedef {{ id: string, reference: string, sealed: string, kept: number }} StoredEntry */

/** Some browsers that refuse to store never say so. Milliseconds. */
const TIME_LIMIT = 3_000;
/** No tab sends an older entry unasked, so a mark can go after as long. Milliseconds. */
const WEEK = 7 * 24 * 3_600_000;

/** A promise that does not stay pending for ever. @param {(resolve: (it: any) => void, reject: () => void) => void} begin */
const settled = (begin) =>
  new Promise((resolve, reject) => {
    setTimeout(reject, TIME_LIMIT);
    begin(resolve, reject);
  });

/**
 * @param {IDBTransactionMode} mode
 * @param {(sealed: IDBObjectStore, removed: IDBObjectStore) => IDBRequest} act
 */
async function transact(mode, act) {
  const database = await settled((resolve, reject) => {
    const opening = indexedDB.open("appointment-requests", 2);
    opening.onupgradeneeded = ({ oldVersion }) => {
      if (oldVersion < 1) opening.result.createObjectStore("sealed", { keyPath: "id" });
      opening.result.createObjectStore("removed", { keyPath: "id" });
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });
  try {
    return await settled((resolve, reject) => {
      // Strict: on the disk before it counts as stored.
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

/** All entries. Deletes the marks of removed ones that are old. @returns {Promise<StoredEntry[]>} */
export const entries = () =>
  transact("readwrite", (sealed, removed) => {
    const marks = removed.getAll();
    marks.onsuccess = () => {
      for (const { id, at } of marks.result) if (Date.now() - at > WEEK) removed.delete(id);
    };
    return sealed.getAll();
  });

/** @param {string} id @param {string} reference @param {string} sealed @param {number} kept */
export const put = (id, reference, sealed, kept) =>
  transact("readwrite", (store, removed) => {
    // Sent once more after it was removed, by the patient's own choice.
    removed.delete(id);
    return store.put({ id, reference, sealed, kept });
  });

/** Deletes an entry; `mark` keeps every tab from sending it again. @param {string} id @param {boolean} mark */
export const remove = (id, mark) =>
  transact("readwrite", (sealed, removed) => {
    if (mark) removed.put({ id, at: Date.now() });
    return sealed.delete(id);
  });

/** @param {string} id @returns {Promise<number>} */
export const countOf = (id) => transact("readonly", (sealed) => sealed.count(id));

/** @param {string} id @returns {Promise<number>} */
export const countOfMarks = (id) => transact("readonly", (_, removed) => removed.count(id));
