// Fetches the program and starts its islands: when the page is idle, or at once when somebody
// reaches for a control. The last press made before it arrived is honored after, unless the reader
// has gone on reading by then.

const root = document.documentElement;
const ISLAND = "leptos-island";
let starting;
let pressed;

const start = () =>
  (starting ??= load().catch((error) => {
    // The style sheet shows what to do instead; the next press tries again.
    starting = undefined;
    root.dataset.program = "failed";
    throw error;
  }));

async function load() {
  const named = document.querySelector('meta[name="program"]').content.split(" ");
  const program = await import(named[0]);
  await program.default({ module_or_path: named[1] });
  for (const island of document.querySelectorAll(ISLAND)) {
    program[island.dataset.component](island);
  }
  root.dataset.program = "started";
}

const waiting = (target) =>
  root.dataset.program !== "started" && target instanceof Element && target.closest(ISLAND);

for (const reach of ["pointerover", "focusin", "touchstart"]) {
  addEventListener(reach, ({ target }) => waiting(target) && start().catch(() => {}), {
    passive: true,
  });
}

const forget = () => {
  pressed?.removeAttribute("aria-busy");
  pressed = undefined;
};

addEventListener(
  "click",
  (event) => {
    const button = waiting(event.target) && event.target.closest("button");
    forget();
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    pressed = button;
    button.setAttribute("aria-busy", "true");
    start().then(
      () => {
        if (pressed !== button) return;
        forget();
        button.click();
      },
      () => forget(),
    );
  },
  true,
);
addEventListener("wheel", forget, { passive: true });
addEventListener("touchmove", forget, { passive: true });

if (!document.querySelector(ISLAND)) {
  // Nothing here needs the program.
} else if ("requestIdleCallback" in window) {
  requestIdleCallback(() => start().catch(() => {}), { timeout: 5000 });
} else {
  // Safari has no idle callback; after the load event nothing of the page is waited for.
  addEventListener("load", () => start().catch(() => {}));
}
