// Puts the focus a few controls before what a selector finds, if that is farther away.

/** @param {string} selector */
(selector) => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const shown = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(controls)]).filter((it) =>
    it.checkVisibility({ visibilityProperty: true }),
  );
  const few = 5;
  const there = shown.findIndex((it) => it.matches(selector));
  const here = shown.findIndex((it) => it === document.activeElement);
  if (there > few && (here > there || here < there - few)) shown[there - few].focus({ preventScroll: true });
}
