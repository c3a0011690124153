// Answers questions in their order, and presses Continue after each.

/** @param {[question: string, values: string[]][]} given the options of each, or its digits */
(given) => {
  for (const [question, values] of given) {
    const form = /** @type {HTMLFormElement} */ (document.querySelector("#self-assessment form"));
    for (const value of values) {
      /** @param {string} what @returns {HTMLInputElement | null} */
      const find = (what) => form.querySelector(what);
      const number = find(`#answer-${question}[type=text]`);
      if (number) number.value = value;
      else find(`[name=answer-${question}][value="${value}"]`)?.click();
    }
    form.requestSubmit();
    if (form.isConnected && form.checkVisibility()) throw new Error(`${question} is still asked`);
  }
}
