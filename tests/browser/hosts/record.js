// Records what tests ask the host's page for afterwards: the element's events, every message, every
// height of the page, the length of the tab's history at each step, its layout shifts, and violations of
// its Content-Security-Policy.
globalThis.heard = [];
globalThis.messages = [];
globalThis.heights = [];
globalThis.shifts = [];
globalThis.entries = [];
globalThis.violations = [];

for (const type of ["ready", "resize", "step", "assessment-complete", "submitted", "error"]) {
  document.addEventListener(`migraine-guide:${type}`, (event) => {
    if (!(event instanceof CustomEvent && event.target instanceof Element)) return;
    heard.push({ type, id: event.target.id, detail: event.detail, at: performance.now() });
  });
}
addEventListener("message", ({ data }) => {
  messages.push(data);
  if (data.type === "step") entries.push(history.length);
});
new ResizeObserver(() => {
  const { scrollHeight } = document.documentElement;
  if (heights.at(-1) !== scrollHeight) heights.push(scrollHeight);
}).observe(document.documentElement);
// An icon for the tab, which some browsers ask for, is the host's own affair.
document.addEventListener("securitypolicyviolation", (event) =>
  event.blockedURI.endsWith("/favicon.ico") || violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
);
new PerformanceObserver((list) => {
  // The DOM library has no type for these entries.
  const entries = /** @type {any[]} */ (list.getEntries());
  shifts.push(...entries.map(({ value, startTime }) => ({ value, at: startTime })));
}).observe({ type: "layout-shift", buffered: true });
