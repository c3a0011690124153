//! The audit, for programs that keep a copy of it elsewhere.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::access::Staff;
use super::problem::Problem;
use super::staff::{DEFAULT_LIMIT, MAX_LIMIT};
use super::state::Intake;
use crate::audit::{Line, StoredLine};
use crate::tokens::Scope;

/// The part of the audit that is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditRange {
    /// The `next` of an earlier response; without it, from the first line on.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// Most lines in the response: 1 to 200, by default 50.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Some lines of the audit, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLines {
    /// Empty if none came after.
    lines: Vec<AuditLine>,
    /// The `after` to ask with next: the position of the last line.
    next: i64,
}

/// A line of the audit.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditLine {
    /// Its kind: `listed`, `opened`, `exported`, `rewrapped`,
    /// `recipient added`, `marked`, `undone`, `note added`, `deleted`, `token made`, `token revoked`,
    /// `trial made`, `copied`, `restored`, and what a later release adds.
    action: String,
    /// Whoever did it: `token NAME`, `the command line (NAME)` or `the service`.
    actor: String,
    /// RFC 3339, UTC, whole seconds.
    #[schema(format = DateTime)]
    at: String,
    /// More about it; may be empty.
    detail: String,
    /// 1, 2, 3 and so on.
    position: i64,
    /// The reference of its request, or the name of its token; may be empty.
    subject: String,
    /// SHA-256 over the hash of the line before (32 bytes, zero before the first) and the other members
    /// as canonical JSON (RFC 8785); 64 hexadecimal digits.
    hash: String,
}

/// List the audit: who did what and when. Reading it is not recorded in it.
#[utoipa::path(
    get,
    path = "/v1/audit",
    tag = "staff",
    params(AuditRange),
    security(("token" = ["admin"])),
    responses(
        (status = 200, body = AuditLines),
        Staff,
    )
)]
pub(super) async fn list(
    State(intake): State<Intake>,
    staff: Staff,
    range: Result<Query<AuditRange>, QueryRejection>,
) -> Result<Json<AuditLines>, Problem> {
    staff.may(Scope::Admin, &intake)?;
    let Query(AuditRange { after, limit }) = range.map_err(|_| Problem::Range)?;
    let (after, limit) = (after.unwrap_or(0), limit.unwrap_or(DEFAULT_LIMIT));
    if after < 0 || !(1..=MAX_LIMIT).contains(&limit) {
        return Err(Problem::Range);
    }
    let page = intake.store.audit_page(after, limit).await?;
    let next = page.last().map_or(after, |stored| stored.line.position);
    Ok(Json(AuditLines { lines: page.into_iter().map(AuditLine::from).collect(), next }))
}

impl From<StoredLine> for AuditLine {
    fn from(stored: StoredLine) -> Self {
        let StoredLine { line, hash } = stored;
        let Line { position, at, actor, action, subject, detail } = line;
        Self { action, actor, at, detail, position, subject, hash: hash.to_string() }
    }
}
