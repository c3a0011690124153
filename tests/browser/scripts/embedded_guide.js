// Returns the state of the guide in a host's page: how often it was ready, how many frames are too many,
// violations of the host's policy, if the fallback is visible, if the frame is as wide as the page and
// within the window, and if it has an accessible name.

() => {
  const element = /** @type {HTMLElement} */ (document.getElementById("guide"));
  const [frame, ...more] = element.shadowRoot?.querySelectorAll("iframe") ?? [];
  if (!frame) return [];
  const { left, right } = frame.getBoundingClientRect();
  return [
    heard.filter((it) => it.type === "ready").length,
    more.length,
    violations,
    element.querySelector("a")?.checkVisibility(),
    right - left === document.body.getBoundingClientRect().width,
    left >= 0 && right <= innerWidth,
    frame.title.length > 0,
  ];
}
