// Keeps every layout shift in `moved`.

() => {
  globalThis.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // The DOM library has no type for these entries.
      const { value, sources } = /** @type {{ value: number, sources: { node?: Node }[] }} */ (
        /** @type {unknown} */ (entry)
      );
      const elements = sources.map(({ node }) => node?.parentElement ?? node);
      moved.push([
        value,
        ...elements.map((it) => (it instanceof Element ? it.outerHTML.slice(0, 200) : it?.nodeName)),
      ]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}
