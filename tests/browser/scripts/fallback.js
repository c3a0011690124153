// Returns the state of an element whose guide cannot be shown: if the notice is visible, if it says so,
// if the frame is visible, and if the fallback of the page's author is.

() => {
  const root = /** @type {ShadowRoot} */ (document.getElementById("guide")?.shadowRoot);
  /** @param {Element | null} it */
  const seen = (it) => it?.checkVisibility({ visibilityProperty: true });
  const notice = root.querySelector("a");
  return [
    seen(notice),
    notice?.textContent.includes("cannot be shown here"),
    seen(root.querySelector("iframe")),
    seen(document.querySelector("#guide a")),
  ];
}
