// Drops a file on what a selector finds, as an event: no file comes from outside of the page.

/** @param {string} selector @param {string} name @param {string} text */
(selector, name, text) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name, { type: "application/json" }));
  const place = /** @type {Element} */ (document.querySelector(selector));
  for (const kind of ["dragenter", "dragover", "drop"]) {
    place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
  }
}
