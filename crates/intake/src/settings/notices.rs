//! Where notices go. What belongs together is given together, or not at all.

use std::path::Path;

use axum::http::Uri;
use lettre::message::Mailbox;

use super::value::{at_most_one, each, refuse};
use super::{Mistake, Setting, Sources};
use crate::network::is_this_machine;
use crate::notices::{
    EmailSettings, NoticeSettings, Secret, SigningKey, Transport, WebhookSettings,
};

/// A mail server.
struct Server {
    transport: Transport,
    host: String,
    port: Option<u16>,
}

/// All settings of notices; `None` where one is wrong, which is noted in `mistakes`.
pub(super) fn settings(sources: &Sources, mistakes: &mut Vec<Mistake>) -> Option<NoticeSettings> {
    let email = email(sources, mistakes);
    let webhook = webhook(sources, mistakes);
    Some(NoticeSettings { email: email?, webhook: webhook? })
}

fn email(sources: &Sources, mistakes: &mut Vec<Mistake>) -> Option<Option<EmailSettings>> {
    let server = sources.value(Setting::Smtp, server, mistakes);
    let user = sources.value(Setting::SmtpUser, text, mistakes);
    let password = sources.value(Setting::SmtpPasswordFile, secret, mistakes);
    let from = sources.value(Setting::NoticeFrom, mailbox, mistakes);
    let to = sources.value(Setting::NoticeTo, mailboxes, mistakes);
    let (server, user, password, from, to) = (server?, user?, password?, from?, to?);
    let mut missing = |setting: Setting, other: Setting| {
        let reason = format!("{} is given, so this is needed too", other.name());
        mistakes.push(Mistake { place: setting.name().to_owned(), reason });
        None
    };
    let Some(Server { transport, host, port }) = server else {
        let given = [
            (Setting::SmtpUser, user.is_some()),
            (Setting::SmtpPasswordFile, password.is_some()),
            (Setting::NoticeFrom, from.is_some()),
            (Setting::NoticeTo, !to.is_empty()),
        ];
        return match given.into_iter().find(|(_, given)| *given) {
            Some((setting, _)) => missing(Setting::Smtp, setting),
            None => Some(None),
        };
    };
    let login = match (user, password) {
        (Some(user), Some(password)) => Some((user, password)),
        (Some(_), None) => return missing(Setting::SmtpPasswordFile, Setting::SmtpUser),
        (None, Some(_)) => return missing(Setting::SmtpUser, Setting::SmtpPasswordFile),
        (None, None) => None,
    };
    let Some(from) = from else { return missing(Setting::NoticeFrom, Setting::Smtp) };
    if to.is_empty() {
        return missing(Setting::NoticeTo, Setting::Smtp);
    }
    Some(Some(EmailSettings { transport, host, port, login, from, to }))
}

fn webhook(sources: &Sources, mistakes: &mut Vec<Mistake>) -> Option<Option<WebhookSettings>> {
    let address = sources.value(Setting::Webhook, address, mistakes);
    let key = sources.value(Setting::WebhookKeyFile, signing_key, mistakes);
    let mut missing = |setting: Setting, other: Setting| {
        let reason = format!("{} is given, so this is needed too", other.name());
        mistakes.push(Mistake { place: setting.name().to_owned(), reason });
        None
    };
    match (address?, key?) {
        (Some(address), Some(key)) => Some(Some(WebhookSettings { address, key })),
        (None, None) => Some(None),
        (Some(_), None) => missing(Setting::WebhookKeyFile, Setting::Webhook),
        (None, Some(_)) => missing(Setting::Webhook, Setting::WebhookKeyFile),
    }
}

fn server(words: &[String]) -> Result<Option<Server>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    let form = "give smtp://HOST:PORT or smtps://HOST:PORT";
    let Ok(address) = word.parse::<Uri>() else { return refuse(form) };
    let Some(host) = address.host().filter(|host| !host.is_empty()) else { return refuse(form) };
    if has_user(&address) {
        return refuse("give the user as smtp_user, and the password in a file");
    }
    let host = host.trim_matches(['[', ']']).to_owned();
    let transport = match address.scheme_str() {
        Some("smtps") => Transport::Tls,
        Some("smtp") if is_this_machine(&host) => Transport::Loopback,
        Some("smtp") => Transport::StartTls,
        _ => return refuse(form),
    };
    if address.path().len() > 1 || address.query().is_some() {
        return refuse(form);
    }
    Ok(Some(Server { transport, host, port: address.port_u16() }))
}

fn address(words: &[String]) -> Result<Option<Uri>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    let Ok(address) = word.parse::<Uri>() else { return refuse("not an address") };
    if has_user(&address) {
        return refuse("an address with a password in it would be seen in logs; sign instead");
    }
    match (address.scheme_str(), address.host()) {
        (Some("https"), Some(_)) => Ok(Some(address)),
        (Some("http"), Some(host)) if is_this_machine(host) => Ok(Some(address)),
        _ => refuse("give an address that begins with https://"),
    }
}

fn has_user(address: &Uri) -> bool {
    address.authority().is_some_and(|authority| authority.as_str().contains('@'))
}

fn text(words: &[String]) -> Result<Option<String>, Vec<String>> {
    Ok(at_most_one(words)?.map(str::to_owned))
}

fn mailbox(words: &[String]) -> Result<Option<Mailbox>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    parse_mailbox(word).map(Some).map_err(|reason| vec![reason])
}

fn mailboxes(words: &[String]) -> Result<Vec<Mailbox>, Vec<String>> {
    each(words, parse_mailbox)
}

fn parse_mailbox(word: &str) -> Result<Mailbox, String> {
    word.parse().map_err(|_| format!("\"{word}\" is not an e-mail address"))
}

fn secret(words: &[String]) -> Result<Option<Secret>, Vec<String>> {
    let Some(word) = at_most_one(words)? else { return Ok(None) };
    Secret::read(Path::new(word)).map(Some).or_else(|error| refuse(format!("{word}: {error}")))
}

fn signing_key(words: &[String]) -> Result<Option<SigningKey>, Vec<String>> {
    let Some(secret) = secret(words)? else { return Ok(None) };
    match SigningKey::parse(&secret) {
        Some(key) => Ok(Some(key)),
        None => refuse(
            "the file must hold whsec_ and 24 to 64 random bytes in base64; make one with: \
             echo \"whsec_$(head -c 32 /dev/urandom | base64)\"",
        ),
    }
}
