// Applies what the reader chose under "Display" before the first paint, and keeps it on this device
// alone. Classic and in the head: the style sheet is read with the choice already made.
//
// In a frame the page around it chooses, and the address says what; nothing is read from the device.
(() => {
  const root = document.documentElement;

  if (window !== parent) {
    const asked = new URLSearchParams(location.search);
    const known = ["article", "links", "assessment", "schedule", "recent"];
    const sections = known.filter((it) => asked.get("sections")?.split(/[ ,]+/).includes(it));
    const theme = asked.get("theme") ?? "";
    root.dataset.framed = "";
    if (sections.length) root.dataset.sections = sections.join(" ");
    if (["light", "dark", "calm"].includes(theme)) root.dataset.theme = theme;
    const script = document.createElement("script");
    script.type = "module";
    const named = /** @type {HTMLScriptElement} */ (document.querySelector("script[type=frame]"));
    script.src = named.src;
    document.head.append(script);
    return;
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
    // The bar of the browser goes with the page.
    for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (
      document.querySelectorAll("meta[data-of]")
    )) {
      const { of } = meta.dataset;
      const asked = of === "calm" ? "not all" : `(prefers-color-scheme: ${of})`;
      meta.media = !chosen.theme ? asked : chosen.theme === of ? "all" : "not all";
    }
    for (const radio of menu()?.querySelectorAll("input") ?? []) {
      radio.checked = radio.value === (chosen[radio.name] ?? "");
    }
  };

  const read = () => {
    // Where storage is refused, a choice lasts as long as the page.
    try {
      for (const name of names) chosen[name] = localStorage.getItem(name) ?? "";
    } catch {}
    apply();
  };

  read();
  // The menu is there; the page is back from the browser's cache; another tab chose.
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
    // Otherwise the focus would be lost with the menu.
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
