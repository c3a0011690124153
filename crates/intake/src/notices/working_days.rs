//! Working days: Monday to Friday, in UTC.

use std::str::FromStr;

use time::{Duration, OffsetDateTime, Time, Weekday};

/// A number of working days, Monday to Friday in UTC. Holidays are not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkingDays(u8);

/// The largest number: more than a year is no alarm any more.
const MAX: u8 = 250;

/// A word that is no number of working days.
#[derive(Debug, thiserror::Error)]
#[error("\"{0}\" is not a number of working days from 1 to {MAX}")]
pub struct NotWorkingDays(String);

impl Default for WorkingDays {
    fn default() -> Self {
        Self(1)
    }
}

impl FromStr for WorkingDays {
    type Err = NotWorkingDays;

    fn from_str(word: &str) -> Result<Self, NotWorkingDays> {
        match word.parse() {
            Ok(days @ 1..=MAX) => Ok(Self(days)),
            _ => Err(NotWorkingDays(word.to_owned())),
        }
    }
}

impl WorkingDays {
    /// The moment that so many working days have passed since. A weekend takes no time: on Monday at
    /// ten one day has passed since Friday at ten.
    pub fn before(self, now: OffsetDateTime) -> OffsetDateTime {
        let mut moment = match days_since_friday(now) {
            0 => now,
            // The end of Friday.
            days => (now - Duration::days(days - 1)).replace_time(Time::MIDNIGHT),
        };
        for _ in 0..self.0 {
            moment -= Duration::DAY;
            moment -= Duration::days(days_since_friday(moment));
        }
        moment
    }
}

/// Days of a weekend that have begun since Friday; 0 on a working day.
fn days_since_friday(moment: OffsetDateTime) -> i64 {
    match moment.weekday() {
        Weekday::Saturday => 1,
        Weekday::Sunday => 2,
        _ => 0,
    }
}
