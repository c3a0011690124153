// The pages of the decision aid: shows two to four options side by side, lists what matters, counts, saves and opens a
// diary, reads aloud, prints. What is ticked or typed stays in the page: nothing here sends it, and the browser keeps
// nothing of it.

import { compare } from "./compare.js";
import { keep } from "./diary.js";
import { weigh } from "./matters.js";
import { element, on, printMarked } from "./page.js";
import { readAloud } from "./read_aloud.js";

on("print", () => printMarked(document.documentElement));

const form = (/** @type {string} */ id) => /** @type {HTMLFormElement | null} */ (element(id));
const options = element("options-list");
const choice = form("options-choose");
if (options && choice) compare(options, choice);

const matters = form("matters-form");
if (matters && options) weigh(matters, options);

const diary = form("diary");
if (diary) keep(diary);

readAloud();
