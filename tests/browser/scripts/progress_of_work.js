// Keeps in `seen` the value of the progress bar at every frame that is drawn while it is shown.

() => {
  window.seen = [];
  const work = document.getElementById("request-work");
  const bar = document.querySelector("progress#request-progress");
  const look = () => {
    requestAnimationFrame(look);
    if (!work?.hidden && bar instanceof HTMLProgressElement) seen.push(bar.value);
  };
  look();
}
