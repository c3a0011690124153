// Returns the place of the element with the focus among `stops`, if its focus is marked, its beginning, and if it is what
// Firefox alone stops at: a part of the page that scrolls.

() => {
  const focused = /** @type {HTMLElement} */ (document.activeElement);
  // Of a choice its row is marked.
  const marked = [focused, focused.closest(".row")].some((it) => {
    if (!it) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(it);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const scrolls = focused.scrollHeight > focused.clientHeight && focused !== document.body;
  return [stops.indexOf(focused), marked, focused.outerHTML.slice(0, 120), scrolls];
}
