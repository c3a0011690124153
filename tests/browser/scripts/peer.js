// The fifty lines of script that such a page usually has. They stand in for the app in `make bench-page`: one
// question after the other, answers in a list, a form that is posted as it is. They check, seal and store nothing.

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id @param {boolean} shown */
const show = (id, shown) => (element(id).hidden = !shown);
/** @param {string} from @param {string} to */
const change = (from, to, heading = `${to}-heading`) => {
  show(from, false);
  show(to, true);
  element(heading).focus();
};
/** Questions that the answers of the benchmark pass over. */
const PASSED_OVER = "[name=answer-features], [name=answer-acute-kinds]";
/** @type {NodeListOf<HTMLTemplateElement>} */
const templates = document.querySelectorAll("template[id^=assessment-question-]");
const questions = [...templates].filter((it) => !it.content.querySelector(PASSED_OVER));
/** @type {Map<number, FormData>} */
const answers = new Map();
const asked = element("assessment-asked");
let at = 0;

const ask = () => {
  asked.replaceChildren(questions[at].content.cloneNode(true));
  element("assessment-progress-text").textContent = `Question ${at + 1} of ${questions.length}`;
  asked.querySelector("h3")?.focus();
};

/** @type {Record<string, () => void>} */
const actions = {
  start() {
    change("assessment-start", "assessment-progress", "assessment-start-heading");
    ask();
  },
  finish: () => change("assessment-check", "assessment-result", "assessment-result"),
  async send() {
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const headers = { "Content-Type": "application/json" };
    // The clinic takes no request that is not sealed; the response is not looked at.
    await fetch("/v1/requests", { method: "POST", headers, body });
    change("request-check", "request-sent");
  },
};

addEventListener("click", ({ target }) => {
  const button = target instanceof Element ? target.closest("button") : null;
  actions[button?.dataset.action ?? ""]?.();
});
asked.addEventListener("submit", ({ target }) => {
  answers.set(at, new FormData(/** @type {HTMLFormElement} */ (target)));
  at += 1;
  if (at < questions.length) return ask();
  asked.replaceChildren();
  const rows = document.querySelectorAll("#assessment-check dd:not(.change)");
  rows.forEach((row, index) => (row.textContent = [...(answers.get(index)?.values() ?? [])].join("; ")));
  show("assessment-outcome-worth-asking", true);
  change("assessment-progress", "assessment-check");
});
const form = /** @type {HTMLFormElement} */ (element("request-form"));
form.addEventListener("submit", () => change("request-fill-in", "request-check"));
