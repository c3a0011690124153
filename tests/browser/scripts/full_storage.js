// Lets the page store nothing more, as where the disk or the site's share of it is full: every write fails and undoes
// its transaction, and localStorage refuses each value.

() => {
  const full = () => new DOMException("full", "QuotaExceededError");
  const { put } = IDBObjectStore.prototype;
  Object.assign(IDBObjectStore.prototype, {
    /** @this {IDBObjectStore} @param {any} value */
    put(value) {
      const request = put.call(this, value);
      this.transaction.abort();
      return request;
    },
  });
  Object.assign(Storage.prototype, {
    setItem() {
      throw full();
    },
  });
}
