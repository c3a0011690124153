// Seals payloads as pages do: `node seal.mjs < WANTED` reads a JSON list of { id, payload, keys }, and prints a
// JSON list of envelopes. A key is a public JWK; its `kid` is written as it stands, so that a test can borrow one.

import { readFileSync } from "node:fs";

const { subtle } = globalThis.crypto;
const ALGORITHM = "ECDH-ES+A256KW";
const CURVE = { name: "ECDH", namedCurve: "P-256" };

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const length = (number) => Buffer.from(Uint32Array.of(number).buffer).reverse();

/** Encrypts the content key for one recipient: RFC 7518 §4.6 and §4.4. */
const recipientOf = async ({ kid, ...jwk }, contentKey) => {
  const { kty, crv, x, y } = jwk;
  const theirs = await subtle.importKey("jwk", { kty, crv, x, y }, CURVE, false, []);
  const own = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const secret = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const about = [length(1), secret, length(ALGORITHM.length), ALGORITHM, length(0), length(0), length(256)];
  const derived = await subtle.digest("SHA-256", Buffer.concat(about.map((it) => Buffer.from(it))));
  const wrapping = await subtle.importKey("raw", derived, "AES-KW", false, ["wrapKey"]);
  const point = await subtle.exportKey("jwk", own.publicKey);
  const epk = { kty: point.kty, crv: point.crv, x: point.x, y: point.y };
  const encrypted_key = base64url(await subtle.wrapKey("raw", contentKey, wrapping, "AES-KW"));
  return { header: { alg: ALGORITHM, kid, epk }, encrypted_key };
};

const seal = async ({ id, payload, keys }) => {
  const header = JSON.stringify({ enc: "A256GCM", typ: "appointment-request+jwe", rid: id });
  const protectedHeader = base64url(header);
  const key = await subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const additionalData = Buffer.from(protectedHeader);
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, Buffer.from(payload));
  const recipients = [];
  for (const recipient of keys) {
    recipients.push(await recipientOf(recipient, key));
  }
  return {
    protected: protectedHeader,
    recipients,
    iv: base64url(iv),
    ciphertext: base64url(sealed.slice(0, -16)),
    tag: base64url(sealed.slice(-16)),
  };
};

const wanted = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(await Promise.all(wanted.map(seal))));
