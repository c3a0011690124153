// Returns the element that hides the middle of the one with the focus, or of its first line; empty if none does.

/** @param {boolean} partly The middle of its part in the window: some browsers do not scroll to one that is partly seen. */
(partly) => {
  const focused = /** @type {HTMLInputElement} */ (document.activeElement);
  const { left, top, bottom, width } = focused.getClientRects()[0];
  const [from, to] = partly ? [Math.max(top, 0), Math.min(bottom, innerHeight)] : [top, bottom];
  const [x, y] = [left + width / 2, (from + to) / 2];
  if (y < 0 || y > innerHeight || from > to) return 'the edge of the window';
  const seen = document.elementFromPoint(x, y);
  const own = [focused, ...(focused.labels ?? [])];
  return own.some((it) => it.contains(seen)) ? '' : (seen?.outerHTML.slice(0, 120) ?? 'nothing');
}
