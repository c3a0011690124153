// Opens a sealed request with the npm package `jose`: `node open.mjs KEY ENVELOPE` prints what is
// in it. The package is in .tools, where the Makefile installs it.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { generalDecrypt, importJWK } = createRequire(new URL("../../.tools/package.json", import.meta.url))("jose");
const [key, envelope] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, "utf8")));
const { plaintext } = await generalDecrypt(envelope, await importJWK(key));
process.stdout.write(plaintext);
