// Scrolls what a selector finds to where a thumb reaches it: above the bar at a phone's lower edge.

/** @param {string} selector */
(selector) => {
  const element = document.querySelector(selector);
  const { top, bottom } = element?.getBoundingClientRect() ?? new DOMRect();
  if (top < 0 || bottom > innerHeight - 60) element?.scrollIntoView({ block: "center" });
}
