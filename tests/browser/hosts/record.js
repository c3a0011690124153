// What a test asks the host page afterwards: the element's events, the page's layout shifts, and
// violations of its Content-Security-Policy.
globalThis.heard = [];
globalThis.shifts = [];
globalThis.violations = [];

for (const type of ["ready", "resize", "step", "assessment-complete", "submitted", "error"]) {
  document.addEventListener(`migraine-guide:${type}`, ({ target, detail }) =>
    heard.push({ type, id: target.id, detail, at: performance.now() }),
  );
}
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
);
new PerformanceObserver((list) =>
  shifts.push(...list.getEntries().map(({ value, startTime }) => ({ value, at: startTime }))),
).observe({ type: "layout-shift", buffered: true });
