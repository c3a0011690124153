// Keeps in `forbidden` all that the Content-Security-Policy refused, from the page's first byte on.

() => {
  window.forbidden = [];
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
    forbidden.push(`${effectiveDirective} ${blockedURI} ${sourceFile ?? ""}`);
  });
}
