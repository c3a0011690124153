// Rules for the HTML of every page, for html-validate (`make html`), and why they differ from the recommended ones.

export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // The minifier's style, which HTML allows.
    "attr-quotes": ["error", { unquoted: true }],
    "doctype-style": ["error", { style: "lowercase" }],
    // Checkboxes of one question share a name, as radios do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
    // Advice for search results: an article's title is followed by the clinic's name.
    "long-title": "off",
    // Browsers drop the roles of a table whose cells are stacked on a phone.
    "no-redundant-role": "off",
    // A table that scrolls is a region, but no section of the article.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Typography: no line needs to hold "Call 911" together.
    "tel-non-breaking": "off",
    // Options that take effect at once have nothing to submit.
    "wcag/h32": "off",
  },
};
