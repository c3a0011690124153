// Returns where to press what a selector finds, in CSS pixels of the window, and scrolls there if it is
// out of view, or behind the bar at the edge of a phone.

/** @param {string} selector */
(selector) => {
  const element = /** @type {Element} */ (document.querySelector(selector));
  const place = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return /** @type {const} */ ([x + Math.min(width, 40) / 2, y + height / 2]);
  };
  if (!element.contains(document.elementFromPoint(...place()))) element.scrollIntoView({ block: "center" });
  return place();
}
