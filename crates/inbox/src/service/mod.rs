//! Calls of the service.
//!
//! | module | holds |
//! |---|---|
//! | [`error`] | why a call was not carried out |
//! | [`people`] | who is calling, and the other people of the staff |
//! | [`requests`] | listing and changing requests, and their notes |
//! | [`status`] | how the service is, trial requests, the audit |

pub mod error;
pub mod people;
pub mod requests;
pub mod status;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::browser::http::{self, Call, Reply};

pub use error::ServiceError;

const JSON: &str = "application/json";

/// The service, as one person calls it.
#[derive(Clone)]
pub struct Service {
    token: String,
}

impl Service {
    /// The service for the holder of a token.
    pub const fn new(token: String) -> Self {
        Self { token }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ServiceError> {
        self.call("GET", path, None, None).await
    }

    async fn send<T: DeserializeOwned>(
        &self,
        method: &'static str,
        path: &str,
        if_match: Option<u64>,
        body: &impl Serialize,
    ) -> Result<T, ServiceError> {
        let body = serde_json::to_string(body).map_err(|_| ServiceError::Unexpected)?;
        self.call(method, path, if_match, Some((JSON, body))).await
    }

    async fn call<T: DeserializeOwned>(
        &self,
        method: &'static str,
        path: &str,
        if_match: Option<u64>,
        body: Option<(&'static str, String)>,
    ) -> Result<T, ServiceError> {
        let token = Some(self.token.as_str());
        parse(http::call(Call { method, path, token, if_match, body }).await)
    }

    async fn call_without_response(
        &self,
        method: &'static str,
        path: &str,
    ) -> Result<(), ServiceError> {
        let token = Some(self.token.as_str());
        let reply = http::call(Call { method, path, token, if_match: None, body: None }).await;
        checked(reply).map(drop)
    }
}

/// Calls the service without a token.
async fn call_as_anybody<T: DeserializeOwned>(
    method: &'static str,
    path: &str,
    body: Option<(&'static str, String)>,
) -> Result<T, ServiceError> {
    parse(http::call(Call { method, path, token: None, if_match: None, body }).await)
}

fn parse<T: DeserializeOwned>(reply: Option<Reply>) -> Result<T, ServiceError> {
    let reply = checked(reply)?;
    // A captive portal may respond 200 to anything.
    serde_json::from_slice(&reply.body).map_err(|_| ServiceError::Unexpected)
}

fn checked(reply: Option<Reply>) -> Result<Reply, ServiceError> {
    let reply = reply.ok_or(ServiceError::NoResponse)?;
    match reply.status {
        200..=299 => Ok(reply),
        status => Err(ServiceError::of(status, &reply.body)),
    }
}
