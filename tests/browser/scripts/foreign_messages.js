// Sends messages that the host and the guide must ignore: from another frame, of another version, of
// another form. The last is the host's own: the guide takes it.

() => {
  const shadow = document.getElementById("guide")?.shadowRoot;
  const guide = /** @type {Window} */ (shadow?.querySelector("iframe")?.contentWindow);
  const other = document.createElement("iframe");
  document.body.append(other);
  const { contentDocument, contentWindow } = other;
  /** @param {Window} to @param {object} message */
  const send = (to, message) => {
    Object.assign(/** @type {Window} */ (contentWindow), { to, message });
    const script = /** @type {Document} */ (contentDocument).createElement("script");
    script.textContent = "to.postMessage(message, '*')";
    contentDocument?.body.append(script);
  };
  /** @param {number} version @param {string} theme */
  const choose = (version, theme) => ({ migraineGuide: version, type: "theme", detail: { theme } });
  send(window, { migraineGuide: 1, type: "submitted", detail: { reference: "FAKE" } });
  send(guide, choose(1, "dark"));
  guide.postMessage(choose(2, "dark"), "*");
  guide.postMessage("theme", "*");
  guide.postMessage(null, "*");
  guide.postMessage(choose(1, "calm"), "*");
}
