//! Bodies of the staff's calls that are JSON, and moments in responses.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::people_problem::PeopleProblem;
use super::problem::Problem;

/// The body of a call. `advice` says what to send where it is something else; what was sent is never repeated,
/// since it may hold a secret.
pub(super) fn body<T>(
    body: Result<Json<T>, JsonRejection>,
    advice: &'static str,
) -> Result<T, PeopleProblem> {
    match body {
        Ok(Json(body)) => Ok(body),
        Err(rejection) => Err(match rejection.status() {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => PeopleProblem::BodyType,
            StatusCode::PAYLOAD_TOO_LARGE => PeopleProblem::BodyTooLarge,
            _ => PeopleProblem::Invalid(advice),
        }),
    }
}

/// A moment as RFC 3339.
pub(super) fn moment(moment: OffsetDateTime) -> Result<String, Problem> {
    moment.format(&Rfc3339).map_err(|_| Problem::StoreUnavailable)
}
