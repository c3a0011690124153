// Translates the page as a browser does: each text is put into two nested elements and replaced, now and whenever one
// comes. What is marked as not to be translated stays.

() => {
  const done = new WeakSet();
  /** @param {Text} text */
  const translate = (text) => {
    const around = text.parentElement;
    const words = text.data.trim();
    if (!words || done.has(text) || !around) return;
    if (around.closest("script, style, noscript, textarea, [translate=no]")) return;
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    const translated = document.createTextNode(text.data.replace(words, `«${words}»`));
    done.add(translated);
    inner.append(translated);
    outer.append(inner);
    text.replaceWith(outer);
  };
  /** @param {Node} root */
  const translateAll = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let text = walker.nextNode(); text; text = walker.nextNode()) texts.push(text);
    if (root instanceof Text) texts.push(root);
    for (const text of texts) translate(/** @type {Text} */ (text));
  };
  translateAll(document.body);
  new MutationObserver((changes) => {
    for (const { target, addedNodes } of changes) {
      if (target instanceof Text) translate(target);
      addedNodes.forEach(translateAll);
    }
  }).observe(document.body, { characterData: true, childList: true, subtree: true });
}
