//! The HTTP interface. Its responses are in [`Problem`] and the routes.
//!
//! | module | holds |
//! |---|---|
//! | [`requests`] | taking a sealed request |
//! | [`staff`], `one` | listing requests, by token; one with its history and notes |
//! | `marking`, `version` | changing, undoing, deleting, by token; versions that say of which change |
//! | `notes`, `changes` | adding sealed notes, and following the changes, by token |
//! | `session`, `tokens` | who calls; making, listing and revoking tokens |
//! | `set_up`, `link` | the first token, by a link that the service prints |
//! | `status`, `refused` | how the service is, for staff; requests refused today |
//! | `trials` | a trial of storing, from form to reading back |
//! | `access`, `failed_tokens` | tokens of the staff, and their scopes |
//! | `audit` | listing the audit, by token |
//! | `cursor` | places in the list |
//! | [`Problem`], [`PeopleProblem`], [`StaffProblem`], `problem_kind` | every refusal, with its status and message |
//! | `json` | bodies that are JSON |
//! | `origins`, [`sender`] | allowed origins, and the sender of a request |
//! | [`limits`], `brake`, `window`, `proof` | rate limits, and proof of work beyond them |
//! | `quota` | a limit on stored requests |
//! | `state` | state that the routes share |
//! | `health` | alive, ready, metrics |

mod access;
mod audit;
mod brake;
mod changes;
mod cursor;
mod failed_tokens;
mod health;
mod json;
pub mod limits;
mod link;
mod marking;
mod notes;
mod one;
mod origins;
mod people_problem;
mod problem;
mod problem_kind;
mod proof;
mod quota;
mod refused;
pub mod requests;
pub mod sender;
mod session;
mod set_up;
pub mod staff;
mod staff_problem;
mod state;
mod status;
mod tokens;
mod trials;
mod version;
mod window;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::http::HeaderValue;
use axum::middleware;
use axum::routing::{any, get};
use axum::{Json, Router};
use time::OffsetDateTime;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::origins::Listener;
use self::state::{Intake, Rules};
use crate::metrics::Metrics;
use crate::settings::Settings;
use crate::store::{Store, StoreError};

pub use self::access::TokenName;
pub use self::health::{asks_about_health, is_about_health};
pub use self::link::SetUpLink;
pub use self::people_problem::PeopleProblem;
pub use self::problem::Problem;
pub use self::refused::{RefusedToday, count_refused};
pub use self::sender::Peer;
pub use self::staff_problem::StaffProblem;

/// Largest body of the staff's routes.
const STAFF_BODY: usize = 1024;

/// The routes of the two listeners.
#[derive(Debug)]
pub struct Routes {
    /// For everybody: taking requests, and that the process is alive.
    pub public: Router,
    /// For staff, by token, and for whoever operates the service: it is not meant for the Internet.
    pub operations: Router,
    /// Counts what the public listener refuses, see [`count_refused`].
    pub refused: RefusedToday,
    /// The link to the set-up of the inbox, where that is open.
    pub set_up: Option<SetUpLink>,
}

/// The routes of the interface. Any other path at `/v1` or below gets a [`Problem`].
///
/// # Errors
/// [`StoreError::Unavailable`]: the store keeps the secret of the proofs of work.
pub async fn routes(
    store: Store,
    metrics: Metrics,
    settings: &Settings,
) -> Result<Routes, StoreError> {
    let (rules, set_up) = Rules::new(&store, &metrics, settings).await?;
    let refused = rules.refused.clone();
    let intake = Intake { store, metrics, rules: Arc::new(rules) };
    let interface = |described: OpenApiRouter<Intake>, listener: Listener| {
        let (described, description) = described.split_for_parts();
        let nothing = || any(async || Problem::NoSuchPath);
        let interface = described
            .route("/v1", nothing())
            .route("/v1/", nothing())
            .route("/v1/{*below}", nothing())
            .route("/openapi.json", get(async move || Json(description)))
            .method_not_allowed_fallback(async || Problem::MethodNotAllowed)
            .with_state(intake.clone());
        for_origins(interface, listener, settings)
    };
    Ok(Routes {
        public: interface(described_to_all(), Listener::Public),
        operations: interface(described_to_staff(), Listener::Operations),
        refused,
        set_up,
    })
}

/// The routes of the interface while the store cannot be opened: the process is alive, and stores
/// nothing.
pub fn routes_without_store(settings: &Settings) -> Routes {
    let unavailable = || any(async || Problem::StoreUnavailable);
    let interface = || {
        Router::new()
            .route("/healthz", get(health::alive))
            .route("/v1", unavailable())
            .route("/v1/", unavailable())
            .route("/v1/{*below}", unavailable())
    };
    let operations = interface().route("/readyz", unavailable()).route("/metrics", unavailable());
    Routes {
        public: for_origins(interface(), Listener::Public, settings),
        operations: for_origins(operations, Listener::Operations, settings),
        refused: RefusedToday::new(OffsetDateTime::now_utc()),
        set_up: None,
    }
}

/// Refuses pages of other origins than the settings allow.
fn for_origins(interface: Router, listener: Listener, settings: &Settings) -> Router {
    let origins: Arc<[HeaderValue]> = Arc::from(settings.origins.as_slice());
    let checked = interface.layer(middleware::from_fn_with_state(origins.clone(), origins::check));
    match &*origins {
        [] => checked,
        _ => checked.layer(origins::cross_origin(&origins, listener)),
    }
}

/// The routes of the public listener, and their description (OpenAPI 3.1).
fn described_to_all() -> OpenApiRouter<Intake> {
    let mut router =
        OpenApiRouter::new().routes(routes!(requests::receive)).routes(routes!(health::alive));
    describe(
        router.get_openapi_mut(),
        "Intake",
        "Stores sealed appointment requests. What is in them only the clinic can read. This is the \
         public listener (setting `listen`); what staff and operators use has a listener of its own \
         (`operations_listen`), with a description of its own.",
    );
    router
}

/// The routes of the listener for operations, and their description.
fn described_to_staff() -> OpenApiRouter<Intake> {
    let mut router = OpenApiRouter::new()
        .routes(routes!(staff::list))
        .merge(
            OpenApiRouter::new()
                .routes(routes!(one::get, marking::change, marking::delete))
                .routes(routes!(marking::undo))
                .layer(DefaultBodyLimit::max(STAFF_BODY)),
        )
        .merge(
            OpenApiRouter::new()
                .routes(routes!(tokens::list, tokens::make))
                .routes(routes!(tokens::revoke))
                .routes(routes!(set_up::show, set_up::make))
                .layer(DefaultBodyLimit::max(STAFF_BODY)),
        )
        .routes(routes!(session::show))
        .routes(routes!(status::show))
        .routes(routes!(trials::make))
        .routes(routes!(notes::add))
        .routes(routes!(changes::list))
        .routes(routes!(audit::list))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
        .routes(routes!(health::metrics));
    describe(
        router.get_openapi_mut(),
        "Intake, operations",
        "Lists, marks and deletes sealed appointment requests by token, and says how the service \
         is. This is the listener for operations (setting `operations_listen`); requests are taken \
         by the public one (`listen`), which has a description of its own.",
    );
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = router.get_openapi_mut().components.get_or_insert_default();
    components.add_security_scheme("token", token);
    router
}

fn describe(openapi: &mut OpenApi, title: &str, description: &str) {
    openapi.info.title = title.to_owned();
    openapi.info.version = env!("CARGO_PKG_VERSION").to_owned();
    openapi.info.description = Some(description.to_owned());
}
