// What hides the middle of the element that has the focus; empty if nothing does.
() => {
  const focused = /** @type {HTMLInputElement} */ (document.activeElement);
  const { left, top, width, height } = focused.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  if (y < 0 || y > innerHeight) return 'the edge of the window';
  const seen = document.elementFromPoint(x, y);
  const own = [focused, ...(focused.labels ?? [])];
  return own.some((it) => it.contains(seen)) ? '' : (seen?.outerHTML.slice(0, 120) ?? 'nothing');
}
