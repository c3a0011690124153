// Does as trackers and session recorders do: records every event that passes, every message, every
// change of the document, and now and then all that can be read.
globalThis.recorded = [];
/** @param {any[]} what */
const record = (...what) => recorded.push(JSON.stringify(what));

for (const type of [
  "keydown", "keypress", "keyup", "beforeinput", "input", "change", "click", "pointerdown",
  "pointerup", "focusin", "focusout", "submit", "paste", "copy", "selectionchange",
  "compositionupdate",
]) {
  addEventListener(
    type,
    (event) => {
      const { target, key, data } = /** @type {any} */ (event);
      record(type, target?.localName ?? "", target?.id ?? "", key, data, target?.value);
    },
    true,
  );
}
addEventListener("message", ({ origin, data }) => record("message", origin, data), true);

new MutationObserver((records) => {
  for (const { type, target, attributeName } of records) {
    const seen = target instanceof Element ? target.outerHTML : target.textContent;
    record("mutation", type, seen, attributeName);
  }
}).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });

/** Records all that a script of the page can reach, the frame's document included. */
globalThis.look = () => {
  /** @type {any[]} */
  const reached = [document.documentElement.outerHTML, document.title, location.href];
  reached.push(getSelection()?.toString(), document.cookie, JSON.stringify({ ...localStorage }));
  for (const host of document.querySelectorAll("*")) {
    /** @type {any} */
    const frame = host.shadowRoot?.querySelector("iframe");
    if (!frame) continue;
    reached.push(host.shadowRoot?.innerHTML);
    for (const reach of [
      () => frame.contentDocument.body.innerHTML,
      () => frame.contentWindow.document.title,
      () => frame.contentWindow.location.href,
      () => frame.contentWindow.localStorage.length,
      () => frame.contentWindow.getSelection(),
    ]) {
      try {
        reached.push(`reached ${reach()}`);
      } catch (error) {
        reached.push(error instanceof Error ? error.name : error);
      }
    }
  }
  record("look", ...reached);
};
