/** Milliseconds: the default of Windows for a double click. */
const DOUBLE_PRESS = 500;
/** CSS pixels: the smallest target of WCAG 2.2. */
const SAME_PLACE = 24;

/** Ignores the second press of a double press whose first put something else in its place: nobody meant that. */
export function ignoreRepeatedPresses() {
  /** @type {{ hit: EventTarget | null, x: number, y: number, time: number, repeats: boolean } | undefined} */
  let last;
  addEventListener(
    "pointerdown",
    ({ target, clientX: x, clientY: y, timeStamp: time }) => {
      const before = last;
      const near = (/** @type {number} */ one, /** @type {number} */ other) => Math.abs(one - other) < SAME_PLACE;
      const isNear = before && time - before.time < DOUBLE_PRESS && near(x, before.x) && near(y, before.y);
      const isGone = isNear && !(before.hit instanceof Node && before.hit.contains(document.elementFromPoint(before.x, before.y)));
      last = { hit: isGone ? before.hit : target, x, y, time, repeats: !!isGone };
    },
    true,
  );
  // What was pressed is scrolled away, and something else meant to be pressed.
  for (const kind of ["pointercancel", "wheel"]) {
    addEventListener(kind, () => (last = undefined), { capture: true, passive: true });
  }
  for (const kind of ["mousedown", "click"]) {
    addEventListener(
      kind,
      (event) => {
        // Of a click by keyboard `detail` is 0.
        if (!(event instanceof MouseEvent && event.detail > 0 && last?.repeats)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      true,
    );
  }
}
