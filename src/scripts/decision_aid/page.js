// What the scripts of the decision aid share.

/** @param {string} id */
export const element = (id) => document.getElementById(id);

/** A sentence that the page keeps, with its gaps filled. @param {string} key @param {Record<string, string>} [gaps] */
export const message = (key, gaps = {}) => {
  const text = element(`message-${key}`)?.textContent ?? "";
  return text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
};

/** Says such a sentence. @param {string} status @param {string} key @param {Record<string, string>} [gaps] */
export const say = (status, key, gaps) => {
  const place = element(status);
  if (place) place.textContent = message(key, gaps);
};

/**
 * Prints, with these parts of the page marked for the style.
 * @param {(Element | null | undefined)[]} parts
 */
export const printMarked = (...parts) => {
  const mark = (/** @type {boolean} */ on) => parts.forEach((it) => it?.toggleAttribute("data-printed", on));
  mark(true);
  addEventListener("afterprint", () => mark(false), { once: true });
  print();
};

/** Calls `act` at every press of the buttons of this action. @param {string} action @param {() => void} act */
export const on = (action, act) =>
  document.querySelectorAll(`[data-action="${action}"]`).forEach((it) => it.addEventListener("click", act));
