// Stops timers from now on, as a browser does with a tab in the background. The shortest, which only yield, run.

() => {
  const set = setTimeout;
  const stopped = (/** @type {TimerHandler} */ act, time = 0, /** @type {any[]} */ ...rest) =>
    time < 100 ? set(act, time, ...rest) : 0;
  Object.assign(window, { setTimeout: stopped });
}
