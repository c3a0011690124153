// Inserts elements as extensions do: a password manager's icons beside and around fields and in their labels, a grammar
// checker's around the text area and at the end of the page. Each again where something removes it.

() => {
  const insert = () => {
    for (const field of document.querySelectorAll("input, textarea")) {
      if (field.nextElementSibling?.tagName !== "PASSWORD-ICON") field.after(document.createElement("password-icon"));
      if (field.previousElementSibling?.tagName !== "PASSWORD-ICON") field.before(document.createElement("password-icon"));
      field.setAttribute("data-1p-ignore", "false");
    }
    for (const place of document.querySelectorAll("label, legend, fieldset, dl, dd, .field, [data-part], body")) {
      if (place.lastElementChild?.tagName !== "GRAMMAR-CHECK") place.append(document.createElement("grammar-check"));
    }
    for (const text of document.querySelectorAll("textarea")) {
      if (text.parentElement?.tagName === "GRAMMAR-BOX") continue;
      const box = document.createElement("grammar-box");
      text.replaceWith(box);
      box.append(text);
    }
  };
  insert();
  new MutationObserver(insert).observe(document.body, { childList: true, subtree: true });
}
