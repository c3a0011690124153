// Dispatches each event of the islands to the guide's page, with a field too many each, and one that no
// island has; and changes the height of the page.

() => {
  const details = {
    step: { index: 1, of: 12, question: "red-flags-now" },
    "assessment-complete": { outcome: "worth-asking" },
    submitted: { reference: "ABCD-EFGH", name: "Ada Test" },
    error: { code: "refused", field: "email" },
    // Further back than there is anything to go to.
    back: { entries: 1_000, step: 3 },
    answered: { answer: "yes" },
  };
  for (const [type, detail] of Object.entries(details)) {
    document.dispatchEvent(new CustomEvent(`migraine-guide:${type}`, { detail }));
  }
  document.body.style.paddingBlockEnd = "99px";
}
