//! Characters that nobody typed: left by a change of encoding, or copied along unseen.

use guide_core::source::Mistake;

/// One mistake a line.
pub(super) fn mistakes(file: &str, text: &str) -> Vec<Mistake> {
    let mistake = |(nth, line): (usize, &str)| {
        Some(Mistake { file: file.to_owned(), line: nth + 1, reason: reason(line)? })
    };
    text.split('\n').enumerate().filter_map(mistake).collect()
}

fn reason(line: &str) -> Option<String> {
    let mut characters = line.chars().peekable();
    while let Some(it) = characters.next() {
        let next = characters.peek().copied();
        if it == char::REPLACEMENT_CHARACTER {
            let reason = "a character of this line was lost (\u{fffd}) when the file was saved in \
                          another encoding; type it again";
            return Some(reason.to_owned());
        }
        if let Some(next) = next
            && is_misread(it, next)
        {
            return Some(format!(
                "{it}{next} in this line was one character (’ or – or é) before the text was read in \
                 another encoding; type it again"
            ));
        }
        if is_unseen(it) {
            return Some(format!(
                "this line holds a character that nobody sees (U+{:04X}); delete what stands around \
                 it, and type that again",
                u32::from(it)
            ));
        }
    }
    None
}

/// Returns `true` for control characters, and for those that change the direction of what is read.
fn is_unseen(it: char) -> bool {
    (it.is_control() && it != '\t')
        || matches!(it,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Returns `true` for the first two characters of one in UTF-8 that was read as Windows-1252: a curly
/// quotation mark or dash, an accented letter, a blank or sign, a pictograph.
fn is_misread(first: char, next: char) -> bool {
    match first {
        'â' => next == '€',
        'Â' | 'Ã' => ('\u{80}'..='\u{bf}').contains(&next),
        'ð' => next == 'Ÿ',
        _ => false,
    }
}
