//! The age of a request in office hours: a request that came on Friday evening is not old on Monday morning.

use clinic_core::inbox::OfficeHours;
use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// Days that are looked at; whoever waits longer is late anyhow.
const MAX_DAYS: usize = 400;

/// The hours of a clinic, in its time zone.
#[derive(Clone, Debug)]
pub struct Office {
    zone: TimeZone,
    hours: Vec<OfficeHours>,
}

/// The age of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// Minutes in which somebody was in the office since it arrived.
    pub minutes: u32,
    /// Minutes of a usual day in the office; never 0.
    pub day: u32,
}

impl Age {
    /// Returns `true` once it has waited for a day in the office.
    pub const fn is_late(self) -> bool {
        self.minutes >= self.day
    }
}

impl Office {
    /// The office of these hours. A zone that is not known counts as UTC.
    pub fn new(zone: &str, hours: &[OfficeHours]) -> Self {
        Self { zone: zone_or_utc(zone), hours: hours.to_vec() }
    }

    /// The clinic's time zone.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The age of a request at a moment.
    pub fn age(&self, received_at: Timestamp, now: Timestamp) -> Age {
        let day = self.usual_day();
        // A clock that was put back has received requests in the future.
        if now <= received_at {
            return Age { minutes: 0, day };
        }
        let (from, to) = (received_at.to_zoned(self.zone.clone()), now.to_zoned(self.zone.clone()));
        let (first, last) = (from.date(), to.date());
        let days = first.series(1.day()).take_while(|date| *date <= last).take(MAX_DAYS);
        let of_day = |date: Date| {
            let begin = if date == first { minute(from.time()) } else { 0 };
            let end = if date == last { minute(to.time()) } else { 24 * 60 };
            self.minutes(date.weekday(), begin, end)
        };
        Age { minutes: days.map(of_day).sum(), day }
    }

    /// Office minutes of a day of the week between two of its minutes.
    fn minutes(&self, weekday: Weekday, begin: u32, end: u32) -> u32 {
        let of_day =
            self.hours.iter().filter(|hours| hours.days.iter().any(|it| it == id(weekday)));
        let overlap = |hours: &OfficeHours| {
            let (from, to) = (u32::from(hours.from).max(begin), u32::from(hours.to).min(end));
            to.saturating_sub(from)
        };
        of_day.map(overlap).sum()
    }

    /// Minutes of a usual day: the average over the days on which somebody is there.
    fn usual_day(&self) -> u32 {
        let week = Weekday::Monday.cycle_forward().take(7);
        let days: Vec<u32> =
            week.map(|it| self.minutes(it, 0, 24 * 60)).filter(|minutes| *minutes > 0).collect();
        let count = u32::try_from(days.len()).unwrap_or(7);
        days.iter().sum::<u32>().checked_div(count).filter(|it| *it > 0).unwrap_or(8 * 60)
    }
}

/// A zone of the IANA database, which the build of the content has checked.
fn zone_or_utc(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

fn minute(time: Time) -> u32 {
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}

/// As the form names it.
const fn id(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    }
}
