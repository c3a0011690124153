// Applies the Display settings before the first paint, and stores them on this device only. A classic
// script in the head, so that the page never flashes in another theme.
//
// In a frame the host page chooses by query parameters, and localStorage is not used.
(() => {
  const root = document.documentElement;

  // Without its loader (loader.js: blocked, cut off, gone after a deploy) nothing else would say that the app fails.
  addEventListener(
    "error",
    ({ target, filename }) => {
      const file = target instanceof HTMLScriptElement ? target.src : filename;
      if (root.dataset.app || !/\/loader-\w+\.js$/.test(file)) return;
      root.dataset.app = "failed";
      let tries = 0;
      /** @param {MouseEvent} event */
      const retry = ({ target }) => {
        if (!(target instanceof Element && target.closest("[data-retry]"))) return;
        // Browsers cache the failure of a module by its URL.
        import(`${file}?${++tries}`).then(
          () => removeEventListener("click", retry),
          () => {},
        );
      };
      addEventListener("click", retry);
    },
    true,
  );

  // Where fields are shown without the choice that asks for them (style/request.css).
  if (window !== parent || !CSS.supports("selector(:has(*))")) root.dataset.allFields = "";

  if (window !== parent) {
    const query = new URLSearchParams(location.search);
    const known = ["article", "links", "assessment", "schedule", "recent"];
    const sections = known.filter((it) => query.get("sections")?.split(/[ ,]+/).includes(it));
    const theme = query.get("theme") ?? "";
    root.dataset.framed = "";
    if (sections.length) root.dataset.sections = sections.join(" ");
    if (["light", "dark", "calm"].includes(theme)) root.dataset.theme = theme;
    const frame = /** @type {HTMLScriptElement} */ (document.querySelector("script[type=frame]"));
    import(frame.src);
    return;
  }

  // As soon as a page is read, Chrome looks through its forms for what it could fill in, and lays them out for that: on a
  // slow phone 100 ms in which it handles no press. A form far below is not displayed until then (style/article.css).
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (visit?.type === "navigate" && !location.hash) {
    root.dataset.parsing = "";
    const end = (wait = 0) => setTimeout(() => delete root.dataset.parsing, wait);
    // It is read, or given up.
    document.addEventListener("readystatechange", () => end(), { once: true });
    // The rest of it is long in coming: whoever scrolls may be on the way to the form.
    addEventListener("scroll", () => end(), { once: true });
    end(5000);
  }

  const names = ["theme", "text-size"];
  /** @type {Record<string, string>} */
  const chosen = {};
  const menu = () => /** @type {HTMLDetailsElement | null} */ (document.querySelector(".display"));

  const apply = () => {
    for (const name of names) {
      if (chosen[name]) root.setAttribute(`data-${name}`, chosen[name]);
      else root.removeAttribute(`data-${name}`);
    }
    // The browser's toolbar gets the color of the theme.
    for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (
      document.querySelectorAll("meta[data-of]")
    )) {
      const { of } = meta.dataset;
      const byDevice = of === "calm" ? "not all" : `(prefers-color-scheme: ${of})`;
      meta.media = !chosen.theme ? byDevice : chosen.theme === of ? "all" : "not all";
    }
    for (const radio of menu()?.querySelectorAll("input") ?? []) {
      radio.checked = radio.value === (chosen[radio.name] ?? "");
    }
  };

  const read = () => {
    // Without storage a choice lasts until the page is left.
    try {
      for (const name of names) chosen[name] = localStorage.getItem(name) ?? "";
    } catch {}
    apply();
  };

  read();
  // The menu exists; the page is restored from the back/forward cache; another tab has changed a setting.
  for (const event of ["DOMContentLoaded", "pageshow", "storage"]) addEventListener(event, read);

  addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement && menu()?.contains(target))) return;
    chosen[target.name] = target.value;
    apply();
    try {
      if (target.value) localStorage.setItem(target.name, target.value);
      else localStorage.removeItem(target.name);
    } catch {}
  });

  addEventListener("keydown", ({ key }) => {
    const open = menu();
    if (key !== "Escape" || !open?.open) return;
    // Closing the menu would drop the focus in it.
    if (open.contains(document.activeElement)) open.querySelector("summary")?.focus();
    open.open = false;
  });

  for (const event of ["click", "focusin"]) {
    addEventListener(event, ({ target }) => {
      const open = menu();
      if (open && !(target instanceof Node && open.contains(target))) open.open = false;
    });
  }
})();
