// Returns the state of the guide in a host's page: how often it was ready, how many frames are too many,
// violations of the host's policy, if the fallback is visible, if the frame is as wide as the page and
// within the window, and if it has an accessible name.

() => {
  const element = /** @type {HTMLElement} */ (document.getElementById("guide"));
  const [frame, ...more] = element.shadowRoot?.querySelectorAll("iframe") ?? [];
  if (!frame) return [];
  const { left, right } = frame.getBoundingClientRect();
  // A body that the host's style makes a part of a line has no width of its own.
  const inline = getComputedStyle(document.body).display === "inline";
  const page = inline ? document.documentElement : document.body;
  return [
    heard.filter((it) => it.type === "ready").length,
    more.length,
    violations,
    element.querySelector("a")?.checkVisibility(),
    Math.abs(right - left - page.getBoundingClientRect().width) < 1,
    left >= 0 && right <= innerWidth,
    frame.title.length > 0,
  ];
}
