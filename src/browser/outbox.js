// From a checked request to its arrival: seals it, lets the browser keep it, and sends it until it
// arrives, is refused, or is given up. Says in the page what waits. See outbox.rs.
//
// A parcel is kept before it is sent for the first time, so that neither a reload nor an empty
// battery loses it. It is always the same bytes under the same id, so that intake stores it once,
// however often and from however many tabs it is sent.

import { pace, prove, referenceOf, seal } from "./crypto.js";

/**
 * What is kept: nothing readable.
 * @typedef {{ id: string, reference: string, sealed: string, kept: number }} Kept
 */
/**
 * What is to be sent. `stored`: it outlives the page. `own`: of the form on this page. `quiet`: Send
 * was pressed, and there is nothing to say yet. `uncertain`: an answer was missing.
 * @typedef {Kept & { why: string, failures: number, stored?: boolean, own?: boolean, quiet?: boolean, uncertain?: boolean }} Parcel
 */

// Times are milliseconds.
/** For an answer: a few kilobytes over the slowest mobile network, several times over. */
const TIME_LIMIT = 30_000;
/** Some browsers that refuse to store never say so. */
const PATIENCE = 3_000;
/** A parcel older than a week is not sent before its owner says so again. */
const STALE = 7 * 24 * 3_600_000;
/** After the first failure; doubles with each. */
const FIRST_PAUSE = 1_000;
/** Somebody may be looking. Longer where intake asks for it. */
const LONGEST_PAUSE = 60_000;
/** Nobody is believed who asks for more. */
const LONGEST_ASKED = 3_600_000;
/** A pause up to this is not worth a word. */
const UNNOTICED = 5_000;
/** So many failures are taken for a bad moment. */
const QUICK = 3;
/** Statuses below 500 that pass by themselves. */
const PASSING = [408, 425, 429];
const STORE = "sealed";

/** By id, the newest last. @type {Map<string, Parcel>} */
const waiting = new Map();
/** Sealed last: sent again after a refusal, it is the same. @type {Kept | undefined} */
let last;
let endpoint = "";
/** @type {(news: string[]) => void} */
let tell;
let running = false;
let wake = () => {};

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById("request-" + id));
/** @param {string} key */
const say = (key) => document.getElementById("say-request-" + key)?.textContent ?? "";

/**
 * Puts a text into the page; what stands there already is not announced again.
 * @param {string} id
 * @param {string} text
 */
const put = (id, text) => {
  if (element(id).textContent !== text) element(id).textContent = text;
};

/** Whether it is sent unasked. @param {Parcel} parcel */
const isDue = ({ why }) => why !== "refused" && why !== "stale";

/**
 * Goes on with what an earlier visit left, or another tab is sending.
 * @param {string} address where intake takes requests
 * @param {(news: string[]) => void} listener hears what becomes of the form's own request:
 *   `arrived` with its reference, `waits`, `removed`, `cannot-seal`, or `refused` with the status
 *   and, where an answer was missing before, `uncertain`
 */
export async function begin(address, listener) {
  endpoint = address;
  tell = listener;
  element("waiting").addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-action]");
    if (button) act(button.getAttribute("data-action"));
  });
  addEventListener("online", () => wake());
  const kept = await use("readonly", (store) => store.getAll()).catch(() => []);
  for (const parcel of kept) {
    const why = Date.now() - parcel.kept > STALE ? "stale" : "sending";
    if (!waiting.has(parcel.id)) waiting.set(parcel.id, { ...parcel, why, failures: 0, stored: true });
  }
  show();
  run();
}

/** @param {string | null} action */
function act(action) {
  const parcels = [...waiting.values()];
  if (action === "send-now") {
    for (const parcel of parcels) parcel.why = "sending";
    show();
    run();
  } else if (action === "save") {
    parcels.forEach(save);
  } else if (action === "remove") {
    for (const parcel of parcels) {
      // Should it arrive all the same, the form on this page may be about something else by then.
      parcel.own = false;
      forget(parcel);
    }
    show();
    tell(["removed"]);
  }
}

/**
 * Seals a request, unless that was done, and sends it.
 * @param {string} payload
 * @param {string} header
 * @param {string} id
 * @param {string} keys
 * @param {boolean} suspicious it was filled in as a robot would
 */
export async function send(payload, header, id, keys, suspicious) {
  try {
    if (suspicious) await work(pace);
    if (last?.id !== id) {
      const sealed = await seal(payload, header, keys);
      last = { id, reference: await referenceOf(id), sealed, kept: Date.now() };
    }
  } catch {
    tell(["cannot-seal"]);
    return;
  }
  const kept = /** @type {Kept} */ (last);
  const stored = await use("readwrite", (store) => store.put(kept)).then(
    () => true,
    () => false,
  );
  waiting.set(id, { ...kept, why: "sending", failures: 0, stored, own: true, quiet: true });
  show();
  run();
}

/** Sends what is due, with pauses, until nothing is; at once where it does so already. */
async function run() {
  if (running) return wake();
  running = true;
  for (;;) {
    const due = [...waiting.values()].filter(isDue).reverse();
    if (!due.length) break;
    let pause = 0;
    for (const parcel of due) pause = Math.max(pause, await attempt(parcel));
    // Nothing that came meanwhile has to wait for what failed.
    if (![...waiting.values()].some(({ why }) => why === "sending")) {
      await new Promise((resolve) => {
        wake = () => resolve(undefined);
        setTimeout(resolve, pause);
      });
    }
  }
  running = false;
}

/** Sends a parcel once. Gives the pause until it is sent again. @param {Parcel} parcel */
async function attempt(parcel) {
  let answer = await post(parcel);
  if (answer.challenge) {
    const proof = await work((bar) => prove(answer.challenge, bar));
    if (proof) answer = await post(parcel, proof);
  }
  const { status, reference, after } = answer;
  // Only the right reference comes from intake: the gate of a guest network answers 200 to anything.
  if ((status === 200 || status === 201) && reference === parcel.reference) {
    forget(parcel);
    if (parcel.own) tell(["arrived", reference]);
    else put("delivered", (element("delivered").textContent || say("delivered") + " ") + reference + " ");
    show();
    return 0;
  }
  if (status >= 300 && status < 500 && !PASSING.includes(status)) {
    parcel.why = "refused";
    if (parcel.own) {
      forget(parcel);
      tell(["refused", "" + status, parcel.uncertain ? "uncertain" : ""]);
    }
    show();
    return 0;
  }
  parcel.failures++;
  parcel.why = status >= 400 ? "later" : navigator.onLine ? "no-answer" : "offline";
  parcel.uncertain ||= parcel.why === "no-answer";
  const worth = parcel.failures >= QUICK || after > UNNOTICED || parcel.why === "offline";
  if (parcel.quiet && worth) {
    parcel.quiet = false;
    show();
    tell(["waits"]);
  }
  show();
  // By chance, so that not all who were turned away come back at once; never before it is asked for.
  const chance = Math.random();
  const doubled = Math.min(FIRST_PAUSE * 2 ** (parcel.failures - 1), LONGEST_PAUSE);
  return after ? Math.min(after, LONGEST_ASKED) + chance * FIRST_PAUSE : (doubled * (1 + chance)) / 2;
}

/**
 * Posts a parcel: nothing but the sealed bytes, their id and their type. Status 0 is no answer.
 * @param {Parcel} parcel
 * @param {string} [proof]
 */
async function post({ id, sealed }, proof) {
  // Not `AbortSignal.timeout`, which older phones do not have.
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), TIME_LIMIT);
  try {
    const answer = await fetch(endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/jose+json",
        "Idempotency-Key": id,
        ...(proof && { "Proof-Of-Work": proof }),
      },
      body: sealed,
      signal: limit.signal,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
    });
    const { status, headers } = answer;
    const { reference, challenge } = (await answer.json().catch(() => {})) || {};
    // Seconds, or a date: compared with the server's clock, since the one here may be wrong.
    const asked = headers.get("Retry-After") || "";
    const until = Date.parse(asked) - Date.parse(headers.get("Date") || "");
    const after = /^\d+$/.test(asked) ? +asked * 1_000 : Math.max(0, until || 0);
    return { status, reference, challenge: status === 429 && challenge, after };
  } catch {
    return { status: 0, after: 0 };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Shows that work is done, and how far it is.
 * @template T
 * @param {(bar: HTMLProgressElement) => Promise<T>} todo
 */
async function work(todo) {
  element("work").hidden = false;
  try {
    return await todo(/** @type {HTMLProgressElement} */ (element("progress")));
  } finally {
    element("work").hidden = true;
  }
}

/** Says what waits, why, and where it is meanwhile. */
function show() {
  const all = [...waiting.values()];
  // Nothing that is kept nowhere else is left without being asked.
  window.onbeforeunload = all.every(({ stored }) => stored) ? null : (event) => event.preventDefault();
  const told = all.filter(({ quiet }) => !quiet);
  const newest = told[told.length - 1];
  element("waiting").hidden = !newest;
  if (!newest) return;
  const title = told.some(({ uncertain }) => uncertain) ? "not-known" : "not-arrived";
  const kept = told.every(({ stored }) => stored) ? "kept" : "not-kept";
  put("waiting-heading", say(title));
  put("waiting-references", told.map(({ reference }) => reference).join(", "));
  put("waiting-why", say(newest.why));
  put("waiting-kept", say(isDue(newest) ? kept : "kept-still"));
}

/** Sends it no longer, and keeps it no longer. @param {Parcel} parcel */
function forget(parcel) {
  waiting.delete(parcel.id);
  // Where it cannot be removed it is sent again, and intake has it already.
  use("readwrite", (store) => store.delete(parcel.id)).catch(() => {});
}

/** Saves it as a file. @param {Parcel} parcel */
function save({ reference, sealed }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([sealed], { type: "application/jose+json" }));
  link.download = `request-${reference}.jwe.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE);
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} todo
 */
async function use(mode, todo) {
  const database = await settled((resolve, reject) => {
    const opening = indexedDB.open("appointment-requests", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = reject;
  });
  try {
    return await settled((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = todo(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = reject;
    });
  } finally {
    database.close();
  }
}

/** A promise that does not stay open for ever. @param {(resolve: (it: any) => void, reject: () => void) => void} begin */
const settled = (begin) =>
  new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE);
    begin(resolve, reject);
  });
