//! Office hours.

use guide_core::request::form::Day;
use serde::Deserialize;

/// Hours in which somebody is in the office, on some days of the week.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OfficeHours {
    /// The days.
    pub days: Vec<Day>,
    /// From this time on.
    pub from: MinuteOfDay,
    /// Until this time.
    pub to: MinuteOfDay,
}

/// Minutes after midnight, written as a time: `08:30`; up to `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub struct MinuteOfDay(pub u16);

impl TryFrom<String> for MinuteOfDay {
    type Error = &'static str;

    fn try_from(time: String) -> Result<Self, Self::Error> {
        const FORM: &str = "give a time as hours and minutes, such as 08:30";
        let (hours, minutes) = time.split_once(':').ok_or(FORM)?;
        let number = |digits: &str| match digits.len() {
            2 => digits.parse::<u16>().map_err(|_| FORM),
            _ => Err(FORM),
        };
        match (number(hours)?, number(minutes)?) {
            (24, 0) => Ok(Self(24 * 60)),
            (hours @ 0..24, minutes @ 0..60) => Ok(Self(hours * 60 + minutes)),
            _ => Err(FORM),
        }
    }
}

/// Monday to Friday, nine to five.
pub(super) fn usual() -> Vec<OfficeHours> {
    let days = vec![Day::Monday, Day::Tuesday, Day::Wednesday, Day::Thursday, Day::Friday];
    vec![OfficeHours { days, from: MinuteOfDay(9 * 60), to: MinuteOfDay(17 * 60) }]
}

impl OfficeHours {
    /// Why these are no hours.
    pub(super) fn problem(&self) -> Option<&'static str> {
        if self.days.is_empty() {
            Some("no day is named; name at least one in days, or remove this entry")
        } else if self.from >= self.to {
            Some("from must be before to; hours over midnight are written as two entries")
        } else {
            None
        }
    }
}
