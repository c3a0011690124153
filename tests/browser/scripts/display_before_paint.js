// Returns, of the script that applies the display settings: how it is loaded, if the style sheet stands
// behind it, if it blocks rendering, and if it was there before the first paint.

() => {
  const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src*="display"]'));
  const style = /** @type {HTMLLinkElement} */ (document.querySelector("link[rel=stylesheet]"));
  const loaded = /** @type {any} */ (performance.getEntriesByName(script.src)[0]);
  const [paint] = performance.getEntriesByType("paint");
  return [
    script.async || script.defer || script.type,
    !!(script.compareDocumentPosition(style) & Node.DOCUMENT_POSITION_FOLLOWING),
    loaded.renderBlockingStatus,
    loaded.responseEnd <= (paint?.startTime ?? 0),
  ];
}
