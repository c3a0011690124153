// Fills in what is needed as a browser or a password manager does that dispatches no event.

() => {
  /** @param {string} selector */
  const input = (selector) => /** @type {HTMLInputElement} */ (document.querySelector(selector));
  input("#request-name").value = "Ada Test";
  input("#request-phone").value = "972 555 0123";
  input("#request-email").value = "ada@example.com";
  input("[name=contact-by][value=email]").checked = true;
  input("#request-consent").checked = true;
}
