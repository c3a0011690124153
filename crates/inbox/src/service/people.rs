//! Who is calling, and the other people of the staff.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{JSON, Service, ServiceError, call_as_anybody};
use crate::browser::http::path_segment;

/// The person who calls.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// The name of the token.
    pub name: String,
    /// What it allows.
    pub scopes: Vec<String>,
    /// The last day on which it can be used.
    pub expires: Option<String>,
    /// Everybody who can have a request, this person too.
    pub colleagues: Vec<String>,
    /// The time by the service's clock.
    pub now: Timestamp,
}

/// A person of the staff, or a program: whoever has a token.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Person {
    /// The name of the token.
    pub name: String,
    /// What it allows.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// The last day on which it can be used.
    pub expires: Option<String>,
    /// It cannot be used any more.
    pub expired: bool,
    /// Its last use.
    pub used_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct People {
    tokens: Vec<Person>,
}

/// A person to be added.
#[derive(Clone, Debug, Serialize)]
pub struct NewPerson {
    /// The name.
    pub name: String,
    /// What the token allows.
    pub scopes: Vec<&'static str>,
    /// The last day on which it can be used, as `YYYY-MM-DD`.
    pub expires: Option<String>,
}

#[derive(Deserialize)]
struct NewToken {
    token: String,
}

#[derive(Deserialize)]
struct SetUp {
    open: bool,
}

#[derive(Serialize)]
struct FirstPerson<'a> {
    secret: &'a str,
    name: &'a str,
}

impl Me {
    /// Returns `true` if this person may do what needs a scope.
    pub fn may(&self, scope: &str) -> bool {
        self.scopes.iter().any(|it| it == scope || it == "admin")
    }
}

impl Service {
    /// Who is calling.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn me(&self) -> Result<Me, ServiceError> {
        self.get("v1/session").await
    }

    /// Everybody who has a token.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn people(&self) -> Result<Vec<Person>, ServiceError> {
        Ok(self.get::<People>("v1/tokens").await?.tokens)
    }

    /// Makes a token for a person.
    ///
    /// # Errors
    /// Any [`ServiceError`]; [`ServiceError::Conflict`] where the name is taken.
    pub async fn add_person(&self, person: &NewPerson) -> Result<String, ServiceError> {
        Ok(self.send::<NewToken>("POST", "v1/tokens", None, person).await?.token)
    }

    /// Makes a person's token invalid at once.
    ///
    /// # Errors
    /// Any [`ServiceError`].
    pub async fn remove_person(&self, name: &str) -> Result<(), ServiceError> {
        let name = path_segment(name);
        self.call_without_response("DELETE", &format!("v1/tokens/{name}")).await
    }
}

/// Returns `true` while the service waits to be set up by the link with this secret.
///
/// # Errors
/// Any [`ServiceError`].
pub async fn is_set_up_open(secret: &str) -> Result<bool, ServiceError> {
    if !call_as_anybody::<SetUp>("GET", "v1/set-up", None).await?.open {
        return Ok(false);
    }
    // The service compares the secret first, and then refuses the empty name: nothing is made. A link of an
    // earlier start would fail only in the fourth step otherwise.
    match set_up(secret, "").await {
        Ok(_) | Err(ServiceError::Refused) => Ok(true),
        Err(ServiceError::SetUpClosed) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Makes the token of the first person, by the secret of the one-time link.
///
/// # Errors
/// Any [`ServiceError`]; [`ServiceError::SetUpClosed`] where the link was used or is too old.
pub async fn set_up(secret: &str, name: &str) -> Result<String, ServiceError> {
    let body = serde_json::to_string(&FirstPerson { secret, name });
    let body = body.map_err(|_| ServiceError::Unexpected)?;
    Ok(call_as_anybody::<NewToken>("POST", "v1/set-up", Some((JSON, body))).await?.token)
}
