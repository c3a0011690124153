// Opens a sealed request with the npm package `jose`: `node open.mjs KEY ENVELOPE` prints the payload.
// The package is in the folder that GUIDE_TOOLS names, else in .tools, where the Makefile installs it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

const tools = process.env.GUIDE_TOOLS ?? fileURLToPath(new URL("../../.tools", import.meta.url));
const { generalDecrypt, importJWK } = createRequire(resolve(tools, "package.json"))("jose");
const [key, envelope] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const { plaintext } = await generalDecrypt(envelope, await importJWK(key));
process.stdout.write(plaintext);
