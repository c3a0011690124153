//! Rules between settings, and between a setting and its source.

use std::fs;
use std::net::SocketAddr;

use super::source::{Mistake, Source};
use super::sources::{InForce, Sources};
use crate::store::Database;

/// A setting that needs another.
struct Pair {
    given: &'static str,
    needed: &'static str,
}

const fn pair(given: &'static str, needed: &'static str) -> Pair {
    Pair { given, needed }
}

/// The settings of a mail server, in the order in which a missing one is asked for.
const EMAIL: [Pair; 9] = [
    pair("smtp_user", "smtp"),
    pair("smtp_password_file", "smtp"),
    pair("notice_from", "smtp"),
    pair("notice_to", "smtp"),
    pair("deputy", "smtp"),
    pair("smtp_user", "smtp_password_file"),
    pair("smtp_password_file", "smtp_user"),
    pair("smtp", "notice_from"),
    pair("smtp", "notice_to"),
];
/// The settings of a webhook.
const WEBHOOK: [Pair; 2] =
    [pair("webhook", "webhook_key_file"), pair("webhook_key_file", "webhook")];

/// The first mistake in each group of settings; none in a group with a value that is a mistake
/// itself, which may be why something seems to be missing.
pub(super) fn missing(sources: &Sources, is_mistaken: impl Fn(&str) -> bool) -> Vec<Mistake> {
    let is_given = |name: &str| sources.given(name).is_some_and(|given| !given.words.is_empty());
    let mut missing = Vec::new();
    for group in [EMAIL.as_slice(), WEBHOOK.as_slice()] {
        if group.iter().any(|pair| is_mistaken(pair.given)) {
            continue;
        }
        let broken = group.iter().find(|pair| is_given(pair.given) && !is_given(pair.needed));
        missing.extend(broken.map(|pair| Mistake {
            place: pair.needed.to_owned(),
            reason: format!("{} is given, so this is needed too", pair.given),
        }));
    }
    missing
}

/// The mistake of two listeners on one port, of which only one could listen.
pub(super) fn one_listener(sources: &Sources) -> Option<Mistake> {
    let setting = |name| sources.in_force().iter().find(|it| it.setting.name() == name);
    let address = |it: &InForce| it.given.words.first()?.parse::<SocketAddr>().ok();
    let operations_listen = setting("operations_listen")?;
    let (public, operations) = (address(setting("listen")?)?, address(operations_listen)?);
    let (one, other) = (public.ip(), operations.ip());
    let overlap = one == other || one.is_unspecified() || other.is_unspecified();
    (overlap && public.port() == operations.port() && public.port() != 0).then(|| Mistake {
        place: operations_listen.place(),
        reason: format!("{operations} is taken by listen; give another port"),
    })
}

/// The mistake of an inbox in the folder of the pages, which the public listener would serve to everybody.
pub(super) fn inbox_apart(sources: &Sources) -> Option<Mistake> {
    let setting = |name| sources.in_force().iter().find(|it| it.setting.name() == name);
    // With every link on the way followed. One that is not there is a mistake of its own.
    let folder = |it: &InForce| fs::canonicalize(it.given.words.first()?).ok();
    let inbox = setting("inbox")?;
    let (inner, outer) = (folder(inbox)?, folder(setting("site")?)?);
    inner.starts_with(outer).then(|| Mistake {
        place: inbox.place(),
        reason: "lies in the folder of the pages (site), which everybody gets; put it elsewhere"
            .to_owned(),
    })
}

/// The reason why valid words are not valid together, or not from this source.
pub(super) fn refusal(InForce { setting, given }: &InForce) -> Option<&'static str> {
    let words = given.words.as_slice();
    match setting.name() {
        "frame_ancestors" if words.is_empty() => {
            Some("give sources such as 'self' or https://clinic.example")
        }
        "frame_ancestors" if has_none_beside_others(words) => {
            Some("'none' stands alone: give it, or the sites that may show the pages")
        }
        "trusted_proxies" if words.len() > 1 && words.iter().any(|word| word == "none") => {
            Some("\"none\" stands alone: give it, or addresses and networks")
        }
        "database" if matches!(given.source, Source::Flag(_)) && has_password(words) => Some(
            "a command line can be read by every user of this machine; put the password into the \
             settings file, INTAKE_DATABASE, PGPASSWORD or ~/.pgpass",
        ),
        _ if setting.is_list() || words.len() == 1 => None,
        _ if words.is_empty() && setting.default_words().is_empty() => None,
        _ => Some("takes one value"),
    }
}

fn has_none_beside_others(sources: &[String]) -> bool {
    let mut sources = sources.iter().flat_map(|it| it.split_whitespace());
    sources.clone().count() > 1 && sources.any(|it| it.eq_ignore_ascii_case("'none'"))
}

fn has_password(words: &[String]) -> bool {
    words.iter().any(|word| match word.parse() {
        Ok(Database::Postgres(postgres)) => postgres.has_password(),
        _ => false,
    })
}
