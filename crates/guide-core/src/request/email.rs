//! E-mail addresses, and typos in their domains.

/// Domains that many patients in the United States write from, the most common first. An address
/// in one of them is accepted as it is; one that is a single edit away is probably a typo.
const DOMAINS: &str = "gmail.com yahoo.com hotmail.com outlook.com icloud.com comcast.net \
    sbcglobal.net verizon.net bellsouth.net charter.net protonmail.com rocketmail.com \
    fastmail.com ymail.com email.com aol.com aim.com att.net cox.net duck.com gmx.com live.com \
    mac.com mail.com me.com msn.com proton.me";
/// Shorter domains are a single typo away from too many others.
const SHORTEST: usize = 9;
/// Signs that no address has outside of quotation marks (RFC 5322 §3.2.3, "specials", less the dot
/// and the `@`). They are copied with an address, as in `<ana@example.org>;`.
const SPECIALS: &str = "()<>[]:;,\\\"";

/// Returns `true` if the form takes a text as an address: [`has_form`], and no sign that was copied
/// along.
pub(super) fn is_address(text: &str) -> bool {
    // Curly quotation marks and characters without a width are copied along, too.
    let stray = |c: char| SPECIALS.contains(c) || ('\u{2000}'..='\u{206f}').contains(&c);
    // Letters of other scripts are a domain's as well (RFC 5890).
    let in_domain = |c: char| matches!(c, '-' | '.') || c.is_ascii_alphanumeric() || !c.is_ascii();
    has_form(text)
        && !text.contains(stray)
        && text.split_once('@').is_some_and(|(_, domain)| domain.chars().all(in_domain))
}

/// Returns `true` if a text has one `@`, something before it, a domain with a dot, and no spaces: as
/// much as the form of any release asked for. Only its mail server can tell if the address exists.
pub(super) fn has_form(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.contains('.')
            && domain.split('.').all(|label| !label.is_empty())
            && !domain.contains('@')
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    })
}

/// The address that was probably meant, if the domain is one letter left out, added, wrong or
/// swapped away from a common one. To be offered, never to be put in its place unasked.
pub fn suggestion(email: &str) -> Option<String> {
    let (local, domain) = email.split_once('@')?;
    let typed = domain.to_ascii_lowercase();
    let mut domains = DOMAINS.split(' ');
    if local.is_empty() || domains.clone().any(|it| it == typed) {
        return None;
    }
    let meant = domains
        .find(|it| it.len() >= SHORTEST && is_one_edit_away(it.as_bytes(), typed.as_bytes()));
    meant.map(|meant| [local, "@", meant].concat())
}

/// Returns `true` if the Damerau-Levenshtein distance of two different texts is 1: a letter left
/// out, added, wrong or swapped with its neighbor. (`strsim` computes any distance, for 2 KB of the
/// app.)
fn is_one_edit_away(meant: &[u8], typed: &[u8]) -> bool {
    let same = |(a, b): &(&u8, &u8)| a == b;
    let front = meant.iter().zip(typed).take_while(same).count();
    let (meant, typed) = (&meant[front..], &typed[front..]);
    let back = meant.iter().rev().zip(typed.iter().rev()).take_while(same).count();
    match (&meant[..meant.len() - back], &typed[..typed.len() - back]) {
        ([_], []) | ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}
