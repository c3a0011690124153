// What hides the middle of the element that has the focus; empty if nothing does. Of one that is partly in the window the
// middle of that part: Firefox does not scroll to it.
() => {
  const focused = /** @type {HTMLInputElement} */ (document.activeElement);
  const { left, top, bottom, width } = focused.getBoundingClientRect();
  if (bottom <= 0 || top >= innerHeight) return 'the edge of the window';
  const [x, y] = [left + width / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
  const seen = document.elementFromPoint(x, y);
  const own = [focused, ...(focused.labels ?? [])];
  return own.some((it) => it.contains(seen)) ? '' : (seen?.outerHTML.slice(0, 120) ?? 'nothing');
}
