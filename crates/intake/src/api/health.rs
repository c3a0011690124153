//! Whether the service is alive, and whether it can take requests.

use axum::extract::State;

use super::{Intake, Problem};

/// `GET /healthz`: the process answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`: the store answers too.
pub(super) async fn ready(State(intake): State<Intake>) -> Result<&'static str, Problem> {
    intake.store.answers().await?;
    Ok("ready\n")
}
