//! Numbers and addresses, as keyboards type them and other apps copy them.

/// A number or an address without the characters that nobody sees (U+200B to U+200F, U+202A to U+202E,
/// U+2060 to U+2069, U+FEFF), and with full-width digits as plain ones.
pub(crate) fn plain(typed: &str) -> String {
    typed.chars().filter(|it| !is_unseen(*it)).map(narrow).collect()
}

fn is_unseen(it: char) -> bool {
    matches!(it,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn narrow(it: char) -> char {
    let digit = u32::from(it).wrapping_sub(u32::from('\u{ff10}'));
    char::from_digit(digit, 10).unwrap_or(it)
}
