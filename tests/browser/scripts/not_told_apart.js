// Returns what cannot be told from its ground where the system sets all colors: fields and buttons without an edge (a
// link that looks like one is underlined), and words or lines of a drawing that are in the color behind them.

() => {
  /** @param {string} selector @param {(style: CSSStyleDeclaration) => boolean} fault */
  const find = (selector, fault) =>
    [...document.querySelectorAll(selector)]
      .filter((it) => it.checkVisibility() && fault(getComputedStyle(it)))
      .map((it) => it.outerHTML.slice(0, 160));
  const ground = getComputedStyle(document.body).backgroundColor;
  const fields = "input:not([type=radio], [type=checkbox]), select, textarea, .button";
  return [
    ...find(fields, (it) => {
      const has_edge = parseFloat(it.borderBlockStartWidth) >= 1 && it.borderBlockStartColor !== it.backgroundColor;
      return !has_edge && it.textDecorationLine !== "underline";
    }),
    ...find("input:is([type=radio], [type=checkbox])", (it) => it.appearance === "none"),
    ...find("figure svg text", (it) => it.fill === ground),
    ...find("figure svg line", (it) => it.stroke === ground),
  ];
}
