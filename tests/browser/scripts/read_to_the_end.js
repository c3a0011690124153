// Scrolls to the end of the page, most of a window at a time, with two frames for each.

() =>
  new Promise((/** @type {(end: void) => void} */ resolve) => {
    const next = () => {
      const before = scrollY;
      scrollBy(0, innerHeight * 0.9);
      if (scrollY > before) requestAnimationFrame(() => requestAnimationFrame(next));
      else resolve();
    };
    next();
  })
