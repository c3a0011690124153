import { message } from "./page.js";

/** Left out: references, explanations, what is pressed or filled in, and what is for the eyes alone. */
const SILENT = "sup, .meaning, button:not(.word), input, select, textarea, nav, .actions, svg, [aria-hidden=true]";
/** A sentence ends with the block that it stands in. */
const BLOCKS = "p, li, h3, h4, dt, dd, th, td, legend, label, caption";
/** Names the mark in the style. */
const MARK = "read-aloud";

/** Offers to read each section aloud, once the browser has a voice of its own: others would send the text away. */
export function readAloud() {
  if (!("speechSynthesis" in window)) return;
  const language = document.documentElement.lang;
  /** @type {SpeechSynthesisVoice | undefined} */
  let voice;
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  /** The button of the section that is read. @type {HTMLButtonElement | undefined} */
  let reading;
  /** The sentence that is read: whatever else ends is of an earlier reading. @type {SpeechSynthesisUtterance | undefined} */
  let current;

  const look = () => {
    const own = speechSynthesis.getVoices().filter((it) => it.localService && it.lang.replace("_", "-").startsWith(language));
    voice = own.find((it) => it.default) ?? own[0];
    if (voice && buttons.length === 0) document.querySelectorAll(".article > section:not(.references)").forEach(offer);
    for (const it of buttons) it.hidden = !voice;
  };

  /** @param {HTMLButtonElement} button @param {boolean} reads */
  const label = (button, reads) => {
    const title = button.previousElementSibling?.textContent ?? "";
    button.toggleAttribute("data-reads", reads);
    button.textContent = message(reads ? "read-stop" : "read-aloud");
    button.setAttribute("aria-label", message(reads ? "read-stop-spoken" : "read-aloud-spoken", { section: title }));
  };

  /** @param {Element} section */
  const offer = (section) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet read-aloud";
    section.querySelector("h2")?.after(button);
    label(button, false);
    button.addEventListener("click", () => {
      const starts = reading !== button;
      stop();
      if (starts) start(button, section);
    });
    buttons.push(button);
  };

  const stop = () => {
    if (!reading) return;
    label(reading, false);
    reading = current = undefined;
    speechSynthesis.cancel();
    mark();
  };

  /** @param {HTMLButtonElement} button @param {Element} section */
  const start = (button, section) => {
    reading = button;
    label(button, true);
    const rest = sentences(section, language);
    // One at a time: some browsers fall silent in the middle of a long text.
    const next = () => {
      let sentence = rest.shift();
      // What is hidden or gone by now.
      while (sentence && !isShown(sentence.range)) sentence = rest.shift();
      if (!sentence) return stop();
      const spoken = new SpeechSynthesisUtterance(sentence.text);
      current = spoken;
      spoken.lang = language;
      spoken.voice = voice ?? null;
      spoken.onend = () => spoken === current && next();
      spoken.onerror = () => spoken === current && stop();
      mark(sentence.range);
      speechSynthesis.speak(spoken);
    };
    next();
  };

  look();
  speechSynthesis.addEventListener?.("voiceschanged", look);
  addEventListener("keydown", ({ key }) => key === "Escape" && stop());
  // It would go on reading.
  addEventListener("pagehide", stop);
}

/** Marks the sentence that is read, and brings it into view. @param {Range} [sentence] */
function mark(sentence) {
  document.querySelectorAll("[data-read]").forEach((it) => it.removeAttribute("data-read"));
  const block = sentence?.startContainer.parentElement?.closest(BLOCKS);
  // Older browsers mark no part of a text: there it is the block.
  if (!("highlights" in CSS)) block?.toggleAttribute("data-read", true);
  else if (sentence) CSS.highlights.set(MARK, new Highlight(sentence));
  else CSS.highlights.delete(MARK);
  block?.scrollIntoView({ block: "nearest" });
}

/**
 * The sentences of a section that are shown, in their order. A range may hold more than is read: an explanation that is
 * folded away.
 * @param {Element} section @param {string} language
 */
function sentences(section, language) {
  /** @type {{ text: string, range: Range }[]} */
  const found = [];
  /** The texts of a block, with where each begins in it. @type {[Text, number][]} */
  let texts = [];
  let all = "";
  /** @type {Element | null} */
  let block = null;

  const end = () => {
    for (const [from, to] of all.trim() ? bounds(all, language) : []) {
      const text = all.slice(from, to).replace(/\s+/g, " ").trim();
      if (!text) continue;
      const range = document.createRange();
      const last = [...texts].reverse();
      const first = /** @type {[Text, number]} */ (last.find(([, begin]) => begin <= from));
      const behind = /** @type {[Text, number]} */ (last.find(([, begin]) => begin < to));
      range.setStart(first[0], from - first[1]);
      range.setEnd(behind[0], to - behind[1]);
      found.push({ text, range });
    }
    texts = [];
    all = "";
  };

  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    const parent = text.parentElement;
    const inside = parent?.closest(BLOCKS) ?? null;
    if (!parent || !inside || !section.contains(inside) || parent.closest(SILENT) || !isShown(parent)) continue;
    if (inside !== block) end();
    block = inside;
    texts.push([text, all.length]);
    all += text.data;
  }
  end();
  return found;
}

/** Where each sentence begins and ends. @param {string} text @param {string} language @returns {[number, number][]} */
function bounds(text, language) {
  if (!("Segmenter" in Intl)) return [[0, text.length]];
  const parts = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
  return [...parts].map(({ index, segment }) => [index, index + segment.length]);
}

/** @param {Element | Range} it */
const isShown = (it) => it.getClientRects().length > 0;
