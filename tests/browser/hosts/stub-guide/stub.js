// Records every message of the page around it, and says to it what a test wants said.
globalThis.received = [];
addEventListener("message", ({ data, origin }) => received.push({ data, origin }));

const host = new URLSearchParams(location.search).get("host") ?? "";
globalThis.say = (type, detail) => parent.postMessage({ migraineGuide: 1, type, detail }, host);
say("ready", { height: 300, title: document.title });
