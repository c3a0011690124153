// @ts-check
// The guide in a frame of another page: keeps that page's frame as high as what is shown, scrolls
// that page where a link leads, and passes on the events of the islands. Loaded by src/scripts/display.js
// where the guide is framed; the other end is public/embed.js.
//
// That page must not learn an answer, whatever it watches. So nothing that is sent depends on which
// control has the focus, is chosen or is in error: the panels keep one height and scroll inside, a
// scroll is asked for by section or panel, and each step is passed on once. See docs/embedding.md.

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const VERSION = 1;

/** The events that the host gets, and their fields; no others. @type {Record<string, string[]>} */
const PASSED = {
  step: ["index", "of"],
  "assessment-complete": [],
  submitted: ["reference"],
  error: ["code"],
};

/** Events that the host gets only if its staff chose them: trackers in its page hear them as well. */
const CHOSEN = ["assessment-complete", "submitted"];
const chosen = (asked.get("events") ?? "").split(" ");

/** Where the sections are that a host can ask for. @type {Record<string, string>} */
const SECTIONS = {
  article: ".opening",
  links: ".quick-links",
  assessment: "#self-assessment",
  schedule: "#appointment-request",
  recent: "#recent-articles",
};

/** What a patient answers or types into. Each keeps one height. */
const ASSESSMENT = "#assessment-panel";
const REQUEST = "#request";

/** A panel takes at most this part of the host's window, so that there is always page to scroll by. */
const SHARE = 0.9;
/** In CSS pixels: a window of 1024 at a zoom of 400 percent, WCAG 2.2, 1.4.10. */
const LOWEST = 256;
/** The window is measured anew when its height changes by more: bars of phones come and go by less. */
const BARS = 0.25;

/** Text on its ground, WCAG 2.2, 1.4.3. */
const CONTRAST = 4.5;

/** The origin of the page that made this frame with embed.js; a plain frame has nobody to tell. */
const host = (() => {
  try {
    return new URL(asked.get("host") ?? "").origin;
  } catch {
    return "";
  }
})();

/** @param {string} type @param {object} detail */
const send = (type, detail) => {
  if (host) parent.postMessage({ migraineGuide: VERSION, type, detail }, host);
};

// --- height ---

let told = 0;

const height = () => Math.ceil(root.getBoundingClientRect().height);

const measure = () => {
  if (height() !== told) send("resize", { height: (told = height()) });
};

// --- one height a panel, whatever is shown in it ---

/** The height of the host's window, in CSS pixels. */
let room = Number(asked.get("room")) || screen.availHeight;

/** What the host keeps free at the top of it, for a sticky header: `scroll-margin-top` of the element. */
const past = Math.max(0, parseFloat(asked.get("past") ?? "") || 0);

/** The furthest step that the host was told of; the end is the last. */
let furthest = 0;

/** Each panel as it was rendered: what is measured has nothing of the patient's. @type {Map<string, HTMLElement>} */
const rendered = new Map();

/**
 * Measures a fresh copy of a panel beside it. Nothing of this is painted: the copy is gone before
 * the browser comes to it.
 * @param {string} name @param {(copy: HTMLElement, look: () => void) => void} states
 */
const box = (name, states) => {
  const panel = /** @type {HTMLElement | null} */ (document.querySelector(name));
  const copy = /** @type {HTMLElement | undefined} */ (rendered.get(name)?.cloneNode(true));
  if (!panel || !copy || panel.getClientRects().length === 0) return;
  let highest = 0;
  panel.after(copy);
  states(copy, () => (highest = Math.max(highest, copy.offsetHeight)));
  copy.remove();
  const most = Math.max(LOWEST, Math.floor(SHARE * (room - past)));
  panel.style.setProperty("--box", `${Math.min(highest, most)}px`);
};

/** @param {HTMLElement} copy @param {() => void} look */
const questions = (copy, look) => {
  /** @param {string} selector */
  const find = (selector) => /** @type {HTMLElement} */ (copy.querySelector(selector));
  const longest = [...copy.querySelectorAll("[id^=message-answer-]")]
    .map((it) => it.textContent ?? "")
    .reduce((one, other) => (other.length > one.length ? other : one), "");
  find("#assessment-start").hidden = true;
  find("#assessment-progress").hidden = false;
  find("#assessment-progress-text").textContent = find("#message-progress").textContent;
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = copy.querySelectorAll("template[id^=assessment-question-]");
  for (const { content } of templates) {
    find("#assessment-asked").replaceChildren(content);
    const error = /** @type {HTMLElement | null} */ (copy.querySelector("#assessment-asked .error"));
    if (error?.lastElementChild) [error.hidden, error.lastElementChild.textContent] = [false, longest];
    look();
  }
};

/** @param {HTMLElement} copy @param {() => void} look */
const form = (copy, look) => {
  copy.querySelectorAll("form").forEach((it) => it.reset());
  copy.querySelector("#request-offer")?.removeAttribute("hidden");
  look();
};

const boxes = () => {
  // Before the first question the panel is as high as it is: the same for everybody.
  if (furthest > 0) box(ASSESSMENT, questions);
  box(REQUEST, form);
};

// --- fragments of the address ---

/** The address with a fragment that the guide itself goes to right now. */
let going = "";

/** Takes the fragment off the address, so that one that comes back is not the guide's own. */
const clearFragment = () => {
  if (location.href.includes("#")) history.replaceState(history.state, "", location.pathname + location.search);
};

/**
 * Goes to a fragment. In a page that hears of the guide no entry is added to the browser's history:
 * that page would see in `history.length` that an error was followed to its field.
 * @param {string} address
 */
const go = (address) => {
  going = address;
  if (host) location.replace(address);
  else location.assign(address);
  going = "";
  clearFragment();
};

// Any page around the guide can send it to a fragment. Where that element is shown and can take the
// focus, the browser moves the focus into the frame and scrolls that page, which notices both: so it
// would learn which question, field or outcome is shown.
if ("navigation" in window) {
  navigation.addEventListener("navigate", (event) => {
    const { sameDocument, url } = event.destination;
    if (sameDocument && url.includes("#") && url !== going) event.preventDefault();
  });
}
// Chromium goes to the fragment of a frame's first address while it paints, and never once it is off.
const painted = () => requestAnimationFrame(() => requestAnimationFrame(clearFragment));
if (host) clearFragment();
else if (document.readyState === "complete") painted();
else addEventListener("load", painted);

// --- where a link leads ---

/**
 * The frame itself has nothing to scroll: the host does it, past its sticky header. Of a panel it
 * learns where the panel is, not what in it.
 * @param {Element} target @param {"start" | "nearest"} block
 */
const show = (target, block) => {
  const { top, height } = (target.closest(".panel") ?? target).getBoundingClientRect();
  send("scroll", { top, height, block });
};

/** @param {MouseEvent} event */
const follow = (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || !/^https?:$/.test(link.protocol) || event.defaultPrevented) return;
  const here = link.hash && link.origin + link.pathname === location.origin + location.pathname;
  const target = here && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target && target.getClientRects().length > 0) {
    // With one of these it opens on its own.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(link.href);
    // After the browser has gone there itself.
    setTimeout(() => show(target, "start"));
    return;
  }
  // Other pages, and sections that are not shown here: never in a frame, and what was typed stays.
  link.target = "_blank";
  if (here) link.href = location.pathname + link.hash;
};

// --- the host's color ---

/** A color as the browser computes it where text has another color. @param {string} text @param {string} inherited */
const computed = (text, inherited) => {
  const [around, probe] = [document.createElement("span"), document.createElement("span")];
  around.style.color = inherited;
  probe.style.color = text;
  // In this way every notation comes out as numbers; older browsers know the older ones.
  probe.style.color = `color-mix(in srgb, ${probe.style.color} 100%, ${probe.style.color})`;
  around.append(probe);
  document.body.append(around);
  const { color } = getComputedStyle(probe);
  around.remove();
  return color;
};

/**
 * Red, green, blue from 0 to 1; none where the text is no opaque color of its own: one that depends on
 * the colors around it (`currentcolor`, `inherit`, a variable that is not there) can be any other in a
 * button. @param {string} text
 */
const color = (text) => {
  const { style } = document.createElement("span");
  style.color = text;
  // A keyword such as `initial` is a value of every property, but no color in a list of them.
  style.backgroundImage = `linear-gradient(${style.color}, ${style.color})`;
  if (!style.backgroundImage) return undefined;
  const [one, other] = ["rgb(1, 2, 3)", "rgb(4, 5, 6)"].map((it) => computed(text, it));
  const [red, green, blue, alpha = 1] = (one.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  if (one !== other || blue === undefined || alpha < 1) return undefined;
  const scale = one.startsWith("rgb") ? 255 : 1;
  return [red, green, blue].map((it) => Math.min(1, Math.max(0, it / scale)));
};

/** Relative luminance, WCAG 2.2. @param {number[]} rgb */
const luminance = (rgb) => {
  const [red, green, blue] = rgb.map((it) =>
    it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const accent = () => {
  const text = asked.get("accent");
  if (!text) return;
  const wanted = color(text);
  const grounds = ["--page", "--surface"].map((it) =>
    color(getComputedStyle(root).getPropertyValue(it)),
  );
  const contrasts = grounds.map((ground) => {
    const [darker, lighter] = [wanted, ground].map((it) => luminance(it ?? [])).sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  });
  const fits = wanted && contrasts.every((it) => it >= CONTRAST);
  root.toggleAttribute("data-accent", fits);
  // As numbers: the text may come to something else where it is used.
  if (fits) root.style.setProperty("--accent", `rgb(${wanted.map((it) => it * 255).join(" ")})`);
  else {
    const reason = wanted
      ? `its contrast is ${Math.min(...contrasts).toFixed(2)}:1, less than ${CONTRAST}:1`
      : "it is no opaque color of its own";
    console.warn(`migraine-guide: the accent "${text}" is not used: ${reason}`);
  }
};

// --- what the host gets of the islands' events ---

/** @param {string} type @param {Record<string, any>} detail */
const pass = (type, detail) => {
  /** @type {Record<string, number>} */
  const positions = { step: detail.index, "assessment-complete": Infinity };
  const reached = positions[type];
  if (reached) {
    // Once each, in order: who goes back, changes an answer or is asked less is not told apart.
    if (reached <= furthest) return;
    const begins = furthest === 0;
    furthest = reached;
    if (begins) boxes();
    measure();
    const panel = document.querySelector(ASSESSMENT);
    if (panel) show(panel, "nearest");
  }
  if (CHOSEN.includes(type) && !chosen.includes(type)) return;
  const fields = PASSED[type] ?? [];
  send(type, Object.fromEntries(fields.map((field) => [field, detail[field]])));
};

// --- what the host may say: theme, scroll, focus ---

/** @param {MessageEvent} event */
const hear = ({ data, origin, source }) => {
  if (source !== parent || origin !== host || data?.migraineGuide !== VERSION) return;
  const { type, detail } = data;
  if (type === "theme") {
    if (["light", "dark", "calm"].includes(detail.theme)) root.dataset.theme = detail.theme;
    else delete root.dataset.theme;
    accent();
    const now = Number(detail.room);
    if (Math.abs(now / room - 1) > BARS) room = now;
    boxes();
  } else if (type === "scroll") {
    const section = document.querySelector(SECTIONS[detail.section] ?? "main");
    if (section) show(section, "start");
  } else if (type === "focus") {
    const main = document.querySelector("main");
    main?.setAttribute("tabindex", "-1");
    main?.focus();
  }
};

const start = () => {
  const place = asked.get("location");
  const language = asked.get("lang")?.split("-")[0] ?? root.lang;
  const other = document.querySelector(`link[hreflang="${CSS.escape(language)}"]`);
  if (language !== root.lang && other instanceof HTMLLinkElement) {
    // Each language has pages of its own; where there are none, the guide stays as it is.
    location.replace(new URL(other.href).pathname + location.search);
    return;
  }
  for (const radio of document.querySelectorAll("#request-form input[name=location]")) {
    if (radio instanceof HTMLInputElement && radio.value === place) radio.defaultChecked = true;
  }
  accent();
  if (host) {
    for (const name of [ASSESSMENT, REQUEST]) {
      const panel = document.querySelector(name);
      if (!panel) continue;
      rendered.set(name, /** @type {HTMLElement} */ (panel.cloneNode(true)));
      // Browsers keep no margin of a frame's elements where they scroll the page around it: what is
      // scrolled to after the panel is this, above it. See src/browser/focus.rs.
      const edge = document.createElement("span");
      edge.className = "panel-edge";
      edge.style.setProperty("--past", `${past}px`);
      panel.closest("leptos-island")?.before(edge);
    }
    root.dataset.boxed = "";
    boxes();
  }
  told = height();
  send("ready", { height: told, title: document.title });
  new ResizeObserver(measure).observe(root);
};

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", accent);
addEventListener("message", hear);
addEventListener("click", follow);
let width = innerWidth;
addEventListener("resize", () => {
  if (width === innerWidth) return;
  width = innerWidth;
  boxes();
});
for (const type of Object.keys(PASSED)) {
  document.addEventListener(`migraine-guide:${type}`, (event) =>
    pass(type, event instanceof CustomEvent ? event.detail : {}),
  );
}
new MutationObserver(() => {
  if (root.dataset.app === "failed") send("error", { code: "program" });
}).observe(root, { attributeFilter: ["data-app"] });

// --- Back, past what the host or an earlier frame added to the browser's history ---

document.addEventListener("migraine-guide:back", (event) => {
  const { entries } = event instanceof CustomEvent ? event.detail : {};
  // The sandbox that embed.js sets refuses it here.
  if (host) send("back", { entries });
  else history.go(-entries);
});

if ("navigation" in window) {
  /** `history.state` of each entry of this frame, by the entry's key. @type {Map<string, unknown>} */
  const states = new Map();
  const keep = () => {
    if (navigation.currentEntry) states.set(navigation.currentEntry.key, history.state);
  };
  navigation.addEventListener("currententrychange", keep);
  keep();

  // After an anchor of the host's, Back would undo that too, which the sandbox refuses: then the
  // entry in view becomes the one below. Without the sandbox nothing here would go back either.
  const stepBack = () => {
    const now = JSON.stringify(history.state);
    const below = navigation.entries().slice(0, navigation.currentEntry?.index);
    const entry = below.findLast(({ key }) => states.has(key) && JSON.stringify(states.get(key)) !== now);
    if (entry) history.replaceState(states.get(entry.key), "");
    // Without one, too: src/browser/history.rs waits until a step back has ended.
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
  };

  history.back = () => {
    const { committed, finished } = navigation.back();
    committed?.catch(stepBack);
    finished?.catch(() => {});
  };
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
