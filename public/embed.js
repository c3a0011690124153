// @ts-check
// <migraine-guide>, or <div data-migraine-guide>: see embed.d.ts. Always a frame of the guide's own
// origin: nothing that runs in this page can see what is typed there.

const NAME = "migraine-guide";

/** @param {HTMLElement} host */
const show = (host) => {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const [box, notice, slot, mark] = ["div", "a", "slot", "div"].map(
    (it) => /** @type {any} */ (document.createElement(it)),
  );
  /** @type {HTMLIFrameElement} */
  let frame;
  let [height, reserved, guide, address, theme, title, timer] = [0, 480, "", "", "", "", 0];

  /** @param {string} name */
  const read = (name) => host.getAttribute(name) ?? host.getAttribute("data-" + name) ?? "";

  /** @param {string} type @param {object} detail */
  const tell = (type, detail) =>
    host.dispatchEvent(new CustomEvent(NAME + ":" + type, { bubbles: true, composed: true, detail }));

  /** @param {string} type @param {object} detail */
  const send = (type, detail) =>
    frame?.contentWindow?.postMessage({ migraineGuide: 1, type, detail }, guide);

  // Until it is ready, the frame lies unseen under what stands in the element.
  const fit = () => {
    const most = parseFloat(read("max-height")) || Infinity;
    box.style.cssText = `position:relative;min-height:${height ? 0 : Math.min(reserved, most)}px`;
    slot.style.display = height ? "none" : "";
    notice.style.display = height || reserved ? "none" : "";
    if (!frame) return;
    frame.title = read("title") || title || "Migraine guide";
    frame.scrolling = most < Infinity ? "auto" : "no";
    frame.style.cssText = height
      ? `border:0;width:100%;display:block;height:${Math.min(height, most)}px`
      : "border:0;width:100%;position:absolute;height:100%;inset:0;visibility:hidden";
  };

  const fail = () => {
    if (height) return;
    reserved = 0;
    fit();
    console.warn(`${NAME}: no answer from ${address}; is that right, and may this site frame it?`);
    tell("error", { code: "not-shown" });
  };

  /** @param {number} time in milliseconds */
  const wait = (time) => {
    clearTimeout(timer);
    timer = setTimeout(fail, time);
  };

  const update = () => {
    const url = new URL(read("src") || ".", read("src") ? document.baseURI : import.meta.url);
    notice.href = url.href;
    for (const name of ["sections", "accent", "lang", "location"]) {
      const value = read(name) || (name === "lang" && host.closest("[lang]")?.getAttribute(name));
      if (value) url.searchParams.set(name, value);
    }
    url.searchParams.set("host", location.origin);
    const before = theme;
    theme = read("theme");
    if (address !== url.href) {
      [guide, address, reserved, height] = [url.origin, url.href, height || 480, 0];
      url.searchParams.set("theme", theme);
      frame?.remove();
      frame = document.createElement("iframe");
      frame.referrerPolicy = "no-referrer";
      frame.src = url.href;
      // It may be no more than the browser's own error page.
      frame.onload = () => wait(3_000);
      // Any other address could be a program that would run in this page.
      if (url.protocol.startsWith("http")) box.append(frame);
      // 50 KB on the slowest line.
      wait(20_000);
    } else if (theme !== before) send("theme", { theme });
    fit();
  };

  /** @param {MessageEvent} event */
  const hear = ({ data, origin, source }) => {
    if (!source || source !== frame?.contentWindow || origin !== guide) return;
    if (data?.migraineGuide !== 1) return;
    const { type, detail } = data;
    if (type === "scroll") {
      const past = getComputedStyle(host).scrollMarginTop;
      mark.style.cssText = `position:absolute;top:${detail.top}px;height:${detail.height}px;scroll-margin-top:${past}`;
      mark.scrollIntoView(detail);
      return;
    }
    if (type === "ready") {
      clearTimeout(timer);
      title = detail.title;
      send("theme", { theme });
    }
    if (detail.height) {
      height = detail.height;
      fit();
    }
    tell(type, detail);
  };

  const changes = new MutationObserver(update);
  // Loaded when it is nearly in view.
  const near = new IntersectionObserver(
    (seen) => {
      if (!seen.some((it) => it.isIntersecting)) return;
      near.disconnect();
      changes.observe(host, { attributes: true });
      update();
    },
    { rootMargin: "100%" },
  );

  notice.append("The migraine guide cannot be shown here. Open it on its own.");
  notice.target = "_blank";
  box.append(notice, slot, mark);
  root.replaceChildren(box);
  addEventListener("message", hear);
  near.observe(box);
  fit();

  return {
    send,
    end() {
      removeEventListener("message", hear);
      near.disconnect();
      changes.disconnect();
      clearTimeout(timer);
      box.remove();
    },
  };
};

// A second script tag does nothing.
if (!customElements.get(NAME)) {
  /** @type {Map<Element, ReturnType<typeof show>>} */
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
      // Moved by `moveBefore`, it keeps what was typed.
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

  const look = () => {
    for (const host of shown.keys()) if (!host.isConnected) end(host), shown.delete(host);
    for (const host of document.querySelectorAll(`div[data-${NAME}]`)) shown.has(host) || start(host);
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
}
