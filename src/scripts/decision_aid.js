// The pages of the decision aid: shows two to four options side by side, counts, saves and opens a diary, prints. What
// is ticked or typed stays in the page: nothing is sent, and the browser keeps nothing of it.

/** @param {string} id */
const element = (id) => document.getElementById(id);

/** Says a sentence that the page keeps, with its gaps filled. @param {string} status @param {string} key @param {Record<string, string>} [gaps] */
const say = (status, key, gaps = {}) => {
  const place = element(status);
  const text = element(`message-${key}`)?.textContent ?? "";
  if (place) place.textContent = text.replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);
};

/** Calls `act` at every press of the buttons of this action. @param {string} action @param {() => void} act */
const on = (action, act) =>
  document.querySelectorAll(`[data-action="${action}"]`).forEach((it) => it.addEventListener("click", act));

on("print", () => print());

const options = element("options-list");
const choice = /** @type {HTMLFormElement | null} */ (element("options-choose"));
if (options && choice) compare(options, choice);

const diary = /** @type {HTMLFormElement | null} */ (element("diary"));
if (diary) keep(diary);

/**
 * Shows what is chosen side by side. The address keeps the choice, to come back to or to send to somebody.
 * @param {HTMLElement} options
 * @param {HTMLFormElement} choice
 */
function compare(options, choice) {
  const MOST = 4;
  const NAME = "options=";
  const boxes = /** @type {HTMLInputElement[]} */ ([...choice.querySelectorAll("[name=option]")]);
  const cards = /** @type {HTMLElement[]} */ ([...options.children]);
  const chosen = () => boxes.filter((it) => it.checked);

  const show = () => {
    const ids = chosen().map((it) => it.value);
    const beside = ids.length > 1;
    for (const card of cards) card.hidden = beside && !ids.includes(card.dataset.option ?? "");
    options.toggleAttribute("data-beside", beside);
    // Wider than the window, it scrolls by keyboard too.
    if (beside) options.tabIndex = 0;
    else options.removeAttribute("tabindex");
    const names = chosen().map((it) => it.labels?.[0]?.textContent ?? "").join(", ");
    if (beside) say("options-status", "options-chosen", { names });
    else say("options-status", "options-none");
    // In the fragment, which no server is told.
    const fragment = ids.length ? `#${NAME}${ids.join("+")}` : location.pathname + location.search;
    history.replaceState(history.state, "", fragment);
  };

  choice.addEventListener("change", ({ target }) => {
    if (chosen().length > MOST && target instanceof HTMLInputElement) {
      target.checked = false;
      say("options-status", "options-too-many");
    } else show();
  });
  on("options-all", () => {
    for (const box of boxes) box.checked = false;
    show();
  });

  const read = () => {
    if (!location.hash.startsWith(`#${NAME}`)) return;
    const kept = location.hash.slice(NAME.length + 1).split("+");
    for (const box of boxes) box.checked = false;
    for (const box of boxes.filter((it) => kept.includes(it.value)).slice(0, MOST)) box.checked = true;
    show();
  };
  addEventListener("hashchange", read);
  read();
  // Chosen before this script came, or kept by a browser over a reload.
  if (chosen().length) show();
}

/**
 * Counts the days of a diary, saves it as a file and opens it again.
 * @param {HTMLFormElement} diary
 */
function keep(diary) {
  /** Names what a saved file is, and the form of it. */
  const KIND = "headache-diary-1";
  const file = /** @type {HTMLInputElement} */ (element("diary-file"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...diary.querySelectorAll("[type=checkbox]")]);
  const others = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (
    [...diary.querySelectorAll("[name]:not([type=checkbox])")]
  );
  let unsaved = false;

  /** Asks before what is not saved is lost. */
  const mayClear = () => !unsaved || confirm(element("message-diary-clear-question")?.textContent ?? "");

  const count = () => {
    const lights = /** @type {HTMLSelectElement[]} */ ([...diary.querySelectorAll("[data-light]")]);
    const bad = lights.filter((it) => it.selectedIndex > 0);
    const red = bad.filter((it) => it.selectedIndex === it.options.length - 1);
    for (const [name, number] of /** @type {[string, number][]} */ ([
      ["headache-days", bad.length],
      ["red-days", red.length],
    ])) {
      const place = /** @type {HTMLInputElement} */ (element(`diary-${name}`));
      place.value = bad.length ? String(number) : "";
    }
    for (const it of /** @type {NodeListOf<HTMLInputElement>} */ (diary.querySelectorAll("[data-limit]"))) {
      const reached = it.value.trim() !== "" && Number(it.value) >= Number(it.dataset.limit);
      element(`${it.id}-hint`)?.classList.toggle("reached", reached);
    }
  };

  diary.addEventListener("input", () => {
    unsaved = true;
    count();
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  on("diary-save", () => {
    const ticked = boxes.filter((it) => it.checked).map((it) => [it.name, true]);
    const written = others.filter((it) => it.value).map((it) => [it.name, it.value]);
    const days = Object.fromEntries([...ticked, ...written]);
    const saved = new Blob([JSON.stringify({ kind: KIND, days }, null, 1)], { type: "application/json" });
    const link = document.createElement("a");
    // Never revoked: older browsers read it only after the click.
    link.href = URL.createObjectURL(saved);
    link.download = `${KIND}.json`;
    link.click();
    unsaved = false;
    say("diary-status", "diary-saved");
  });

  on("diary-open", () => file.click());
  file.addEventListener("change", async () => {
    try {
      const { kind, days } = JSON.parse((await file.files?.[0]?.text()) ?? "");
      if (kind !== KIND || !days) throw new Error("another kind of file");
      // Not before a file is chosen: soon after a press, browsers let no script open the window for that.
      if (mayClear()) {
        for (const it of boxes) it.checked = days[it.name] === true;
        for (const it of others) it.value = String(days[it.name] ?? "");
        unsaved = false;
        count();
        say("diary-status", "diary-opened");
      }
    } catch {
      say("diary-status", "diary-not-a-diary");
    }
    // The same file can be chosen again.
    file.value = "";
  });

  on("diary-clear", () => {
    if (!mayClear()) return;
    diary.reset();
    unsaved = false;
    count();
  });
}
