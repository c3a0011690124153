import { CHOSEN } from "./compare.js";
import { element, message, on, printMarked, say } from "./page.js";

/**
 * Lists what matters to the patient, in their order, beside what the compared options offer on just that.
 * @param {HTMLFormElement} form
 * @param {HTMLElement} options
 */
export function weigh(form, options) {
  const summary = /** @type {HTMLElement} */ (element("matters-summary"));
  const list = /** @type {HTMLElement} */ (element("matters-list"));
  const matters = /** @type {HTMLElement[]} */ ([...form.querySelectorAll("[data-matter]")]);
  const offer = element("request-matters-offer");
  const include = /** @type {HTMLInputElement | null} */ (element("request-include-matters"));
  /** Those that matter, in the patient's order. @type {HTMLElement[]} */
  let order = [];

  /** @param {Element} matter */
  const nameOf = (matter) => matter.querySelector("legend")?.textContent ?? "";
  /** @param {Element} matter @returns {HTMLInputElement | null} */
  const answerOf = (matter) => matter.querySelector("input:checked");
  /** The first answer weighs the most, the last nothing. @param {Element} matter */
  const weightOf = (matter) => {
    const answers = [...matter.querySelectorAll("input")];
    return answers.length - 1 - answers.findIndex((it) => it === (answerOf(matter) ?? answers[answers.length - 1]));
  };

  /** @param {string} kind @param {string | Element[]} inside */
  const make = (kind, inside) => {
    const made = document.createElement(kind);
    made.append(...(typeof inside === "string" ? [inside] : inside));
    return made;
  };

  /** What an option says in a row; of its trials what the table says. @param {HTMLElement} card @param {string} row */
  const said = (card, row) => {
    const found = card.querySelector(`[data-row="${row}"]`);
    const inTable = document.querySelector(`.options-table [href="#${card.id}"]`)?.closest("tr");
    const text = (row === "days" && inTable?.querySelector("td")?.textContent) || found?.querySelector("dd")?.textContent;
    return make("p", `${found?.querySelector("dt")?.textContent}: ${text}`);
  };

  /** @param {HTMLElement} matter @param {number} nth */
  const entry = (matter, nth) => {
    const name = nameOf(matter);
    const heading = make("h4", name);
    heading.tabIndex = -1;
    const weight = make("p", answerOf(matter)?.labels?.[0]?.textContent ?? "");
    weight.className = "note";
    const parts = [heading, weight];
    if (nth > 0) {
      const up = /** @type {HTMLButtonElement} */ (make("button", message("matters-up")));
      up.type = "button";
      up.className = "quiet";
      up.setAttribute("aria-label", message("matters-up-spoken", { matter: name }));
      up.addEventListener("click", () => {
        order.splice(nth - 1, 0, ...order.splice(nth, 1));
        show();
        list.children[nth - 1]?.querySelector("h4")?.focus();
        tell("matters-moved", { matter: name, number: String(nth) });
      });
      parts.push(up);
    }
    const rows = (matter.dataset.rows ?? "").split(" ");
    const cards = /** @type {HTMLElement[]} */ ([...options.children]).filter((it) => compared().includes(it.dataset.option ?? ""));
    const offers = cards.map((card) =>
      make("div", [make("dt", card.querySelector("h3")?.textContent ?? ""), make("dd", rows.map((row) => said(card, row)))]),
    );
    if (offers.length) parts.push(make("dl", offers));
    parts.push(make("p", message("matters-ask", { question: message(`matter-${matter.dataset.matter}`) })));
    return make("li", parts);
  };

  /** What became of the request, to be told with the change. */
  let alsoTold = "";
  /** @param {string} key @param {Record<string, string>} gaps */
  const tell = (key, gaps) => {
    /** @type {HTMLElement} */ (element("matters-status")).textContent = message(key, gaps) + alsoTold;
    alsoTold = "";
  };

  /** Offers to include the list in a request. A tick agreed to the list as it was, not to another. */
  const offerList = () => {
    const weighed = order.flatMap((it) => [it.dataset.matter, answerOf(it)?.value]);
    // Read by `IncludedMatters::read`.
    const value = [form.dataset.version, ...weighed].join(" ");
    if (!offer || !include || include.value === value) return;
    const ticked = include.checked;
    include.checked = false;
    include.value = value;
    offer.hidden = order.length === 0;
    const points = order.map((it) => make("li", `${nameOf(it)}: ${answerOf(it)?.labels?.[0]?.textContent}`));
    element("request-matters")?.replaceChildren(...points);
    if (!ticked) return;
    const key = order.length ? "matters-not-included" : "matters-cleared";
    // The screen with the note may be another than the one that is shown: heard where the list is, too.
    say("request-matters-status", key);
    alsoTold = ` ${message(key)}`;
    include.dispatchEvent(new Event("change", { bubbles: true }));
  };
  include?.addEventListener("change", () => {
    if (include.checked) say("request-matters-status", "");
  });

  const compared = () =>
    /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("[name=option]:checked")]).map((it) => it.value);

  const show = () => {
    summary.hidden = order.length === 0;
    list.replaceChildren(...order.map(entry));
    offerList();
    /** @type {HTMLElement} */ (element("matters-none-compared")).hidden = compared().length > 0;
  };

  form.addEventListener("change", ({ target }) => {
    const weighed = matters.filter((it) => weightOf(it) > 0);
    // Only what was weighed anew is placed, behind those of its weight: what was moved stays where it is.
    order = order.filter((it) => weighed.includes(it) && !it.contains(/** @type {Node} */ (target)));
    for (const it of weighed.filter((it) => !order.includes(it))) {
      let at = order.length;
      while (at > 0 && weightOf(order[at - 1]) < weightOf(it)) at--;
      order.splice(at, 0, it);
    }
    show();
    tell(order.length ? "matters-weighed" : "matters-none", { number: String(order.length) });
  });
  options.addEventListener(CHOSEN, show);
  // Browsers that do not know the method "dialog" would send the answers at Enter.
  form.addEventListener("submit", (event) => event.preventDefault());

  on("matters-print", () => printMarked(document.documentElement, summary.parentElement?.closest("section")));
  on("matters-clear", () => {
    form.reset();
    form.dispatchEvent(new Event("change"));
    form.querySelector("input")?.focus();
  });

  // Weighed before this script came.
  if (matters.some(answerOf)) form.dispatchEvent(new Event("change"));
}
