// Keeps every layout shift in `moved`: how much, and of each element what it is, from where and to where it moved.

() => {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // The DOM library has no type for these entries.
      const { value, sources } =
        /** @type {{ value: number, sources: { node?: Node, previousRect: DOMRect, currentRect: DOMRect }[] }} */ (
          /** @type {unknown} */ (entry)
        );
      const name = (/** @type {Node | undefined} */ node) =>
        node instanceof Element ? node.outerHTML.slice(0, 200) : [node?.nodeName, node?.textContent].join(" ");
      moved.push([
        value,
        ...sources.map(({ node, previousRect, currentRect }) => [name(node), previousRect, currentRect]),
      ]);
    }
  }).observe({ type: "layout-shift", buffered: true });
}
