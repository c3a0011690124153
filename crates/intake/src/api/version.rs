//! Versions of requests as entity tags (RFC 9110 §8.8.3), by which two people who change one at once learn of
//! each other.

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;

use super::staff_problem::StaffProblem;

/// The entity tag of a version.
pub(super) fn etag(version: i64) -> String {
    format!("\"{version}\"")
}

/// The version that a change is of; `None` without the header.
///
/// # Errors
/// [`StaffProblem::IfMatch`] for anything but one tag of a version: a list, `*` and a weak tag are none.
pub(super) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, StaffProblem> {
    let mut values = headers.get_all(IF_MATCH).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let word = value.to_str().map_err(|_| StaffProblem::IfMatch)?;
    let digits = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
    let version: i64 =
        digits.and_then(|digits| digits.parse().ok()).ok_or(StaffProblem::IfMatch)?;
    // A tag is compared letter by letter, so a version is written in one way.
    match values.next().is_none() && version > 0 && etag(version) == word {
        true => Ok(Some(version)),
        false => Err(StaffProblem::IfMatch),
    }
}
