// Returns the elements that have no place on paper: controls (a word that is explained stays, as text), links to other
// sites without their address, and blocks that a page break may part.

() => {
  /** @param {string} selector @param {(it: Element) => boolean} fault */
  const find = (selector, fault) =>
    [...document.querySelectorAll(selector)]
      .filter((it) => it.checkVisibility() && fault(it))
      .map((it) => it.outerHTML.slice(0, 160));
  const controls =
    "button:not(.word), input, select, textarea, summary, nav, .button, .skip, .contents, .reading-progress";
  return {
    controls: find(controls, () => true),
    links: find("main a[href^=http]", (it) => {
      const address = getComputedStyle(it, "::after").content;
      // Firefox gives what the style says in place of the address itself.
      const written = address.includes("attr(href)") || address.includes(it.getAttribute("href") ?? "");
      return !it.textContent.startsWith("doi.org/") && !written;
    }),
    torn: [
      ...find("h1, h2, h3, h4, figcaption", (it) => getComputedStyle(it).breakAfter !== "avoid"),
      ...find("tr, figcaption, .steps, .studies > svg", (it) => getComputedStyle(it).breakInside !== "avoid"),
    ],
  };
}
