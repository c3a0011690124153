// Fetches the program and starts its islands: when the page is idle, or at once when somebody
// reaches for a control or comes near one. The last press made before it arrived is honored after,
// unless the reader has gone on reading by then. What could not be fetched is fetched again when
// somebody asks for it.

const root = document.documentElement;
const ISLAND = "leptos-island";
/** @type {Promise<void> | undefined} */
let starting;
/** @type {HTMLElement | undefined} */
let pressed;
/** @type {Element | undefined} */
let reached;
let tries = 0;

const start = () =>
  (starting ??= load().catch((error) => {
    // The style sheet shows what to do instead; the next press tries again.
    starting = undefined;
    root.dataset.app = "failed";
    throw error;
  }));

async function load() {
  const named = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="app"]'));
  const files = named.content.split(" ").map((it) => new URL(it, document.baseURI).href);
  const [glue, wasm, ...modules] = files;
  // What the glue imports is asked for with it, not after it.
  for (const module of modules) import(module).catch(() => {});
  // Some browsers remember that a module could not be had; under another name they ask again.
  const app = await import(tries++ ? `${glue}?${tries}` : glue);
  await app.default({ module_or_path: wasm });
  // The one that somebody reached for first; the others in tasks of their own, so that no press waits
  // for all of them.
  const first = (pressed ?? reached)?.closest(ISLAND);
  const rest = [...islands()].filter((it) => it !== first);
  for (const island of first instanceof HTMLElement ? [first, ...rest] : rest) {
    app[island.dataset.component ?? ""](island);
    if (island !== rest.at(-1)) await new Promise((resolve) => setTimeout(resolve));
  }
  root.dataset.app = "started";
}

const islands = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(ISLAND));

const startQuietly = () => start().catch(() => {});

/** What somebody reached for, where its island has not come to life. @param {EventTarget | null} target */
const waiting = (target) =>
  root.dataset.app !== "started" && target instanceof Element && target.closest(ISLAND)
    ? target
    : undefined;

for (const reach of ["pointerover", "focusin", "touchstart"]) {
  addEventListener(
    reach,
    ({ target }) => {
      reached = waiting(target) ?? reached;
      if (waiting(target)) startQuietly();
    },
    { passive: true },
  );
}

const forget = () => {
  pressed?.removeAttribute("aria-busy");
  pressed = undefined;
};

// "Try again", where the program could not be had. Shown is what was shown before it failed; the
// focus goes on there, and comes back where it fails again.
/** @param {HTMLButtonElement} button */
const retry = (button) => {
  const island = button.closest(ISLAND);
  delete root.dataset.app;
  const controls = /** @type {NodeListOf<HTMLElement> | undefined} */ (
    island?.querySelectorAll("button, input")
  );
  const first = [...(controls ?? [])].find((it) => it.offsetParent);
  first?.focus();
  first?.setAttribute("aria-busy", "true");
  start()
    .catch(() => button.focus())
    .finally(() => first?.removeAttribute("aria-busy"));
};

addEventListener(
  "click",
  (event) => {
    const button = waiting(event.target)?.closest("button");
    forget();
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    if ("retry" in button.dataset) {
      retry(button);
      return;
    }
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

// Where there is none, nothing needs the program.
if (islands().length) {
  const near = new IntersectionObserver(
    (panels) => {
      if (!panels.some((it) => it.isIntersecting)) return;
      near.disconnect();
      startQuietly();
    },
    // A window away.
    { rootMargin: "100%" },
  );
  document.querySelectorAll(".panel").forEach((panel) => near.observe(panel));
  if ("requestIdleCallback" in window) {
    requestIdleCallback(startQuietly, { timeout: 5000 });
  } else {
    // Safari has no idle callback; after the load event nothing of the page is waited for.
    addEventListener("load", startQuietly);
  }
}
