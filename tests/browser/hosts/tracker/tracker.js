// What trackers and session recorders do in a page: every event that passes, every message, every
// change of the document, and now and then a look at all that can be read.
globalThis.recorded = [];
const record = (...what) => recorded.push(JSON.stringify(what));

for (const type of [
  "keydown", "keypress", "keyup", "beforeinput", "input", "change", "click", "pointerdown",
  "pointerup", "focusin", "focusout", "submit", "paste", "copy", "selectionchange",
  "compositionupdate",
]) {
  addEventListener(type, ({ target, key, data }) =>
    record(type, target?.localName ?? "", target?.id ?? "", key, data, target?.value), true);
}
addEventListener("message", ({ origin, data }) => record("message", origin, data), true);

new MutationObserver((records) => {
  for (const { type, target, attributeName } of records) {
    record("mutation", type, target.outerHTML ?? target.data, attributeName);
  }
}).observe(document, { attributes: true, characterData: true, childList: true, subtree: true });

/** All that a script of the page can reach of the frame. */
globalThis.look = () => {
  const reached = [document.documentElement.outerHTML, document.title, location.href];
  reached.push(getSelection()?.toString(), document.cookie, JSON.stringify({ ...localStorage }));
  for (const host of document.querySelectorAll("*")) {
    const frame = host.shadowRoot?.querySelector("iframe");
    if (!frame) continue;
    reached.push(host.shadowRoot.innerHTML);
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
        reached.push(error.name);
      }
    }
  }
  record("look", ...reached);
};
