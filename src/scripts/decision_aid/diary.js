import { element, message, on, say } from "./page.js";

/**
 * Counts the days of a diary, saves it as a file and opens it again.
 * @param {HTMLFormElement} diary
 */
export function keep(diary) {
  /** Names what a saved file is, and the form of it. */
  const KIND = "headache-diary-1";
  const file = /** @type {HTMLInputElement} */ (element("diary-file"));
  const boxes = /** @type {HTMLInputElement[]} */ ([...diary.querySelectorAll("[type=checkbox]")]);
  const others = /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ (
    [...diary.querySelectorAll("[name]:not([type=checkbox])")]
  );
  let unsaved = false;

  /** Asks before what is not saved is lost. */
  const mayClear = () => !unsaved || confirm(message("diary-clear-question"));

  const count = () => {
    const lights = /** @type {HTMLSelectElement[]} */ ([...diary.querySelectorAll("[data-light]")]);
    const bad = lights.filter((it) => it.selectedIndex > 0);
    const red = bad.filter((it) => it.selectedIndex === it.options.length - 1);
    for (const [name, number] of /** @type {[string, number][]} */ ([
      ["headache-days", bad.length],
      ["red-days", red.length],
    ])) {
      const place = /** @type {HTMLInputElement} */ (element(`diary-${name}`));
      // What somebody wrote without marking days stays.
      if (bad.length || "counted" in place.dataset) place.value = bad.length ? String(number) : "";
      place.toggleAttribute("data-counted", bad.length > 0);
    }
    for (const it of /** @type {NodeListOf<HTMLInputElement>} */ (diary.querySelectorAll("[data-limit]"))) {
      const reached = it.value.trim() !== "" && Number(it.value) >= Number(it.dataset.limit);
      element(`${it.id}-hint`)?.classList.toggle("reached", reached);
    }
  };

  diary.addEventListener("input", ({ target }) => {
    // A file that was chosen is not typed.
    if (target === file) return;
    unsaved = true;
    count();
  });
  addEventListener("beforeunload", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    // Older browsers ask by this alone.
    event.returnValue = true;
  });

  // Browsers that do not know the method "dialog" would send the diary at Enter.
  diary.addEventListener("submit", (event) => event.preventDefault());

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
    say("diary-status", "diary-cleared");
  });
}
