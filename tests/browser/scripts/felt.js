// Keeps in `felt` what a person feels of a page: when something is painted, what blocks it, how long each press
// takes until the next frame, and until its effect is shown.

() => {
  /** @param {string} selector */
  const isShown = (selector) => (document.querySelector(selector)?.getClientRects().length ?? 0) > 0;
  /** @type {Felt} */
  const felt = {
    firstAnswer: undefined,
    largest: 0,
    blocking: [],
    events: {},
    pressed: 0,
    reflected: undefined,
    /** @param {string} selector */
    awaits(selector) {
      felt.reflected = undefined;
      const look = () => {
        if (felt.reflected !== undefined) return;
        if (!isShown(selector)) return;
        felt.reflected = performance.now() - felt.pressed;
        changes.disconnect();
      };
      const changes = new MutationObserver(look);
      changes.observe(document, { subtree: true, childList: true, attributes: true });
      const everyFrame = () => {
        look();
        if (felt.reflected === undefined) requestAnimationFrame(everyFrame);
      };
      everyFrame();
    },
  };
  window.felt = felt;

  /**
   * @param {PerformanceObserverInit & { durationThreshold?: number }} what
   * @param {(entry: any) => void} each
   */
  const watch = (what, each) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ buffered: true, ...what });
  watch({ type: "largest-contentful-paint" }, ({ startTime }) => (felt.largest = startTime));
  // What a long task takes beyond 50 ms blocks.
  watch({ type: "longtask" }, ({ startTime, duration }) => felt.blocking.push([startTime, duration - 50]));
  // 16 ms is the least that browsers report.
  watch({ type: "event", durationThreshold: 16 }, ({ interactionId, duration }) => {
    if (interactionId) felt.events[interactionId] = Math.max(duration, felt.events[interactionId] ?? 0);
  });
  for (const type of ["pointerup", "keydown", "click"]) {
    addEventListener(type, (event) => (felt.pressed = event.isTrusted ? event.timeStamp : felt.pressed), {
      capture: true,
      passive: true,
    });
  }
}
