// Returns the elements that move, or change by and by, where they may.

() => {
  /** @param {string} durations */
  const lasts = (durations) => durations.split(",").some((it) => parseFloat(it) > 0);
  /** @param {CSSStyleDeclaration} style */
  const moves = (style) =>
    style.animationName !== "none" ||
    (style.transitionProperty !== "none" && lasts(style.transitionDuration)) ||
    style.scrollBehavior === "smooth";
  return [...document.querySelectorAll("*")]
    .filter((it) => [undefined, "::before", "::after"].some((part) => moves(getComputedStyle(it, part))))
    .map((it) => it.outerHTML.slice(0, 160));
}
