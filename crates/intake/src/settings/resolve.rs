//! Parsing of the words in force, into values or every mistake in them.

use super::declaration::Settings;
use super::source::{Mistake, Source};
use super::sources::{InForce, Sources};
use super::{rules, setting};
use crate::network::is_private;
use crate::store::Database;

impl Settings {
    /// Parses the settings in force.
    ///
    /// # Errors
    /// Every mistake in any of them.
    pub fn from_sources(sources: &Sources) -> Result<Self, Vec<Mistake>> {
        let mut mistakes = sources.mistakes().to_vec();
        let mut mistaken = Vec::new();
        for it in sources.in_force() {
            let found = mistakes_in(it);
            if !found.is_empty() {
                mistaken.push(it.setting.name());
            }
            mistakes.extend(found);
        }
        mistakes.extend(rules::missing(sources, |name| mistaken.contains(&name)));
        mistakes.extend(rules::one_listener(sources));
        mistakes.extend(rules::inbox_apart(sources));
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        let words = sources.in_force().iter().flat_map(|InForce { setting, given }| {
            given.words.iter().map(|word| format!("{}={word}", setting.flag()))
        });
        // All words were right a moment ago.
        let reason = "a file that a setting names was changed just now; try again".to_owned();
        let changed = |_| vec![Mistake { place: "settings".to_owned(), reason }];
        let settings = setting::parse(words.collect()).map_err(changed)?;
        settings.or_keys_of_site().map_err(|error| {
            let reason = format!("{error}; mend it, or name the keys of this clinic in keys");
            vec![Mistake { place: "site".to_owned(), reason }]
        })
    }
}

/// The database alone, for commands that need nothing else.
///
/// # Errors
/// Every mistake in it and in the file as a whole.
pub fn database(sources: &Sources) -> Result<Database, Vec<Mistake>> {
    let mut mistakes = sources.mistakes().to_vec();
    let database = sources.in_force().iter().find(|it| it.setting.name() == "database");
    mistakes.extend(database.map(mistakes_in).unwrap_or_default());
    match database.and_then(|it| it.given.words.first()?.parse().ok()) {
        Some(database) if mistakes.is_empty() => Ok(database),
        _ => Err(mistakes),
    }
}

/// Every mistake in the words of a setting. Clap stops at the first one, so each word is tried.
fn mistakes_in(in_force: &InForce) -> Vec<Mistake> {
    let InForce { setting, given } = in_force;
    let mut reasons: Vec<String> =
        given.words.iter().filter_map(|word| setting.refusal(word)).collect();
    if reasons.is_empty() {
        reasons.extend(rules::refusal(in_force).map(str::to_owned));
    }
    let mistake = |reason| Mistake { place: in_force.place(), reason };
    reasons.into_iter().map(mistake).collect()
}

/// Warnings about settings that can be used, and may not be what somebody meant.
pub fn warnings(sources: &Sources, settings: &Settings) -> Vec<String> {
    let unnamed = unnamed_proxies(sources, settings).map(str::to_owned);
    let no_key = no_key(settings).map(str::to_owned);
    no_key.into_iter().chain(unnamed).chain(exposed_operations(settings)).collect()
}

/// Returns a warning if every request is refused.
fn no_key(settings: &Settings) -> Option<&'static str> {
    settings.keys().is_empty().then_some(
        "no public key is known, so every request is refused (503): name one in keys, or build the pages \
         in site for one; `intake key new` and the inbox make a pair",
    )
}

/// Returns a warning if patients may be counted as one sender: connections come from elsewhere,
/// and nobody named the proxies.
fn unnamed_proxies(sources: &Sources, settings: &Settings) -> Option<&'static str> {
    let given = sources.given("trusted_proxies")?;
    (given.source == Source::Default && !settings.listen.ip().is_loopback()).then_some(
        "listen takes connections from elsewhere, and trusted_proxies names this machine alone: \
         behind a proxy on another machine or in another container all patients count as one \
         sender; give trusted_proxies its address or network, private for all private networks, \
         or none where there is no proxy",
    )
}

/// Returns a warning if the staff's routes and the metrics may be reached from the Internet.
fn exposed_operations(settings: &Settings) -> Option<String> {
    let address = settings.operations_listen;
    (!is_private(address.ip())).then(|| {
        format!(
            "operations_listen {address} is on no private network alone: whoever reaches it reads \
             the metrics, and tries tokens of the staff; give an address of this machine or of a \
             private network, or see to it that only your own network gets there (of a container: \
             publish the port to 127.0.0.1)"
        )
    })
}
