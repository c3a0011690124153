// Sets the spacing that a reader may set (WCAG 2.2, 1.4.12). As a constructed sheet: the policy of the
// page allows no other.

() => {
  const style = new CSSStyleSheet();
  style.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = [style];
}
