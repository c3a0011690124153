// @ts-check
// The guide in a frame of another page: keeps that page's frame as high as what is shown, scrolls
// that page where a link or the focus leads, and passes on what the islands tell. Loaded by
// src/display.js where the guide is framed; the other end is public/embed.js.
//
// Of what a patient enters nothing is passed on: what may be is listed in PASSED.

const root = document.documentElement;
const asked = new URLSearchParams(location.search);
const VERSION = 1;

/** What the host is told of, and nothing else of it than these. @type {Record<string, string[]>} */
const PASSED = {
  step: ["index", "of"],
  "assessment-complete": [],
  submitted: ["reference"],
  error: ["code"],
};

/** Where the sections are that a host can ask for. @type {Record<string, string>} */
const SECTIONS = {
  article: ".opening",
  links: ".quick-links",
  assessment: "#self-assessment",
  schedule: "#appointment-request",
  recent: "#recent-articles",
};

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

// --- a question takes the room of the highest one, so that the host keeps still ---

let reservedFor = 0;

const reserve = () => {
  const section = document.querySelector(SECTIONS.assessment);
  /** @type {HTMLElement | null} */
  const shown = document.querySelector("form[id^=assessment-question-]");
  if (!section || !shown || reservedFor === innerWidth) return;
  reservedFor = innerWidth;
  root.style.removeProperty("--reserved");
  const around = section.getBoundingClientRect().height - shown.offsetHeight;
  const longest = [...document.querySelectorAll("[id^=say-answer-]")]
    .map((it) => it.textContent ?? "")
    .reduce((one, other) => (other.length > one.length ? other : one), "");
  // Nothing of this is painted: all is as it was before the browser comes to it.
  /** @type {NodeListOf<HTMLTemplateElement>} */
  const templates = document.querySelectorAll("template[id^=assessment-question-]");
  const heights = [...templates].map((template) => {
    const away = /** @type {HTMLElement | null} */ (template.content.firstElementChild);
    const question = away ?? shown;
    const error = /** @type {HTMLElement | null} */ (question.querySelector(".error[hidden]"));
    const text = error?.lastElementChild;
    if (away) shown.before(away);
    if (error && text) [error.hidden, text.textContent] = [false, longest];
    const { offsetHeight } = question;
    if (error && text) [error.hidden, text.textContent] = [true, ""];
    if (away) template.content.append(away);
    return offsetHeight;
  });
  root.style.setProperty("--reserved", `${Math.ceil(around + Math.max(...heights))}px`);
};

// --- where a link or the focus leads ---

/**
 * The frame itself has nothing to scroll: the host does it, past its sticky header.
 * @param {Element} target @param {"start" | "nearest"} block
 */
const show = (target, block) => {
  const { top, height } = target.getBoundingClientRect();
  send("scroll", { top, height, block });
};

/** @param {MouseEvent} event */
const follow = (event) => {
  const link = event.target instanceof Element && event.target.closest("a");
  if (!link || !/^https?:$/.test(link.protocol) || event.defaultPrevented) return;
  const here = link.hash && link.origin + link.pathname === location.origin + location.pathname;
  const target = here && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target && target.getClientRects().length > 0) {
    // After the browser has gone there itself.
    setTimeout(() => show(target, "start"));
    return;
  }
  // Other pages, and sections that are not shown here: never in a frame, and what was typed stays.
  link.target = "_blank";
  if (here) link.href = location.pathname + link.hash;
};

// --- the host's color ---

/** Red, green, blue from 0 to 1; none where the text is no opaque color. @param {string} text */
const color = (text) => {
  const probe = document.createElement("span");
  // In this way every notation comes out as numbers; older browsers know the older ones.
  probe.style.color = text;
  probe.style.color = `color-mix(in srgb, ${probe.style.color} 100%, ${probe.style.color})`;
  document.body.append(probe);
  const computed = probe.style.color && getComputedStyle(probe).color;
  probe.remove();
  const [red, green, blue, alpha = 1] = (computed.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
  if (blue === undefined || alpha < 1) return undefined;
  const scale = computed.startsWith("rgb") ? 255 : 1;
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
  if (fits) root.style.setProperty("--accent", text);
  else {
    const reason = wanted
      ? `its contrast is ${Math.min(...contrasts).toFixed(2)}:1, less than ${CONTRAST}:1`
      : "it is no opaque color";
    console.warn(`migraine-guide: the accent "${text}" is not used: ${reason}`);
  }
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
  told = height();
  send("ready", { height: told, title: document.title });
  new ResizeObserver(measure).observe(root);
};

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", accent);
addEventListener("message", hear);
addEventListener("click", follow);
addEventListener("focusin", ({ target }) => target instanceof Element && show(target, "nearest"));
addEventListener("resize", reserve);
document.addEventListener("migraine-guide:step", reserve);
for (const [type, fields] of Object.entries(PASSED)) {
  document.addEventListener(`migraine-guide:${type}`, (event) => {
    const detail = event instanceof CustomEvent ? event.detail : {};
    send(type, Object.fromEntries(fields.map((field) => [field, detail[field]])));
  });
}
new MutationObserver(() => {
  if (root.dataset.program === "failed") send("error", { code: "program" });
}).observe(root, { attributeFilter: ["data-program"] });

if (document.readyState === "loading") addEventListener("DOMContentLoaded", start);
else start();
