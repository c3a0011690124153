// Returns the place of the element with the focus among `stops`, if its focus is marked, its beginning, and if it is what
// Firefox alone stops at: a part of the page that scrolls.

() => {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const scrolls = focused.scrollHeight > focused.clientHeight && focused !== document.body;
  return [stops.indexOf(focused), marked, focused.outerHTML.slice(0, 120), scrolls];
}
