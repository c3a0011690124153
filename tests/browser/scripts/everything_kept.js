// Returns everything that the browser stores or shows of this page, as text; without the list of "Check
// your request", which shows the patient what was typed.

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
  const page = /** @type {Element} */ (document.documentElement.cloneNode(true));
  page.querySelector("#request-check")?.remove();
  return JSON.stringify([
    stored,
    { ...localStorage },
    { ...sessionStorage },
    document.cookie,
    location.href,
    document.title,
    history.state,
    await caches.keys(),
    window.name,
    performance.getEntries().map((it) => it.name),
    page.outerHTML,
  ]);
}
