// Keeps in `stops` all controls of the page in their order, and puts the focus on the first. Returns their number.

() => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  window.stops = /** @type {HTMLElement[]} */ (
    [...document.querySelectorAll(controls)].filter((it) => it.checkVisibility({ visibilityProperty: true }))
  );
  stops[0].focus();
  return stops.length;
}
