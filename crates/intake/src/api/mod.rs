//! The HTTP interface. What it answers when is in [`Problem`] and [`requests`].

mod health;
mod problem;
pub mod requests;

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, get, post};

use crate::keys::KnownKeys;
use crate::store::Store;

pub use problem::Problem;

/// What the routes work with.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Where requests are kept.
    pub store: Store,
    /// Whom requests may be sealed for.
    pub keys: Arc<KnownKeys>,
}

/// The routes of the interface. Whatever else is asked at `/v1` or below is a [`Problem`].
pub fn routes(intake: Intake) -> Router {
    let nothing = || any(async || Problem::NoSuchPath);
    let receive = post(requests::receive).fallback(async || Problem::MethodNotAllowed);
    Router::new()
        .route("/v1", nothing())
        .route("/v1/", nothing())
        .route("/v1/{*below}", nothing())
        .route("/v1/requests", receive)
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(intake)
}
