//! Whether the service is alive, and whether it can take requests.

use axum::extract::State;
use time::OffsetDateTime;

use super::{Intake, Problem};

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the store can be written to, too.
pub(super) async fn ready(State(intake): State<Intake>) -> Result<&'static str, Problem> {
    intake.store.prove_writable(OffsetDateTime::now_utc()).await?;
    Ok("ready\n")
}
