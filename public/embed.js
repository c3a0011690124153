// @ts-check
// See embed.d.ts.

const EVENTS = ["ready", "resize", "step", "assessment-complete", "submitted", "error"];
const NAME = "migraine-guide";

/** @param {HTMLElement} host */
const show = (host) => {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const [box, notice, slot, mark] = ["div", "a", "slot", "div"].map(
    (it) => /** @type {any} */ (document.createElement(it)),
  );
  let [height, reserved, guide, address, title, timer] = [0, 480, "", "", "", 0];
  /** @type {any} */
  let frame;

  /** @param {string} name */
  const read = (name) => host.getAttribute(name) ?? host.getAttribute("data-" + name) ?? "";

  /** @param {string} type @param {object} detail */
  const tell = (type, detail) =>
    host.dispatchEvent(new CustomEvent(NAME + ":" + type, { bubbles: true, composed: true, detail }));

  /** @param {string} type @param {object} detail */
  const send = (type, detail) =>
    height && frame.contentWindow?.postMessage({ migraineGuide: 1, type, detail }, guide);

  const most = () => Math.max(0, parseFloat(read("max-height"))) || Infinity;

  const past = () => getComputedStyle(host).scrollMarginTop;
  const room = () => Math.min(most(), innerHeight) + "";

  // Under the fallback until it is ready.
  const fit = () => {
    box.style.cssText = `position:relative;min-height:${height ? 0 : Math.min(reserved, most())}px`;
    slot.hidden = height;
    notice.hidden = height || reserved;
    if (!frame) return;
    frame.title = read("title") || title;
    frame.scrolling = most() < Infinity ? "auto" : "no";
    frame.style.cssText =
      "border:0;width:100%;display:block;height:" +
      (height ? Math.min(height, most()) + "px" : "100%;position:absolute;top:0;visibility:hidden");
  };

  const fail = () => {
    if (height) return;
    reserved = 0;
    fit();
    console.warn(`${NAME}: no response from ${address}; may we frame it?`);
    tell("error", { code: "not-shown" });
  };

  /** @param {number} time */
  const wait = (time) => {
    clearTimeout(timer);
    timer = setTimeout(fail, time);
  };

  const update = () => {
    const url = new URL(read("src") || ".", read("src") ? document.baseURI : import.meta.url);
    const only = document.querySelector(`meta[name=${NAME}]`)?.getAttribute("content") || url;
    // Another could be an author's.
    const fine = /^https?:/.test(url.protocol) && new URL(only).origin === url.origin;
    notice.removeAttribute("href");
    if (fine) notice.href = url.href;
    for (const name of ["accent", "events", "location", "lang", "sections"]) {
      const value = read(name) || (name === "lang" && host.closest("[lang]")?.getAttribute(name));
      if (value) url.searchParams.set(name, value);
    }
    url.searchParams.set("host", location.origin);
    if (address !== url.href) {
      [guide, address, reserved, height] = [url.origin, url.href, height || 480, 0];
      url.searchParams.set("theme", read("theme"));
      url.searchParams.set("room", room());
      url.searchParams.set("past", past());
      frame?.remove();
      frame = document.createElement("iframe");
      frame.referrerPolicy = "no-referrer";
      frame.sandbox =
        "allow-scripts allow-same-origin allow-forms allow-modals allow-downloads allow-popups allow-popups-to-escape-sandbox";
      frame.src = url.href;
      // An error page, too.
      frame.onload = () => wait(3_000);
      if (fine) box.append(frame);
      wait(fine ? 20_000 : 0);
    } else send("theme", { theme: read("theme"), room: room() });
    fit();
  };

  /** @param {MessageEvent} event */
  const hear = ({ data, origin, source }) => {
    if (source !== (frame?.contentWindow ?? 0) || origin !== guide || data?.migraineGuide !== 1) return;
    const { type, detail } = data;
    if (type === "back") return history.go(Math.min(-detail.entries, 0) || -1);
    if (type === "scroll") {
      // Numbers: a text could be any style.
      mark.style.cssText = `position:absolute;top:${Math.min(detail.top, height)}px;height:${Math.min(detail.height, height)}px;scroll-margin-top:${past()}`;
      mark.scrollIntoView(detail);
    }
    if (!EVENTS.includes(type)) return;
    height = Math.min(Math.max(detail.height, 0) || height, 1e5);
    if (type === "ready") {
      clearTimeout(timer);
      title = detail.title;
      update();
    } else fit();
    tell(type, detail);
  };

  const ended = new AbortController();
  const changes = new MutationObserver(update);
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some((it) => it.isIntersecting)) return;
      near.disconnect();
      changes.observe(host, { attributes: true });
      addEventListener("resize", update, ended);
      update();
    },
    { rootMargin: "100%" },
  );

  notice.append("The migraine guide cannot be shown here. Open it on its own.");
  notice.target = "_blank";
  box.append(notice, slot, mark);
  root.replaceChildren(box);
  addEventListener("message", hear, ended);
  near.observe(box);
  fit();

  return {
    send,
    end() {
      ended.abort();
      near.disconnect();
      changes.disconnect();
      clearTimeout(timer);
      box.remove();
    },
  };
};

if (!customElements.get(NAME)) {
  const shown = new Map();
  /** @param {any} host */
  const start = (host) => shown.set(host, show(host));
  /** @param {Element} host */
  const end = (host) => shown.get(host)?.end();

  customElements.define(
    NAME,
    class extends HTMLElement {
      connectedCallback() {
        start(this);
      }
      disconnectedCallback() {
        end(this);
      }
      // Keeps what is typed.
      connectedMoveCallback() {}
      focus() {
        shown.get(this)?.send("focus", {});
      }
      /** @param {string} section */
      scrollToSection(section) {
        shown.get(this)?.send("scroll", { section });
      }
    },
  );

  const seek = () => {
    for (const host of shown.keys()) if (!host.isConnected) end(host), shown.delete(host);
    for (const host of document.querySelectorAll(`div[data-${NAME}]`)) shown.has(host) || start(host);
  };
  new MutationObserver(seek).observe(document, { childList: true, subtree: true });
  seek();
}
