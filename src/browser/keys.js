// Fetches the clinic's public keys, for keys.rs. JavaScript, since the app has no reader of JSON: see
// docs/decisions/0002-sealing-and-posting-are-rust.md.

/** Milliseconds. The file has a few hundred bytes, and the patient has pressed a button. */
const TIME_LIMIT = 10_000;

/** A JSON Web Key (RFC 7517) of the clinic.
 * @typedef {{ kid: string, kty: string, crv: string, x: string, y: string, expires?: string }} ListedKey */

/**
 * Fetches a JWK Set. `at` is the time of the response by the server's clock, or by the device's if the server does not
 * tell it.
 * @param {string} url
 * @returns {Promise<{ at: number, listed: ListedKey[] }>}
 */
export const fetchKeys = async (url) => {
  const limit = new AbortController();
  setTimeout(() => limit.abort(), TIME_LIMIT);
  const response = await fetch(url, { cache: "no-store", credentials: "omit", signal: limit.signal });
  const { keys } = await response.json();
  /** @param {ListedKey} key @returns {ListedKey} */
  const texts = ({ kid, kty, crv, x, y, expires }) => ({
    kid: `${kid}`,
    kty: `${kty}`,
    crv: `${crv}`,
    x: `${x}`,
    y: `${y}`,
    expires: expires == null ? undefined : `${expires}`,
  });
  // NaN without a date.
  return { at: Date.parse(response.headers.get("Date") ?? "") || Date.now(), listed: keys.map(texts) };
};
