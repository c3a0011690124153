//! A clinician's review of a text: two lines of its file, `reviewed-by` and `reviewed-on`.

use toml::value::Datetime;

use crate::date::CalendarDate;

/// The name of the line with the clinician.
pub const BY: &str = "reviewed-by";
/// The name of the line with the day.
pub const ON: &str = "reviewed-on";

/// The two lines, as a file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Review<'a> {
    /// The clinician; empty until there is one.
    pub by: &'a str,
    /// The day of the review.
    pub on: Option<Datetime>,
}

impl<'a> Review<'a> {
    /// The clinician and the day; `None` until the text is reviewed.
    pub fn done(self) -> Option<(&'a str, CalendarDate)> {
        let by = self.by.trim();
        let day = day(self.on?)?;
        (!by.is_empty()).then_some((by, day))
    }

    /// The line that is wrong, and why: one without the other, or no day.
    pub fn problem(self) -> Option<(&'static str, &'static str)> {
        match (self.by.trim().is_empty(), self.on) {
            (true, None) => None,
            (true, Some(_)) => Some((
                ON,
                "a day, but no clinician; write who reviewed it in reviewed-by, or remove this line",
            )),
            (false, None) => Some((
                BY,
                "a clinician, but no day; add a line such as reviewed-on = 2026-11-23, or leave \
                 reviewed-by empty until it is reviewed",
            )),
            (false, Some(on)) if day(on).is_none() => {
                Some((ON, "the date needs year, month and day alone: reviewed-on = 2026-11-23"))
            }
            (false, Some(_)) => None,
        }
    }

    /// Returns `true` if the day is still to come. Tomorrow is not: it may be that day already where it
    /// was reviewed.
    pub fn is_to_come(self, today: CalendarDate) -> bool {
        self.done().is_some_and(|(_, day)| day.days_since(today) > 1)
    }
}

fn day(on: Datetime) -> Option<CalendarDate> {
    let is_day = on.time.is_none() && on.offset.is_none();
    is_day.then(|| on.to_string().parse().ok()).flatten()
}
