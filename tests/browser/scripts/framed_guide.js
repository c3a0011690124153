// Returns the state of the guide's page in a frame that asks for the self-assessment alone: if nothing
// scrolls, if no scroll bar takes room, if the self-assessment is visible, and the other parts that are.

() => {
  /** @param {string} selector */
  const shown = (selector) => document.querySelector(selector)?.checkVisibility();
  const others = [
    ".site-header",
    ".site-footer",
    ".quick-links",
    ".lede",
    "#studies",
    "#appointment-request",
    "#recent-articles",
    "#references",
  ];
  return [
    document.documentElement.scrollHeight <= innerHeight,
    innerWidth === document.documentElement.clientWidth,
    ["#self-assessment", "[data-action=start]"].every(shown),
    others.filter(shown),
  ];
}
