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
const QUESTIONS = document.querySelectorAll("template[id^=assessment-question-]").length;
/** @type {Map<number, FormData>} */
const answers = new Map();
const asked = element("assessment-asked");
let at = 0;

const ask = () => {
  const template = /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(`assessment-question-${at}-template`)
  );
  if (template) asked.replaceChildren(template.content.cloneNode(true));
  element("assessment-progress-text").textContent = `Question ${at + 1} of ${QUESTIONS}`;
  element(`assessment-question-${at}-heading`).focus();
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
  if (at < QUESTIONS) return ask();
  asked.replaceChildren();
  const rows = document.querySelectorAll("#assessment-check dd:not(.change)");
  rows.forEach((row, index) => (row.textContent = [...(answers.get(index)?.values() ?? [])].join("; ")));
  show("assessment-outcome-worth-asking", true);
  change("assessment-progress", "assessment-check");
});
const form = /** @type {HTMLFormElement} */ (element("request-form"));
form.addEventListener("submit", () => change("request-fill-in", "request-check"));
