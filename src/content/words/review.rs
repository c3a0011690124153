//! The sentence about a clinician's review.

use guide_core::review::Review;

use super::fill;

/// The gaps of a sentence about a review.
pub const GAPS: [&str; 4] = ["name", "month", "day", "year"];

/// The clinician and the day of a review, in `reviewed` (with [`GAPS`]);
/// `not_reviewed` until there is one.
pub fn sentence(
    reviewed: &str,
    not_reviewed: &str,
    months: &[String],
    review: Review<'_>,
) -> String {
    let Some((name, _)) = review.done() else { return not_reviewed.to_owned() };
    let Some(date) = review.on.and_then(|on| on.date) else { return not_reviewed.to_owned() };
    let month = usize::from(date.month).checked_sub(1).and_then(|nth| months.get(nth));
    fill(
        reviewed,
        &[
            ("name", name),
            ("month", month.map_or("", String::as_str)),
            ("day", &date.day.to_string()),
            ("year", &date.year.to_string()),
        ],
    )
}
