// Fetches the program and starts its islands: when the page is idle, or at once when somebody
// reaches for a control. A press made before it arrived is honored after.

const root = document.documentElement;
const ISLAND = "leptos-island";
let started;

const start = () => (started ??= load());

async function load() {
  const named = document.querySelector('meta[name="program"]').content.split(" ");
  try {
    const program = await import(named[0]);
    await program.default({ module_or_path: named[1] });
    for (const island of document.querySelectorAll(ISLAND)) {
      program[island.dataset.component](island);
    }
    root.dataset.program = "started";
  } catch (error) {
    // The style sheet then shows what to do instead.
    root.dataset.program = "failed";
    throw error;
  }
}

const waiting = (target) =>
  root.dataset.program !== "started" && target instanceof Element && target.closest(ISLAND);

for (const reach of ["pointerover", "focusin", "touchstart"]) {
  addEventListener(reach, ({ target }) => waiting(target) && start().catch(() => {}), {
    passive: true,
  });
}

addEventListener(
  "click",
  (event) => {
    const button = waiting(event.target) && event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    start().then(() => button.click(), () => {});
  },
  true,
);

if ("requestIdleCallback" in window) {
  requestIdleCallback(() => start().catch(() => {}), { timeout: 5000 });
} else {
  // Safari has no idle callback; after the load event nothing of the page is waited for.
  addEventListener("load", () => start().catch(() => {}));
}
