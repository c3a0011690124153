// Returns the elements that stand out of the window or whose own text does not fit in them; controls
// also where the part that is too long is shown beside them. What is typed into a field scrolls in it.

() => {
  const wide = document.documentElement.clientWidth + 0.5;
  const left_out = ".visually-hidden, .visually-hidden *, .skip, .studies thead *, svg, svg *, .table, .table *, .scrolls *";
  const cut = [...document.querySelectorAll("body *")].filter((it) => {
    if (!it.checkVisibility() || it.matches(left_out)) return false;
    const { right, left, width } = it.getBoundingClientRect();
    const outgrown = it.scrollWidth > it.clientWidth + 1;
    const clips =
      outgrown && it.clientWidth > 0 && !it.matches("input") && ["hidden", "clip"].includes(getComputedStyle(it).overflowX);
    return width > 0 && (right > wide || left < -0.5 || clips || (outgrown && it.matches("button, .button")));
  });
  if (document.documentElement.scrollWidth > wide) cut.push(document.documentElement);
  return cut.map((it) => it.outerHTML.slice(0, 160));
}
