//! Days of the calendar, as a date field holds them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the calendar, `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarDate(time::Date);

/// A text is no day of the calendar, or not of the form `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a date of the form YYYY-MM-DD")
    }
}

impl CalendarDate {
    /// The year.
    pub const fn year(self) -> i32 {
        self.0.year()
    }

    /// The same day a year later; for 29 February the day before it. In 9999, the calendar's
    /// last year, itself.
    #[must_use]
    pub fn next_year(self) -> Self {
        let year = self.0.year() + 1;
        let later = self
            .0
            .replace_year(year)
            .or_else(|_| time::Date::from_calendar_date(year, time::Month::February, 28));
        Self(later.unwrap_or(self.0))
    }

    /// The day after; for the last day of the calendar, 9999-12-31, itself.
    #[must_use]
    pub fn next_day(self) -> Self {
        Self(self.0.next_day().unwrap_or(self.0))
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl CalendarDate {
    /// The day, UTC, of a moment in seconds since 1970-01-01T00:00:00Z; `None` beyond the year 9999.
    pub fn of_unix_time(seconds: i64) -> Option<Self> {
        let moment = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        Some(Self(moment.date()))
    }

    /// The number of days from `earlier` to this; negative if this is before it.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).whole_days()
    }
}

/// The first day of the calendar: before any date that could be asked for.
impl Default for CalendarDate {
    fn default() -> Self {
        Self(time::Date::MIN)
    }
}

impl FromStr for CalendarDate {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<Self, NotADate> {
        let mut parts = text.splitn(3, '-');
        let mut part = |length: usize| {
            parts
                .next()
                .filter(|it| it.len() == length && it.bytes().all(|byte| byte.is_ascii_digit()))
                .and_then(|digits| digits.parse::<u16>().ok())
        };
        let mut date = || {
            let (year, month, day) = (part(4)?, part(2)?, part(2)?);
            let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
            time::Date::from_calendar_date(year.into(), month, u8::try_from(day).ok()?).ok()
        };
        date().map(Self).ok_or(NotADate)
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0.to_calendar_date();
        write!(f, "{year:04}-{:02}-{day:02}", u8::from(month))
    }
}

impl TryFrom<String> for CalendarDate {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

impl From<CalendarDate> for String {
    fn from(date: CalendarDate) -> Self {
        date.to_string()
    }
}
