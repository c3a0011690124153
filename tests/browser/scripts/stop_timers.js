// Stops timers from now on, as a browser does with a tab in the background, and keeps in `stopped` how long they were to
// be. The shortest, which only yield, run, and so do those of the lengths in `limits`.

/** @param {number[]} limits */
(...limits) => {
  window.stopped = [];
  const set = setTimeout;
  const stop = (/** @type {TimerHandler} */ act, time = 0, /** @type {any[]} */ ...rest) =>
    time < 100 || limits.includes(time) ? set(act, time, ...rest) : -stopped.push(time);
  Object.assign(window, { setTimeout: stop });
}
