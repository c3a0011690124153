// Returns the violations that axe-core finds in each of these themes, a line for each element. An
// empty name leaves the theme as it is. After the first only colors are another: nothing else is looked at.
// Colors take most of the time.

/**
 * @param {string[]} themes
 * @param {string} within a selector
 * @param {"everything" | "all but colors" | "colors"} what
 */
async (themes, within, what) => {
  const found = [];
  const ofColors = ["color-contrast", "link-in-text-block"];
  const { dataset } = document.documentElement;
  for (const theme of themes) {
    const chosen = dataset.theme;
    if (theme) dataset.theme = theme;
    // Colors in the middle of a transition have another contrast; what moves with the scrolling stays.
    for (const it of document.getAnimations()) if (it.timeline === document.timeline) it.finish();
    const left = what === "all but colors" ? ofColors.map((rule) => [rule, { enabled: false }]) : [];
    const all = what !== "colors" && theme === themes[0];
    const rules = all ? { rules: Object.fromEntries(left) } : { runOnly: ofColors };
    const { violations } = await axe.run(within, { resultTypes: ["violations"], ...rules });
    if (chosen) dataset.theme = chosen;
    else delete dataset.theme;
    for (const { id, help, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${theme} ${id}: ${help} at ${target.join(" ")} ${failureSummary}`);
      }
    }
  }
  return found;
}
