// What hides the middle of the element that has the focus, of its first line where it is a link; empty if nothing does.

/** @param {boolean} partly The middle of what is in the window: Firefox does not scroll to what is partly seen. */
(partly) => {
  const focused = /** @type {HTMLInputElement} */ (document.activeElement);
  const { left, top, bottom, width } = focused.getClientRects()[0];
  // WebKit scrolls to the cursor in a text.
  const [from, to] = partly || focused.matches("textarea") ? [Math.max(top, 0), Math.min(bottom, innerHeight)] : [top, bottom];
  const [x, y] = [left + width / 2, (from + to) / 2];
  if (y < 0 || y > innerHeight || from > to) return 'the edge of the window';
  const seen = document.elementFromPoint(x, y);
  const own = [focused, ...(focused.labels ?? [])];
  return own.some((it) => it.contains(seen)) ? '' : (seen?.outerHTML.slice(0, 120) ?? 'nothing');
}
