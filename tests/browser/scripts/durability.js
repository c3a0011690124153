// Keeps in `written` the durability that each transaction asks for which writes.

() => {
  window.written = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === "readwrite") written.push(options?.durability ?? "default");
    return transaction.call(this, stores, mode, options);
  };
}
