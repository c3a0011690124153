// Keeps in `stops` all controls of the page in their order, and puts the focus on the first. Returns their number.
// Of a group of radios Tab leads to the chosen one, or else to the first.

() => {
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const shown = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll(controls)]).filter(
    (it) => it.checkVisibility({ visibilityProperty: true }) && it.tabIndex >= 0 && !it.disabled,
  );
  window.stops = shown.filter((it) => {
    const group = shown.filter((other) => it.type === "radio" && other.name === it.name && other.form === it.form);
    return it.type !== "radio" || it === (group.find((other) => other.checked) ?? group[0]);
  });
  stops[0].focus();
  return stops.length;
}
