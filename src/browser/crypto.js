// What Web Crypto does: no cipher code of our own. In JavaScript, since the same in Rust takes five
// times the bytes. Used by outbox.js.
// `crypto.subtle` is missing where a page did not come by https; using it then throws.

/**
 * A clinic's public key, a JWK.
 * @typedef {{ kid: string, alg: string, kty: string, crv: string, x: string, y: string }} Key
 */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
/** Crockford base 32. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Digests that are computed at once, and between two looks at the progress. */
const BATCH = 500;
/** Digests of `pace`: about a second on a phone. */
const PACE = 10_000;

/** @param {string} text */
const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** @param {ArrayBuffer | Uint8Array} bytes without padding (RFC 7515 §2) */
const base64url = (bytes) =>
  base64(new Uint8Array(bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** @param {BufferSource} bytes */
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @param {number} length */
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

/**
 * The reference of a request, as intake computes it too: see guide_core::request::reference.
 * @param {string} id
 */
export async function referenceOf(id) {
  const bytes = (id.replace(/-/g, "").match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const digest = await sha256(new Uint8Array(bytes));
  let bits = Array.from(digest.slice(0, 5)).reduce((sum, byte) => sum * 256 + byte, 0);
  let reference = "";
  for (let nth = 0; nth < 8; nth++) {
    if (nth === 4) reference = "-" + reference;
    reference = DIGITS[bits % 32] + reference;
    bits = Math.floor(bits / 32);
  }
  return reference;
}

/**
 * JWE, general JSON serialization (RFC 7516 §7.2.1), for every key.
 * @param {string} payload
 * @param {string} header the protected header, JSON
 * @param {string} keys a JSON array of public JWKs with `kid` and `alg`
 */
export async function seal(payload, header, keys) {
  const name = "AES-GCM";
  const contentKey = await crypto.subtle.generateKey({ name, length: 256 }, true, ["encrypt"]);
  const protectedHeader = base64url(utf8(header));
  const iv = random(12);
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt(
      { name, iv, additionalData: utf8(protectedHeader), tagLength: 128 },
      contentKey,
      utf8(payload),
    ),
  );
  return JSON.stringify({
    protected: protectedHeader,
    recipients: await Promise.all(JSON.parse(keys).map((/** @type {Key} */ key) => wrap(contentKey, key))),
    iv: base64url(iv),
    // Web Crypto puts the tag behind the ciphertext.
    ciphertext: base64url(sealed.subarray(0, -16)),
    tag: base64url(sealed.subarray(-16)),
  });
}

/**
 * ECDH-ES+A256KW (RFC 7518 §4.6), with an ephemeral key made for this alone.
 * @param {CryptoKey} contentKey
 * @param {Key} key
 */
async function wrap(contentKey, { kid, alg, kty, crv, x, y }) {
  const { subtle } = crypto;
  const own = await subtle.generateKey(CURVE, true, ["deriveBits"]);
  const theirs = await subtle.importKey("jwk", { kty, crv, x, y }, CURVE, true, []);
  const agreed = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  // Concat KDF (§4.6.2), its one round: round 1, what was agreed, `alg` with its length, neither
  // party named, 256 bits wanted.
  const parties = [0, 0, 0, 0, 0, 0, 0, 0];
  const derived = await sha256(
    new Uint8Array([
      ...[0, 0, 0, 1],
      ...new Uint8Array(agreed),
      ...[0, 0, 0, alg.length],
      ...utf8(alg),
      ...parties,
      ...[0, 0, 1, 0],
    ]),
  );
  const wrapping = await subtle.importKey("raw", derived, "AES-KW", false, ["wrapKey"]);
  const wrapped = await subtle.wrapKey("raw", contentKey, wrapping, "AES-KW");
  const epk = await subtle.exportKey("jwk", own.publicKey);
  return {
    header: { alg, kid, epk: { kty: epk.kty, crv: epk.crv, x: epk.x, y: epk.y } },
    encrypted_key: base64url(wrapped),
  };
}

/** @param {string} text */
const hash = async (text) =>
  Array.from(await sha256(utf8(text)), (it) => it.toString(16).padStart(2, "0")).join("");

/**
 * The number behind an ALTCHA challenge, as the header `Proof-Of-Work` carries it; nothing where
 * there is none.
 * @param {{ algorithm: string, challenge: string, salt: string, signature: string, maxnumber: number }} asked
 * @param {HTMLProgressElement} bar shows how far it is
 */
export async function prove({ algorithm, challenge, salt, signature, maxnumber }, bar) {
  for (let first = 0; first <= maxnumber; first += BATCH) {
    bar.value = first / maxnumber;
    // Between batches whoever reads on comes first.
    await new Promise((resolve) => setTimeout(resolve));
    const batch = Array.from({ length: BATCH }, (_, nth) => hash(salt + (first + nth)));
    const nth = (await Promise.all(batch)).indexOf(challenge);
    if (nth >= 0) {
      return btoa(JSON.stringify({ algorithm, challenge, number: first + nth, salt, signature }));
    }
  }
}

/**
 * The same work, asked by nobody: it slows a robot down, and a person hardly.
 * @param {HTMLProgressElement} bar
 */
export async function pace(bar) {
  const salt = base64(random(12));
  const challenge = await hash(salt + PACE);
  await prove({ algorithm: "", challenge, salt, signature: "", maxnumber: PACE }, bar);
}
