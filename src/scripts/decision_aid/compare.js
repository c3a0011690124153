import { element, on, say } from "./page.js";

/** Told to the list of the options when others were chosen. */
export const CHOSEN = "chosen";

/**
 * Shows what is chosen side by side. The address keeps the choice, to come back to or to send to somebody.
 * @param {HTMLElement} options
 * @param {HTMLFormElement} choice
 */
export function compare(options, choice) {
  const MOST = 4;
  const NAME = "options=";
  const boxes = /** @type {HTMLInputElement[]} */ ([...choice.querySelectorAll("[name=option]")]);
  const cards = /** @type {HTMLElement[]} */ ([...options.children]);
  /** The address was read once. */
  let loaded = false;
  const chosen = () => boxes.filter((it) => it.checked);

  const show = () => {
    const ids = chosen().map((it) => it.value);
    const beside = ids.length > 1;
    for (const card of cards) card.hidden = beside && !ids.includes(card.dataset.option ?? "");
    options.toggleAttribute("data-beside", beside);
    // Wider than the window, it scrolls by keyboard too.
    if (beside) options.tabIndex = 0;
    else options.removeAttribute("tabindex");
    const names = chosen().map((it) => it.labels?.[0]?.textContent ?? "").join(", ");
    if (beside) say("options-status", "options-chosen", { names });
    else say("options-status", ids.length ? "options-one" : "options-none");
    keepInAddress();
    options.dispatchEvent(new Event(CHOSEN));
  };

  /** In the fragment, which no server is told. The state marks the entry of the history as one that was here. */
  const keepInAddress = () => {
    const ids = chosen().map((it) => it.value);
    const fragment = ids.length ? `#${NAME}${ids.join("+")}` : location.pathname + location.search;
    history.replaceState(history.state ?? {}, "", fragment);
  };

  choice.addEventListener("change", ({ target }) => {
    if (chosen().length > MOST && target instanceof HTMLInputElement) {
      target.checked = false;
      say("options-status", "options-too-many");
    } else show();
  });
  on("options-all", () => {
    for (const box of boxes) box.checked = false;
    show();
  });

  const read = () => {
    // Back and Forward, also of the request's screens, undo no choice.
    if (history.state && loaded) {
      keepInAddress();
      return;
    }
    if (!location.hash.startsWith(`#${NAME}`)) {
      // A link to an option that is hidden shows all again.
      const target = element(location.hash.slice(1));
      const card = cards.find((it) => it.hidden && it.contains(target));
      if (!target || !card) {
        // A link within the page.
        if (chosen().length) keepInAddress();
        return;
      }
      for (const box of boxes) box.checked = false;
      show();
      target.scrollIntoView();
      return;
    }
    // Programs that pass it on may write the signs between the ids in another way.
    const kept = location.hash.slice(NAME.length + 1).replace(/%20|%2b/gi, "+").split(/[^a-z0-9-]+/);
    for (const box of boxes) box.checked = false;
    for (const box of boxes.filter((it) => kept.includes(it.value)).slice(0, MOST)) box.checked = true;
    show();
  };
  addEventListener("hashchange", read);
  read();
  loaded = true;
  // Chosen before this script came, or kept by a browser over a reload.
  if (chosen().length) show();
}
