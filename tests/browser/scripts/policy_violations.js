// Keeps in `forbidden` all that the Content-Security-Policy refused, from the page's first byte on.

() => {
  globalThis.forbidden = [];
  new ReportingObserver(
    (reports) => {
      for (const { body } of reports) {
        const { effectiveDirective, blockedURL, sourceFile } = /** @type {any} */ (body);
        forbidden.push(`${effectiveDirective} ${blockedURL} ${sourceFile ?? ""}`);
      }
    },
    { types: ["csp-violation"], buffered: true },
  ).observe();
}
