//! The HTTP interface. What it answers when is in [`Problem`] and the routes.
//!
//! | module | holds |
//! |---|---|
//! | [`requests`] | taking a sealed request |
//! | [`staff`] | listing, changing, deleting, for who has a token |
//! | `cursor` | places in the list |
//! | [`Problem`] | every refusal, with its status and words |
//! | `origins`, [`limits`], `brake`, `proof` | who may send, how much, and what more costs |
//! | `quota` | how much is stored at all |
//! | `health` | alive, ready, metrics |

mod brake;
mod cursor;
mod health;
pub mod limits;
mod origins;
mod problem;
mod proof;
mod quota;
pub mod requests;
pub mod staff;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::HeaderName;
use axum::middleware;
use axum::routing::{any, get};
use axum::{Json, Router};
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::limits::Limits;
use self::proof::Proofs;
use self::quota::StorageQuota;
use crate::keys::KnownKeys;
use crate::log::Seldom;
use crate::metrics::Metrics;
use crate::settings::{Settings, TrustedProxies, UnknownRecipients};
use crate::store::{Store, StoreError};

pub use problem::Problem;

/// Names the request that a body holds.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Carries a solution, in base64.
const PROOF_OF_WORK: HeaderName = HeaderName::from_static("proof-of-work");
/// Largest body of the staff's routes.
const STAFF_BODY: usize = 1024;

/// What the routes work with.
#[derive(Clone, Debug)]
pub struct Intake {
    /// Where requests are kept.
    store: Store,
    /// What was counted.
    metrics: Metrics,
    /// What is the same for every request.
    rules: Arc<Rules>,
}

/// What is the same for every request.
#[derive(Debug)]
struct Rules {
    /// Whom requests may be sealed for.
    keys: KnownKeys,
    unknown_recipients: UnknownRecipients,
    limits: Limits,
    proofs: Proofs,
    quota: StorageQuota,
    trusted_proxies: TrustedProxies,
    /// Says that the sender who is over its allowance is a proxy.
    proxy_counted: Seldom,
}

/// Returns `true` for the paths by which the service is watched.
pub fn is_about_health(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz" | "/metrics")
}

/// The address of whoever opened the connection, which is in every request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The routes of the interface. Whatever else is asked at `/v1` or below is a [`Problem`].
///
/// # Errors
/// [`StoreError::Unavailable`]: the store keeps the secret of the proofs of work.
pub async fn routes(
    store: Store,
    metrics: Metrics,
    settings: &Settings,
) -> Result<Router, StoreError> {
    let rules = Rules {
        keys: settings.keys.clone(),
        unknown_recipients: settings.unknown_recipients,
        limits: Limits::new(settings.allowance, settings.limit, settings.total_allowance),
        proofs: Proofs::of(&store).await?,
        quota: StorageQuota::new(settings.max_requests, metrics.clone()),
        trusted_proxies: settings.trusted_proxies.clone(),
        proxy_counted: Seldom::default(),
    };
    let intake = Intake { store, metrics, rules: Arc::new(rules) };
    let (described, description) = described().split_for_parts();
    let nothing = || any(async || Problem::NoSuchPath);
    let interface = described
        .route("/v1", nothing())
        .route("/v1/", nothing())
        .route("/v1/{*below}", nothing())
        .route("/openapi.json", get(async move || Json(description)))
        .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
        .with_state(intake);
    let origins = Arc::new(settings.origins.clone());
    let checked = interface.layer(middleware::from_fn_with_state(origins.clone(), origins::check));
    Ok(match origins.as_slice() {
        [] => checked,
        _ => checked.layer(origins::cross_origin(&origins)),
    })
}

/// The routes that the description of the interface (OpenAPI 3.1) is made from.
fn described() -> OpenApiRouter<Intake> {
    let mut router = OpenApiRouter::new()
        .routes(routes!(staff::list, requests::receive))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(staff::change, staff::delete))
                .layer(DefaultBodyLimit::max(STAFF_BODY)),
        )
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics));
    describe(router.get_openapi_mut());
    router
}

fn describe(description: &mut OpenApi) {
    description.info.title = "Intake".to_owned();
    description.info.version = env!("CARGO_PKG_VERSION").to_owned();
    description.info.description = Some(
        "Stores sealed appointment requests. What is in them only the clinic can read.".to_owned(),
    );
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    description.components.get_or_insert_default().add_security_scheme("token", token);
}
