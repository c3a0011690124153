/**
 * Shows mistakes in the text, and loads the page again after a change. `guide preview` adds it to pages as it sends
 * them; no built page has it.
 */

/**
 * @typedef {{ place: string, reason: string, line: string | null }} Mistake
 * @typedef {{ version: string | null, headline: string, mistakes: Mistake[], notes: string[], stopped: string }} Report
 */

/** The version of the site that this page is of; empty while there is none. */
const version = document.currentScript?.dataset.version ?? "";

/** What is wrong, above the page. */
const panel = document.createElement("aside");
panel.className = "preview-panel";
panel.setAttribute("role", "status");

/** @type {EventSource | undefined} */
let events;
/** What the page says once the preview is gone. */
let stopped = "";

/**
 * Makes an element with a text.
 * @param {string} name
 * @param {string} text
 */
const element = (name, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

/**
 * Shows the mistakes of a report, or that there is none.
 * @param {Report} report
 */
const show = (report) => {
  const mistakes = report.mistakes.map(({ place, reason, line }) => {
    const item = document.createElement("li");
    if (place) item.append(element("strong", place), " ");
    item.append(element("span", reason));
    if (line) item.append(element("code", line));
    return item;
  });
  const notes = report.notes.map((note) => element("li", note));
  const list = document.createElement("ul");
  list.append(...mistakes, ...notes);
  panel.classList.toggle("has-mistakes", mistakes.length > 0);
  if (notes.length > 0) {
    const details = document.createElement("details");
    details.append(element("summary", report.headline), list);
    panel.replaceChildren(details);
  } else {
    panel.replaceChildren(element("p", report.headline), list);
  }
};

const follow = () => {
  if (events) return;
  events = new EventSource("/.preview/events");
  events.onmessage = ({ data }) => {
    /** @type {Report} */
    const report = JSON.parse(data);
    ({ stopped } = report);
    if ((report.version ?? "") === version) show(report);
    else location.reload();
  };
  // The browser tries again by itself.
  events.onerror = () => {
    panel.classList.add("has-mistakes");
    panel.replaceChildren(element("p", stopped));
  };
};

const leave = () => {
  events?.close();
  events = undefined;
};

// A page in a frame changes with the page around it.
if (window.top === window) {
  document.body.prepend(panel);
  follow();
  // A browser has six connections to a server at most: pages that nobody looks at leave theirs to others.
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : follow()));
  addEventListener("pagehide", leave);
}
