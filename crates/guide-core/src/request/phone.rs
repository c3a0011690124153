//! Phone numbers of the North American plan, as patients type them.

use crate::redacted::redacted;

/// Digits of a number, without the country code.
const DIGITS: usize = 10;
/// The longest extension, in digits: libphonenumber reads no more after an `x`.
const MAX_EXTENSION: usize = 9;
/// The ways to say that an extension follows, lower case and without spacing.
const EXTENSION_MARKS: [&str; 4] = ["extension", "ext", "x", "#"];

/// A phone number, read.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone {
    /// The ten digits, without the country code.
    pub national: String,
    /// The digits of the extension.
    pub extension: Option<String>,
}

redacted!(Phone);

impl Phone {
    /// Reads ten digits, or eleven that begin with the country code 1, and an extension; spaces,
    /// dots, dashes and brackets are the patient's business. `None` for anything else.
    pub fn read(typed: &str) -> Option<Self> {
        let mut plain: String = typed.chars().filter(|c| !is_spacing(*c)).collect();
        plain.make_ascii_lowercase();
        let mark = plain.find(|c: char| c == '#' || c.is_ascii_alphabetic());
        let (number, extension) = match mark.and_then(|at| plain.split_at_checked(at)) {
            // "972 555 0123, ext. 22"
            Some((number, extension)) => {
                (number.trim_end_matches(','), Some(read_extension(extension)?))
            }
            None => (&*plain, None),
        };
        Some(Self { national: read_national(number)?, extension })
    }

    /// Returns `true` if somebody can have this number: area code and exchange begin with 2 to 9.
    pub(super) fn is_assignable(&self) -> bool {
        let digits = self.national.as_bytes();
        [0, 3].iter().all(|at| matches!(digits.get(*at), Some(b'2'..=b'9')))
    }
}

fn is_spacing(c: char) -> bool {
    c.is_whitespace() || ".-()/\u{2010}\u{2011}\u{2012}\u{2013}".contains(c)
}

fn read_national(number: &str) -> Option<String> {
    let (international, digits) = match number.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, number),
    };
    let national = match digits.strip_prefix('1') {
        Some(rest) if digits.len() == DIGITS + 1 => rest,
        _ if international => return None,
        _ => digits,
    };
    (national.len() == DIGITS && all_digits(national)).then(|| national.to_owned())
}

fn read_extension(marked: &str) -> Option<String> {
    let digits = EXTENSION_MARKS.iter().find_map(|mark| marked.strip_prefix(mark))?;
    let fits = (1..=MAX_EXTENSION).contains(&digits.len()) && all_digits(digits);
    fits.then(|| digits.to_owned())
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_digit())
}
