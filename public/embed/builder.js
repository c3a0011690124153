// @ts-check
// The page where staff build what goes into their own site: keeps the frame and the snippets in step
// with what is chosen, and looks up whether a site may show the guide.

import "../embed.js";

const guide = new URL("../", location.origin + location.pathname).href;

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** A sentence that the page keeps, with its gaps filled. @param {string} key @param {Record<string, string>} [gaps] */
const say = (key, gaps = {}) =>
  (element(`message-${key}`).textContent ?? "").replace(/\{(\w+)\}/g, (all, gap) => gaps[gap] ?? all);

const options = /** @type {HTMLFormElement} */ (element("embed-options"));

/** What is chosen; what is as it would be anyway is left out. @returns {Record<string, string>} */
const chosen = () => {
  const form = new FormData(options);
  const boxes = options.querySelectorAll("[name=sections]");
  const sections = form.getAll("sections");
  const text = (/** @type {string} */ name) => String(form.get(name) ?? "").trim();
  const all = {
    sections: sections.length < boxes.length ? sections.join(" ") : "",
    theme: text("theme") === "auto" ? "" : text("theme"),
    accent: text("accent"),
    location: text("location"),
    events: form.getAll("events").join(" "),
    title: text("title"),
    "max-height": String(Math.max(0, Number.parseInt(text("max-height"), 10)) || ""),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
};

/** As an attribute's value stands in HTML. @param {string} text */
const quoted = (text) =>
  `"${text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;")}"`;

/** @param {Record<string, string>} attributes @param {(name: string) => string} [rename] */
const listed = (attributes, rename = (name) => name) =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${rename(name)}=${quoted(value)}`)
    .join("");

const show = () => {
  const attributes = chosen();
  const { title, events, "max-height": height, ...asked } = attributes;
  const plain =
    `<script type="module" src="${guide}embed.js"></script>\n` +
    `<migraine-guide src="${guide}"${listed(attributes)}>\n` +
    `  <a href="${guide}">${say("embed-open")}</a>\n</migraine-guide>`;
  // Square brackets would end the shortcode.
  const shortcode = listed(attributes, (name) => name.replace("-", "_")).replace(/[[\]]/g, "");
  // What would end the comment that a block stands in is written as WordPress does.
  const block = JSON.stringify(attributes).replace(/--|[<>&]/g, (found) =>
    [...found].map((it) => `\\u00${it.charCodeAt(0).toString(16)}`).join(""),
  );
  const address = new URL(guide);
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  const snippets = {
    plain,
    squarespace: plain,
    shortcode: `[migraine_guide${shortcode}]`,
    block: `<!-- wp:migraine-guide/guide ${block === "{}" ? "" : `${block} `}/-->`,
    wix: address.href,
  };
  for (const [name, text] of Object.entries(snippets)) element(`embed-${name}`).textContent = text;

  const preview = element("embed-preview");
  for (const name of ["sections", "theme", "accent", "location", "events", "title", "max-height"]) {
    const value = attributes[name] ?? (name === "max-height" ? "640" : "");
    if (preview.getAttribute(`data-${name}`) !== value) preview.setAttribute(`data-${name}`, value);
  }
};

/**
 * Whether a source of `frame-ancestors` names a site, by CSP Level 3, 6.7.2.
 * @param {string} source @param {URL} site
 */
const names = (source, site) => {
  if (source === "'self'") return site.origin === location.origin;
  if (source === "*") return true;
  const found = /^(?:([a-z][a-z\d+.-]*):(?:\/\/|$))?(\*\.)?([a-z\d.-]*)(?::(\d+|\*))?/i.exec(source);
  const [, scheme = location.protocol.slice(0, -1), any, host, port] = found ?? [];
  const protocol = site.protocol.slice(0, -1);
  // Whoever allows http allows the same over https.
  if (protocol !== scheme && !(scheme === "http" && protocol === "https")) return false;
  if (!host) return source.endsWith(":");
  const own = any ? site.hostname.endsWith(`.${host}`) : site.hostname === host.toLowerCase();
  const usual = site.protocol === "https:" ? "443" : "80";
  return own && (port === "*" || (site.port || usual) === (port ?? usual));
};

/** What the server says of frames: the sources of each policy. @returns {Promise<string[][]>} */
const policies = async () => {
  const { headers } = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  const sent = headers.get("content-security-policy") ?? "";
  const ancestors = sent.split(",").map((policy) =>
    policy
      .split(";")
      .map((it) => it.trim().split(/\s+/))
      .find(([name]) => name === "frame-ancestors"),
  );
  return ancestors.filter((it) => it !== undefined).map((it) => it.slice(1));
};

/** @param {string} entered */
const check = async (entered) => {
  const address = /^[a-z]+:\/\//i.test(entered) ? entered : `https://${entered}`;
  if (!URL.canParse(address)) return say("embed-no-address");
  const site = new URL(address);
  // What stands in a host's name otherwise, browsers write as %….
  if (!/^[\w.:[\]-]+$/.test(site.hostname)) return say("embed-no-address");
  const lists = await policies().catch(() => undefined);
  if (!lists?.length) return say("embed-not-known");
  const allowed = lists.every((sources) => sources.some((source) => names(source, site)));
  if (allowed) return say("embed-allowed", { site: site.origin });
  const known = (lists[0] ?? []).filter((it) => it !== "'none'");
  const setting = `frame_ancestors = "${[...known, site.origin].join(" ")}"`;
  return say("embed-not-allowed", { site: site.origin, setting });
};

element("embed-check").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { value } = /** @type {HTMLInputElement} */ (element("embed-site"));
  element("embed-check-result").textContent = await check(value.trim());
});

options.addEventListener("submit", (event) => event.preventDefault());
options.addEventListener("change", show);

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("[data-action^='copy ']");
  if (!button) return;
  const code = element(button.getAttribute("data-action")?.slice("copy ".length) ?? "");
  // Selected too: where the clipboard is refused, it is one key away.
  getSelection()?.selectAllChildren(code);
  await navigator.clipboard?.writeText(code.textContent ?? "").then(
    () => (element("embed-status").textContent = say("embed-copied")),
    () => {},
  );
});

// As the browser filled the form again after a reload.
show();
