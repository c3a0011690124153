// Keeps in `held` how long the page was held up by each task of more than 50 ms.

() => {
  window.held = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) held.push(duration);
  }).observe({ type: "longtask", buffered: true });
}
