// Returns the button, link, summary or choice of these words within a part of the page that is shown and works;
// `null` if there is none. A count beside the words does not belong to them.

/** @param {string} label @param {string} within A selector. */
(label, within) => {
  const controls = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll(`${within} :is(button, summary, a[href], label.row)`)
  );
  for (const control of controls) {
    const copy = /** @type {Element} */ (control.cloneNode(true));
    copy.querySelectorAll(".count").forEach((it) => it.remove());
    const works = control.ariaDisabled !== "true" && control.checkVisibility();
    if (works && copy.textContent?.trim() === label) {
      control.scrollIntoView({ block: "center", behavior: "instant" });
      return control;
    }
  }
  return null;
}
