// Returns what IBM's accessibility checker finds in the first element that a selector finds, by the rules of WCAG 2.2.
// Left out is what is not shown, such as the content of closed details, whose names it takes for missing; and a rule
// that takes radios of the same name in two forms for one group.

/** @param {string} within a selector */
async (within) => {
  const part = document.querySelector(within);
  if (!part) throw new Error(within);
  const report = await new ace.Checker().check(part, ["WCAG_2_2"]);
  return report.results
    .filter(({ value }) => value[0] === "VIOLATION" && value[1] === "FAIL")
    .filter(({ ruleId }) => ruleId !== "input_checkboxes_grouped")
    .filter(({ node }) => part.contains(node) && node.checkVisibility())
    .map(({ ruleId, message, snippet }) => `${ruleId}: ${message} ${snippet.slice(0, 120)}`);
}
