// Moves the element of this selector, once a form is submitted, to where the pressed button was.

/** @param {string} selector */
(selector) => {
  /** @param {SubmitEvent} event */
  const move = ({ submitter }) => {
    const { left, top, width, height } = submitter?.getBoundingClientRect() ?? new DOMRect();
    setTimeout(() => {
      /** @type {HTMLElement | null} */
      const moved = document.querySelector(selector);
      Object.assign(moved?.style ?? {}, {
        position: "fixed",
        zIndex: 9,
        margin: 0,
        padding: 0,
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`,
      });
    });
  };
  document.addEventListener("submit", move, { capture: true, once: true });
}
