// Returns the place of the element with the focus among `stops`, if its focus is marked, and its beginning.

() => {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const marked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return [stops.indexOf(focused), marked, focused.outerHTML.slice(0, 120)];
}
