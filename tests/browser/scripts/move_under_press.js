// Moves the element of this selector, once a button is pressed, to where that was.

/** @param {string} selector */
(selector) => {
  /** @param {MouseEvent} event */
  const move = ({ target }) => {
    const button = target instanceof Element ? target.closest("button") : null;
    const { left, top, width, height } = button?.getBoundingClientRect() ?? new DOMRect();
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
  document.addEventListener("click", move, { capture: true, once: true });
}
