//! When an entry is posted again: exponential backoff with jitter, or what the server asks for.

/// Milliseconds: a length of time, or a moment as time since the Unix epoch.
pub type Millis = u64;

/// The pause after the first failure; it doubles with each.
pub const FIRST_PAUSE: Millis = 1_000;
/// The longest pause that is not asked for: the patient may be looking at the page.
pub const MAX_PAUSE: Millis = 60_000;
/// The longest `Retry-After` that is honored. A server, or the captive portal of a
/// guest network, that asks for more is not believed.
pub const MAX_RETRY_AFTER: Millis = 3_600_000;
/// An entry older than a week is not posted before the patient says so again.
pub const STALE: Millis = 7 * 24 * 3_600_000;
/// The longest wait, for a response or until the next try, that is not mentioned right after Send was pressed.
pub(super) const UNNOTICED: Millis = 5_000;
/// The failures in a row from which on they are mentioned.
pub(super) const QUIET_FAILURES: u32 = 3;

/// The pause before the next post.
///
/// `failures` counts those in a row, this one included. `jitter`, from 0 to below 1, spreads the
/// clients that were turned away together. A `Retry-After` is never undercut; without one the pause
/// is between half of the backoff and all of it.
pub(super) fn pause(failures: u32, retry_after: Option<Millis>, jitter: f64) -> Millis {
    let share = |of: Millis| (of as f64 * jitter) as Millis;
    if let Some(asked) = retry_after {
        return asked.min(MAX_RETRY_AFTER) + share(FIRST_PAUSE);
    }
    // From the seventh on the longest pause holds, so a larger shift is never needed.
    let doublings = failures.saturating_sub(1).min(6);
    let backoff = (FIRST_PAUSE << doublings).min(MAX_PAUSE);
    backoff / 2 + share(backoff / 2)
}
