//! Links that call, text or write to a patient: `tel:`, `sms:` and `mailto:`. The patient typed the number
//! and the address, so either could carry more than it seems to: where a link could do anything else than
//! reach this one person, there is none, and the staff read and type.
//!
//! Messages pass through phones and mail servers that others read too: of the request they name its
//! reference, and nothing else.

use std::fmt;

use guide_core::request::phone::Phone;
use guide_core::request::reference::Reference;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// The place of the reference in a [`Template`].
pub const PLACEHOLDER: &str = "{reference}";
/// The longest address (RFC 5321 §4.5.3.1.3, less the angle brackets of a path).
const MAX_ADDRESS: usize = 254;
/// Signs of an address before its `@`, beside letters and digits. Others could be written in RFC 5322 as
/// well, but programs take some for a second recipient (`,` `;` `:` `<` `>`), for the end of the address
/// (`?` `&` `#`), or decode them twice (`%`).
const LOCAL_SIGNS: &str = ".-_+'~!$*^{}|";
/// Everything but letters, digits and the unreserved signs of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Area codes of calls that cost more: 900, and those of the islands and countries of the North American plan that are
/// called from the United States as abroad (North American Numbering Plan Administrator, "Area codes by location").
const COSTLY: [&str; 23] = [
    "900", "242", "246", "264", "268", "284", "345", "441", "473", "649", "658", "664", "721",
    "758", "767", "784", "809", "829", "849", "868", "869", "876", "976",
];

/// The clinic's own words of a message: neither subject nor body may name the patient, or anything of
/// health. [`PLACEHOLDER`] stands for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template<'a> {
    /// The subject; text messages have none.
    pub subject: &'a str,
    /// The text, of any number of lines.
    pub body: &'a str,
}

/// A number to dial.
#[derive(Clone, PartialEq, Eq)]
pub struct Dial {
    /// The `tel:` link. It has no extension: Android dials the letters of `;ext=` as digits.
    pub link: String,
    /// The extension, to be dialed once somebody answers.
    pub extension: Option<String>,
}

impl fmt::Debug for Dial {
    /// Keeps the number out of logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Dial(…)")
    }
}

/// The link that calls a phone number. `None` where the number is none that a patient can have: it is shown
/// alone.
pub fn call(phone: &str) -> Option<Dial> {
    let Phone { national, extension } = read(phone)?;
    Some(Dial { link: format!("tel:+1{national}"), extension })
}

/// The link that begins a text message. `None` as for [`call`], and for a number with an extension, which
/// reaches a switchboard.
pub fn text(phone: &str, template: &Template<'_>, reference: Reference) -> Option<String> {
    let Phone { national, extension: None } = read(phone)? else { return None };
    let body = filled(template.body, reference);
    // RFC 5724 has `?body=`, iOS reads `&body=` alone, and both read this.
    Some(format!("sms:+1{national}?&body={body}"))
}

/// The link that begins an e-mail. `None` where the address could be taken for anything but one recipient.
pub fn email(address: &str, template: &Template<'_>, reference: Reference) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    let fits = address.len() <= MAX_ADDRESS && is_local(local) && is_domain(domain);
    let to = |part| utf8_percent_encode(part, RESERVED);
    let subject = filled(&template.subject.replace(['\r', '\n'], " "), reference);
    let body = filled(template.body, reference);
    fits.then(|| format!("mailto:{}@{}?subject={subject}&body={body}", to(local), to(domain)))
}

/// Reads a number that somebody can have, and that costs no extra. Neither area code nor exchange may be a
/// service code: a switchboard that drops what stands before it would dial 911.
fn read(phone: &str) -> Option<Phone> {
    let read = Phone::read(phone)?;
    let (area, rest) = read.national.split_at_checked(3)?;
    let exchange = rest.get(..3)?;
    let assignable =
        |code: &str| code.starts_with(|digit| matches!(digit, '2'..='9')) && !code.ends_with("11");
    let callable = assignable(area) && assignable(exchange) && !COSTLY.contains(&area);
    callable.then_some(read)
}

/// A text of the template with the reference in its place, for a part of a link. Lines end as RFC 6068 §5
/// has it.
fn filled(text: &str, reference: Reference) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let text = text.replace(PLACEHOLDER, &reference.to_string());
    utf8_percent_encode(&text, RESERVED).to_string()
}

fn is_local(local: &str) -> bool {
    !local.is_empty() && local.chars().all(|c| c.is_alphanumeric() || LOCAL_SIGNS.contains(c))
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    domain.contains('.') && domain.split('.').all(is_label)
}
