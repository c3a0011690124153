// Answers the questions and presses Continue, up to the first that has what a selector finds, or to the
// end of the questions.

/** @param {string} selector */
(selector) => {
  /** @type {Record<string, number>} */
  const given = { "headache-days": 20, "acute-days": 6 };
  const shown = () => /** @type {HTMLFormElement | null} */ (document.querySelector("#self-assessment form"));
  for (let form = shown(); form && !form.querySelector(selector); form = shown()) {
    /** @param {string} what @returns {HTMLInputElement | null} */
    const find = (what) => form?.querySelector(what) ?? null;
    const number = find("input[type=text]");
    const choice = find("input[value=none]") ?? find("input");
    if (number) number.value = `${given[number.id.replace("answer-", "")] ?? 5}`;
    else if (choice) choice.checked = true;
    form.requestSubmit();
    if (shown() === form) throw new Error(form.id);
  }
}
