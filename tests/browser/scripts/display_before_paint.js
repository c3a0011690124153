// Returns whether the inline script of the head stands above the inline style, and everything that the
// first paint waited for beside the page itself.

() => {
  const script = document.head.querySelector("script:not([src], [type])");
  const style = document.head.querySelector("style");
  const above =
    script && style && script.compareDocumentPosition(style) === Node.DOCUMENT_POSITION_FOLLOWING;
  // Not in the types of the compiler yet.
  const resources = /** @type {any[]} */ (performance.getEntriesByType("resource"));
  const blocking = resources.filter((it) => it.renderBlockingStatus === "blocking");
  return [above, blocking.map((it) => it.name)];
}
