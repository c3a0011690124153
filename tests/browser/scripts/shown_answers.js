// Returns everything in the page that gives away an answer or a result: filled texts and bars, and the
// visible outcomes, grades and flags.

() => {
  /** @param {string} selector @returns {HTMLElement[]} */
  const all = (selector) => [...document.querySelectorAll(selector)].filter((it) => it instanceof HTMLElement);
  const texts = all(
    "[id^=assessment-row-answer-], [id^=assessment-unscored-], [id^=assessment-criterion-][id$=-points], .criteria li li span span",
  );
  const shown = all("[id^=assessment-outcome-], [id*=-grade-], [id^=assessment-flag-]");
  return [
    ...texts.map((it) => it.textContent),
    ...[...document.querySelectorAll(".filled")].map((it) => it.id),
    ...shown.filter((it) => !it.id.endsWith("-heading") && !it.hidden).map((it) => it.id),
  ].join("");
}
