// Scrolls an element into view and returns the middle of it, in CSS pixels of the window.

/** @param {Element} element */
(element) => {
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [x + width / 2, y + height / 2];
}
