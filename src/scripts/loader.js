// Fetches the app and hydrates its islands: when the page is idle, or at once when the pointer, the focus
// or the scroll position comes near an island. A press on a button before that is repeated as soon as its
// island is hydrated, unless the person has gone on. Only Start waits for nothing: it shows the first
// question, which is answered while the app arrives. A fetch that failed is tried again at the next press.

import { ignoreRepeatedPresses } from "./presses.js";

const root = document.documentElement;
const ISLAND = "leptos-island";
/** Milliseconds: several frames of a slow phone. */
const TIME_TO_PAINT = 100;
/** @type {Promise<void> | undefined} */
let starting;
/** @type {Set<Element>} */
const hydrated = new Set();
/** @type {HTMLElement | undefined} */
let pressed;
/** Start, where the first question was shown without the app. @type {HTMLElement | undefined} */
let begun;
let repeating = false;
/** The page is left or kept for Back: the browser cuts off what it fetches. */
let isLeft = false;
/** @type {Element | undefined} */
let reached;
let tries = 0;

// Set where this script itself could not be loaded before, see display.js.
delete root.dataset.app;

// Before the listener below, which would take the second press for one that is meant.
ignoreRepeatedPresses();

const start = () =>
  (starting ??= load().catch((error) => {
    starting = undefined;
    if (!isLeft) fail();
    throw error;
  }));

async function load() {
  const meta = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="app"]'));
  const files = meta.content.split(" ").map((it) => new URL(it, document.baseURI).href);
  const [glue, wasm] = files;
  // Browsers keep what failed by its address, a module or what was preloaded.
  const again = tries++ ? `?${tries}` : "";
  const app = await import(glue + again);
  // Of this mode, WebKit too uses what the page preloads; of any other it fetches it a second time.
  await app.default({ module_or_path: fetch(wasm + again, { mode: "no-cors", credentials: "include" }) });
  // An island is hydrated whole, and none may come after the last.
  if (document.readyState === "loading") {
    await new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));
  }
  // Each in a task of its own, so that a press need not wait for all of them.
  for (let island = next(); island; island = next()) {
    app[island.dataset.component ?? ""](island);
    hydrated.add(island);
    // After a press the browser paints what it led to before anything else is done.
    const pause = repeatPresses() ? TIME_TO_PAINT : 0;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  root.dataset.app = "started";
}

/** The next island to hydrate: first the one that the person is using. */
const next = () => {
  const rest = [...islands()].filter((it) => !hydrated.has(it));
  const used = (pressed ?? reached)?.closest(ISLAND);
  return rest.find((it) => it === used) ?? rest[0];
};

/** Repeats the presses whose island is hydrated by now. Returns `true` if there were any. */
const repeatPresses = () => {
  const due = [begun, pressed].filter((it) => it && !unhydrated(it));
  const meant = due.filter((it) => it === begun || (it && !hasGoneOn(it)));
  if (due.includes(begun)) begun = undefined;
  if (due.includes(pressed)) dropPress();
  repeating = true;
  meant.forEach((it) => it?.click());
  repeating = false;
  return meant.length > 0;
};

/** Returns `true` if the focus is elsewhere since a press, or its button out of the window. @param {Element} button */
const hasGoneOn = (button) => {
  const focused = document.activeElement;
  const isElsewhere = focused !== document.body && !button.closest(ISLAND)?.contains(focused);
  return isElsewhere || !isInWindow(button);
};

/** @param {Element} it */
const isInWindow = (it) => {
  const { top, bottom } = it.getBoundingClientRect();
  return bottom > 0 && top < root.clientHeight;
};

const islands = () => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(ISLAND));

/** Not after a failure: "Try again" must not vanish under the person who has come to it. */
const startQuietly = () => {
  if (root.dataset.app !== "failed") start().catch(() => {});
};

/** The target of an event, if it is in an island that is not hydrated yet. @param {EventTarget | null} target */
const unhydrated = (target) => {
  const island = target instanceof Element ? target.closest(ISLAND) : null;
  return target instanceof Element && island && !hydrated.has(island) ? target : undefined;
};

for (const reach of ["pointerover", "focusin", "touchstart"]) {
  addEventListener(
    reach,
    ({ target }) => {
      const island = unhydrated(target);
      if (!island) return;
      reached = island;
      startQuietly();
    },
    { passive: true },
  );
}

const dropPress = () => {
  pressed?.removeAttribute("aria-busy");
  pressed = undefined;
};

// Ids as in src/assessment/ids.rs.
const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Shows the first question as the app will, or the start of the self-assessment again. @param {boolean} shown */
const showFirst = (shown) => {
  const { content } = /** @type {HTMLTemplateElement} */ (element("assessment-question-0-template"));
  const asked = element("assessment-asked");
  if (shown) asked.append(content);
  else content.append(...asked.childNodes);
  element("assessment-start").hidden = shown;
  element("assessment-progress").hidden = !shown;
  element("self-assessment").classList.toggle("asking", shown);
};

/** As `focus::screen` of the app. @param {string} screen */
const goTo = (screen) => {
  const panel = element("assessment-panel");
  element(`${screen}-heading`).focus();
  const { top, bottom } = panel.getBoundingClientRect();
  if (top < 0 || bottom > root.clientHeight) panel.scrollIntoView();
};

/** Withdraws the first question; what was chosen stays in it. */
const withdrawFirst = () => {
  begun = undefined;
  showFirst(false);
};

/** Shows the warning of the first question if an answer to it calls for one, as the app does. */
const warnFirst = () => {
  const warning = document.getElementById("assessment-warning-0");
  if (!warning) return;
  const chosen = [...element("assessment-asked").querySelectorAll("input")].filter((it) => it.checked);
  warning.hidden = !chosen.some((it) => warning.dataset.options?.split(" ").includes(it.value));
};

/** The style sheet then shows the alternatives. Whoever is at the first question is led to them. */
const fail = () => {
  root.dataset.app = "failed";
  if (!begun) return;
  const panel = element("assessment-panel");
  const focused = document.activeElement;
  const isThere = panel.contains(focused) || (focused === document.body && isInWindow(panel));
  withdrawFirst();
  if (!isThere) return;
  const message = /** @type {HTMLElement} */ (panel.querySelector(".app-failed"));
  message.querySelector("button")?.focus();
  message.scrollIntoView({ block: "nearest" });
};

/**
 * Loads the app again. The first control of the island gets the focus meanwhile, since "Try again" is
 * hidden; the button gets it back if that fails too.
 * @param {HTMLButtonElement} button
 */
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
    .catch(() => {
      // Not away from where the person has gone meanwhile.
      if (first === document.activeElement || document.body === document.activeElement) button.focus();
    })
    .finally(() => first?.removeAttribute("aria-busy"));
};

addEventListener(
  "click",
  (event) => {
    if (repeating) return;
    const button = unhydrated(event.target)?.closest("button");
    dropPress();
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    if ("retry" in button.dataset) {
      retry(button);
      return;
    }
    const { action } = button.dataset;
    if (begun && element("assessment-asked").contains(button) && (action === "back" || action === "clear")) {
      if (action === "clear") button.closest("form")?.reset();
      warnFirst();
      withdrawFirst();
      goTo("assessment-start");
      return;
    }
    // In a frame the panel first gets the one height that it keeps, see frame.js.
    if (action === "start" && !("framed" in root.dataset) && element("assessment-question-0-template")) {
      begun = button;
      showFirst(true);
      goTo("assessment-question-0");
      startQuietly();
      return;
    }
    pressed = button;
    button.setAttribute("aria-busy", "true");
    start().catch(dropPress);
  },
  true,
);
addEventListener("change", () => {
  if (begun) warnFirst();
});

// A form whose content no browser may keep is emptied by WebKit when the page comes from the back-forward cache. The
// memory of the page is there again, and nothing else has seen what was typed.
/** @type {[HTMLInputElement, string, boolean][]} */
let typed = [];
addEventListener("pagehide", () => {
  isLeft = true;
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll('[autocomplete="off"] :is(input, textarea, select)')
  );
  typed = [...fields].map((it) => [it, it.value, it.checked]);
});
addEventListener("pageshow", () => {
  // It empties it in a task some time after this event, without a reset event, and cut off what was fetched before.
  const end = () => (typed = []);
  // A change from then on is meant: by the person, or since a request has arrived.
  for (const kind of ["reset", "input", "click"]) addEventListener(kind, end, { capture: true, once: true });
  for (const delay of [0, 100, 300, 1000]) {
    setTimeout(() => typed.forEach(([it, value, checked]) => Object.assign(it, { value, checked })), delay);
  }
  setTimeout(() => {
    if (isLeft && islands().length) {
      if (root.dataset.app === "failed") delete root.dataset.app;
      startQuietly();
    }
    isLeft = false;
  });
});

const watch = () => {
  // A page without islands does not need the app.
  if (!islands().length) return;
  const near = new IntersectionObserver(
    (panels) => {
      if (!panels.some((it) => it.isIntersecting)) return;
      near.disconnect();
      startQuietly();
    },
    // One height of the window.
    { rootMargin: "100%" },
  );
  // The section: a link leads to its heading, which can be several screens above the panel.
  document.querySelectorAll(".panel").forEach((panel) => near.observe(panel.closest("section") ?? panel));
  if ("requestIdleCallback" in window) {
    requestIdleCallback(startQuietly, { timeout: 5000 });
  } else {
    // Safari has no idle callback. After the load event the app delays no other part of the page.
    addEventListener("load", startQuietly);
  }
};

// This script runs as soon as it is there, often before the end of the page, so that no press is lost.
if (document.readyState === "loading") addEventListener("DOMContentLoaded", watch);
else watch();
