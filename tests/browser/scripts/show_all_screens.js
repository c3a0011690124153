// Shows every screen at once, as no reader sees them, but each as wide as it will be.

() => {
  for (const it of document.querySelectorAll("template")) it.before(it.content);
  for (const it of document.querySelectorAll(".criteria details li span span")) {
    it.textContent = "Yes, only with medical staff there";
  }
  for (const it of document.querySelectorAll(".panel :is(div, form, p)")) it.removeAttribute("hidden");
  for (const it of document.querySelectorAll("details:not(.display)")) it.setAttribute("open", "");
}
