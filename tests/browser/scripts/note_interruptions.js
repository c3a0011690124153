// Keeps in `interruptions` what interrupts somebody who reads: elements that get the focus, and texts that live regions
// get. What is in the page when it comes is not announced.

() => {
  /** @type {string[]} */
  const interruptions = [];
  Object.assign(window, { interruptions });
  addEventListener("focusin", ({ target }) => {
    interruptions.push(`focus ${target instanceof Element ? target.id || target.className : ""}`);
  });
  const announced = new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const region = element?.closest("[role=status], [role=alert], [aria-live]");
      if (region?.getClientRects().length && region.textContent?.trim()) interruptions.push(`said ${region.textContent}`);
    }
  });
  const begin = () => announced.observe(document.body, { characterData: true, childList: true, subtree: true });
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
}
