//! `[security]` of `clinic.toml`: where people report a weakness of the site.

use guide_core::request::form::CalendarDate;
use guide_core::source::{Path, Problem};
use serde::Deserialize;
use url::Url;

/// Days before its end on which the build begins to say so.
const DAYS_OF_NOTICE: i64 = 30;

/// The contact that is published as `.well-known/security.txt` (RFC 9116).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Security {
    /// `mailto:…`, `tel:…` or `https://…`.
    pub contact: String,
    /// The last day on which the contact is to be believed.
    pub expires: CalendarDate,
}

impl Security {
    /// The problem that the contact is none.
    pub(super) fn problem(&self, at: &Path) -> Option<Problem> {
        let known = ["mailto", "tel", "https"];
        let is_contact = Url::parse(&self.contact).is_ok_and(|it| {
            known.contains(&it.scheme()) && !self.contact.contains(char::is_whitespace)
        });
        (!is_contact).then(|| Problem {
            path: at.key("contact"),
            reason:
                "write how to reach you, such as mailto:security@example.org, tel:+1-972-555-0123 \
                     or https://…"
                    .to_owned(),
        })
    }

    /// The problem that its last day is past.
    pub(super) fn expired(&self, at: &Path, today: CalendarDate) -> Option<Problem> {
        (self.expires < today).then(|| Problem {
            path: at.key("expires"),
            reason: "this day is past, and nobody would believe the contact any more; check it, and write \
                     a day within the next year"
                .to_owned(),
        })
    }

    /// The days until its last day, if they are few.
    pub fn days_left(&self, today: CalendarDate) -> Option<i64> {
        Some(self.expires.days_since(today)).filter(|days| (0..=DAYS_OF_NOTICE).contains(days))
    }
}
