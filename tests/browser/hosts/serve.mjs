// Serves the host situations of this folder, each a site that embeds the guide, from an origin of
// their own:
//
//     node serve.mjs PORT GUIDE
//
// In their files {guide} stands for the address of the guide, {here} for that of this server under its
// other name, which is another origin, {elsewhere} for one where nobody responds. A first line <!-- header Name: value --> of a page is sent with it.

import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const [port, guide] = process.argv.slice(2);
const folder = import.meta.dirname;
const tools = process.env.GUIDE_TOOLS ?? join(folder, "../../../.tools");
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const header = /^<!-- header ([\w-]+): (.*) -->\n/;

const fill = (text) =>
  // Port 9, "discard", is one that browsers never connect to.
  text
    .replaceAll("{guide}", guide)
    .replaceAll("{here}", `http://127.0.0.1:${port}`)
    .replaceAll("{elsewhere}", "http://127.0.0.1:9");

const list = async () => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((it) => it.isDirectory() && existsSync(join(folder, it.name, "index.html")))
    .map((it) => it.name);
  const links = names.sort().map((name) => `<li><a href="${name}/">${name}</a></li>`);
  return `<!doctype html><title>Host situations</title><ul>${links.join("")}</ul>`;
};

const answer = async (path) => {
  if (path === "/") return { text: await list(), type: "text/html", headers: {} };
  // The guide's script as an optimizer would keep it.
  if (path.endsWith("/cache/embed.js")) {
    const text = await readFile(join(folder, "../../../public/embed.js"), "utf8");
    return { text, type: types[".js"], headers: {} };
  }
  // Scripts of others, as the Makefile installed them.
  if (path.startsWith("/lforms/")) {
    const text = await readFile(join(tools, normalize(path)));
    return { text, type: types[extname(path)] ?? "image/png", headers: {} };
  }
  const file = normalize(path.endsWith("/") ? `${path}index.html` : path);
  let text = fill(await readFile(join(folder, file), "utf8"));
  const headers = {};
  for (let found; (found = header.exec(text)); text = text.slice(found[0].length)) {
    headers[found[1]] = found[2];
  }
  return { text, type: types[extname(file)] ?? "text/plain", headers };
};

createServer(async ({ url }, response) => {
  try {
    const { text, type, headers } = await answer(new URL(url, "http://host").pathname);
    response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, ...headers }).end(text);
  } catch {
    response.writeHead(404).end();
  }
}).listen(Number(port), "127.0.0.1");
