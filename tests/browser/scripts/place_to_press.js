// Returns where to press what a selector finds, in CSS pixels of the window, and scrolls there if it is
// out of view.

/** @param {string} selector */
(selector) => {
  const element = /** @type {Element} */ (document.querySelector(selector));
  const seen = element.getBoundingClientRect();
  if (seen.bottom > innerHeight || seen.top < 0) element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + Math.min(width, 40) / 2, y + height / 2];
}
