// Returns everything in which a page can leave something behind, as text: what it shows, what fields hold,
// what the browser stores, and its address, title and history.

async () => {
  /** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
  const result = (request) =>
    new Promise((resolve) => {
      request.onsuccess = () => resolve(request.result);
    });
  const stored = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await result(indexedDB.open(name ?? ""));
    for (const store of database.objectStoreNames) {
      stored.push(await result(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) {
      cached.push(request.url);
    }
  }
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("input, textarea, select")
  );
  return JSON.stringify([
    stored,
    cached,
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    location.href,
    document.title,
    history.state,
    window.name,
    [...fields].map((it) => it.value),
    document.documentElement.outerHTML,
  ]);
}
