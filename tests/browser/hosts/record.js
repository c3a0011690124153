// What a test asks the host page afterwards: the element's events, every message, every height of
// the page, its layout shifts, and violations of its Content-Security-Policy.
globalThis.heard = [];
globalThis.messages = [];
globalThis.heights = [];
globalThis.shifts = [];
globalThis.violations = [];

for (const type of ["ready", "resize", "step", "assessment-complete", "submitted", "error"]) {
  document.addEventListener(`migraine-guide:${type}`, ({ target, detail }) =>
    heard.push({ type, id: target.id, detail, at: performance.now() }),
  );
}
addEventListener("message", ({ data }) => messages.push(data));
new ResizeObserver(() => {
  const { scrollHeight } = document.documentElement;
  if (heights.at(-1) !== scrollHeight) heights.push(scrollHeight);
}).observe(document.documentElement);
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
);
new PerformanceObserver((list) =>
  shifts.push(...list.getEntries().map(({ value, startTime }) => ({ value, at: startTime }))),
).observe({ type: "layout-shift", buffered: true });
