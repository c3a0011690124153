// Keeps in `told` every call by which a page can pass something on: stored, sent, posted, dispatched or
// logged.

() => {
  window.told = [];
  /** @param {string} what @param {any} on @param {string} name */
  const note = (what, on, name) => {
    const own = on[name];
    on[name] = function (/** @type {any[]} */ ...given) {
      told.push(what);
      return own.apply(this, given);
    };
  };
  note("storage", Storage.prototype, "setItem");
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) {
    const detail = event instanceof CustomEvent ? event.detail : null;
    told.push(`event ${event.type} ${JSON.stringify(detail)}`);
    return dispatchEvent.call(this, event);
  };
  note("message", window, "postMessage");
  note("message", MessagePort.prototype, "postMessage");
  note("message", BroadcastChannel.prototype, "postMessage");
  note("beacon", navigator, "sendBeacon");
  note("fetch", window, "fetch");
  note("fetch", XMLHttpRequest.prototype, "send");
  note("database", IDBFactory.prototype, "open");
  note("cache", CacheStorage.prototype, "open");
  for (const name of ["log", "info", "warn", "error", "debug"]) note("console", console, name);
  new MutationObserver(() => told.push("title")).observe(document.head, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}
