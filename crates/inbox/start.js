// Starts the app, whose files are named in the page. Without it the page says so.

const meta = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name="app"]'));
const [glue, wasm] = meta.content.split(" ").map((it) => new URL(it, document.baseURI).href);

try {
  const app = await import(glue);
  await app.default({ module_or_path: wasm });
} catch (error) {
  document.getElementById("loading")?.setAttribute("hidden", "");
  document.getElementById("failed")?.removeAttribute("hidden");
  throw error;
}
