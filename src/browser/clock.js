// The day in a time zone, for clock.rs. JavaScript, since web-sys has no `Temporal`.

/** By time zone. @type {Record<string, Intl.DateTimeFormat>} */
const formats = {};

/**
 * The day of a moment in a time zone of the IANA database, as in "2026-11-30". Throws where the browser does not know
 * the zone.
 * @param {number} moment Milliseconds since the Unix epoch.
 * @param {string} timeZone
 * @returns {string}
 */
export const day = (moment, timeZone) => {
  // The first use of `Intl` in a page takes a slow phone 60 ms, in which it handles no press. Not every browser has
  // `Temporal` yet, or all of it.
  try {
    const { Temporal } = /** @type {any} */ (globalThis);
    return `${Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone).toPlainDate()}`;
  } catch {}
  const format = (formats[timeZone] ??= new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }));
  // Parts, not a formatted date: order and separators differ by locale.
  const parts = format.formatToParts(moment).map(({ type, value }) => [type, value]);
  const { year, month, day } = Object.fromEntries(parts);
  return `${year}-${month}-${day}`;
};
