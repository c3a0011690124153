//! A telephone number of the clinic: shown as it is written, dialed by a tap.

/// Digits in the North American plan, without the country code.
const NATIONAL: usize = 10;
/// Digits of an international number with its country code: at most those of ITU-T E.164.
const INTERNATIONAL: std::ops::RangeInclusive<usize> = 8..=15;

/// The digits that are dialed, and a `+` before a country code.
pub(super) fn dialed(phone: &str) -> String {
    phone.chars().filter(|it| it.is_ascii_digit() || *it == '+').collect()
}

/// Why a tap on this number would call nobody, or somebody else.
pub(super) fn problem(phone: &str) -> Option<&'static str> {
    let number = phone.trim();
    if number.is_empty() {
        return Some("nothing is dialed by an empty number; write it, or remove the line");
    }
    let spacing =
        |it: char| it.is_whitespace() || ".-()/\u{2010}\u{2011}\u{2012}\u{2013}".contains(it);
    let is_part = |it: char| it.is_ascii_digit() || it == '+' || spacing(it);
    let other: String = number.chars().filter(|it| !is_part(*it)).collect();
    let other = other.to_lowercase();
    if other == "x" || other.starts_with("ext") || other.starts_with(['#', ',', ';']) {
        return Some(
            "an extension is not dialed by a tap, or dialed as part of the number; write the \
             number alone, and the extension into hours",
        );
    }
    if !other.is_empty() {
        return Some("write the number alone: digits, blanks, dots, dashes and brackets");
    }
    if number.starts_with('+') && number.contains("(0)") {
        return Some("leave out (0), which would be dialed");
    }
    let is_whole = match dialed(number).strip_prefix('+') {
        Some(digits) if !digits.starts_with('1') => {
            INTERNATIONAL.contains(&digits.len()) && !digits.starts_with('0') && is_digits(digits)
        }
        Some(digits) => digits.strip_prefix('1').is_some_and(is_national),
        None => {
            let digits = dialed(number);
            is_national(digits.strip_prefix('1').unwrap_or(&digits))
        }
    };
    (!is_whole).then_some(
        "write one whole number: ten digits with the area code, such as 972-555-0123, or + and the \
         code of the country",
    )
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}

/// Area code and exchange begin with 2 to 9.
fn is_national(digits: &str) -> bool {
    let begins = |at: usize| matches!(digits.as_bytes().get(at), Some(b'2'..=b'9'));
    digits.len() == NATIONAL && is_digits(digits) && begins(0) && begins(3)
}
