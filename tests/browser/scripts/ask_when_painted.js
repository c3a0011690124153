// Asks for "/painted" once the first element of this selector is there and two frames were drawn with it.

(/** @type {string} */ selector) => {
  const look = () => {
    if (document.querySelector(selector)) requestAnimationFrame(() => requestAnimationFrame(() => fetch("/painted")));
    else requestAnimationFrame(look);
  };
  look();
}
