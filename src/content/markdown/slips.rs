//! Markdown that is nearly right: the parser takes it for plain text, and readers would see the marks.

use std::ops::Range;

use super::reader::{HTML, NO_ENTRY, Reader};

/// Marks before the entries of a list that a word processor makes.
const BULLETS: [char; 17] = [
    '•', '◦', '▪', '●', '‣', '·', '➢', '➤', '►', '■', '□', '○', '❖', '✓', '✔', '\u{f0b7}',
    '\u{f0a7}',
];

/// Said of entries with such a mark.
const LIST: &str = "begin each entry of a list with - and a blank, on a line of its own";

/// Marks before the entries of a list that can begin a line of any text, too: only where lines near
/// it have the like are they those of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PastedMark {
    /// A dash that is no hyphen.
    Dash,
    /// § where the word processor had a square.
    Square,
    /// (1) or (a).
    Parenthesis,
    /// a. or a)
    Letter,
}

/// Lines near a line, apart from empty ones: an entry may go on in lines of its own.
const NEAR: usize = 3;

/// Said of an insert with other marks.
const INSERT: &str = "an insert begins with three backquotes, the key to the left of 1: ```insert";

impl<'a> Reader<'a> {
    /// Text of the parser's in which marks are left.
    pub(super) fn check_text(&mut self, range: &Range<usize>) {
        let source = self.text.get(range.clone()).unwrap_or_default();
        // A citation without an entry is plain text to the parser.
        if source.starts_with('^') && self.text[..range.start].ends_with('[') {
            let is_entry = self.text[..range.start - 1].ends_with('\n');
            let reason = if is_entry {
                format!("an entry has a colon right behind the bracket: [{source}]: …")
            } else {
                format!("the citation [{source}] {NO_ENTRY}; add [{source}]: …")
            };
            self.report(range.start, reason);
            return;
        }
        let is_bracketed =
            self.text[..range.start].ends_with('[') && self.text[range.end..].starts_with(']');
        if is_bracketed && self.text.contains(&format!("\n[^{source}]:")) {
            self.report(range.start, format!("to cite that entry write [^{source}]"));
            return;
        }
        let Some(reason) = self.slip(source, range.start) else { return };
        self.report_once(range.start, reason);
    }

    /// The parser splits text at every mark: one mistake a line is enough.
    fn report_once(&mut self, offset: usize, reason: &str) {
        let line = self.line(offset);
        if self.mistakes.last().is_none_or(|last| last.line != line || last.reason != reason) {
            self.report(offset, reason);
        }
    }

    /// Italics or bold that begin or end at a digit, which a product of numbers is taken for: it
    /// would lose its asterisks.
    pub(super) fn check_emphasis(&mut self, range: &Range<usize>) {
        let is_digit = |it: char| it.is_ascii_digit();
        if self.text[..range.start].ends_with(is_digit)
            || self.text[range.end..].starts_with(is_digit)
        {
            self.report_once(
                range.start,
                "asterisks at a digit make italics and are not shown; write × for times, or put \
                 blanks around *",
            );
        }
    }

    /// Code within a line, which an insert with too few backquotes is.
    pub(super) fn check_code(&mut self, range: &Range<usize>) {
        let line = self.text[range.start..].lines().next().unwrap_or_default();
        let words = line.trim_matches(|it: char| !it.is_alphanumeric());
        if words.eq_ignore_ascii_case("insert") {
            self.report(range.start, INSERT);
        }
    }

    fn slip(&self, source: &str, offset: usize) -> Option<&'static str> {
        let begin = self.text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let rest = &self.text[offset..];
        let line = self.text[begin..].lines().next().unwrap_or_default().trim();
        if let Some(reason) = at_beginning(line).or_else(|| self.pasted_entry(begin)) {
            // Any other text of such a line would be reported once more.
            return self.text[begin..offset].trim().is_empty().then_some(reason);
        }
        let goes_on = |at: usize| rest[at..].lines().next().is_some_and(|it| !it.trim().is_empty());
        if source.match_indices('\t').any(|(at, _)| goes_on(at)) {
            return Some(
                "a tab stands between words, as in a table of a word processor; write a table with | \
                 between its cells and |---|---| below its head, or put a blank there",
            );
        }
        if source.match_indices('<').any(|(at, _)| is_tag(&rest[at..])) {
            return Some(HTML);
        }
        if let Some(reason) = source.match_indices(']').find_map(|(at, _)| link(&rest[at..])) {
            return Some(reason);
        }
        let before = self.text[begin..offset].chars().next_back();
        if let Some(reason) = unclosed(source, rest, before) {
            return Some(reason);
        }
        if source.contains(")[http")
            || (source.ends_with(')') && rest[source.len()..].starts_with("[http"))
        {
            return Some("the brackets are swapped; a link is [text](address)");
        }
        source.contains("{#").then_some(
            "the id in braces stands at the end of its heading, without blanks: ## Heading {#some-id}",
        )
    }

    /// The line that begins here is an entry of a list, by its mark and by those of lines near it.
    fn pasted_entry(&self, begin: usize) -> Option<&'static str> {
        let (before, rest) = self.text.split_at(begin);
        let mut rest = rest.lines();
        let mark = pasted_mark(rest.next()?)?;
        let is_text = |line: &&str| !line.trim().is_empty();
        let above = before.lines().rev().filter(is_text).take(NEAR);
        let mut near = above.chain(rest.filter(is_text).take(NEAR));
        near.any(|line| pasted_mark(line) == Some(mark)).then_some(LIST)
    }

    /// Why a heading is none, or its id is none.
    pub(super) fn heading_slip(&self, name: &str, offset: usize) -> Option<&'static str> {
        if name.contains("{#") {
            return Some(
                "the id in braces stands at the end of its heading, without blanks: ## Heading \
                 {#some-id}",
            );
        }
        (!self.text[offset..].trim_start().starts_with('#')).then_some(
            "the line of dashes below makes this text a heading; put an empty line between them",
        )
    }
}

/// A line that begins like a heading, a table, a list or an insert, and is none.
fn at_beginning(line: &str) -> Option<&'static str> {
    let bare = line.trim_matches(|it: char| !it.is_alphanumeric());
    let heading = line.trim_start_matches('#');
    let number = line.trim_start_matches(|it: char| it.is_ascii_digit());
    let begins_text = |rest: &str| rest.starts_with(|it: char| it.is_alphabetic() || it == '[');
    if heading.len() < line.len()
        && heading.starts_with(|it: char| it.is_alphabetic() || it == '\u{a0}')
    {
        Some("a heading needs a blank between the # and the heading; type it there")
    } else if line.starts_with('|') {
        Some("a table needs a second line of dashes below its head: |---|---|")
    } else if line.starts_with(BULLETS)
        || line.strip_prefix('-').is_some_and(begins_text)
        || line.strip_prefix('o').is_some_and(|rest| rest.starts_with(char::is_whitespace))
    {
        Some(LIST)
    } else if number.len() < line.len() && number.strip_prefix('.').is_some_and(begins_text) {
        Some("an entry of a numbered list needs a blank behind the number: 1. One")
    } else if bare.len() < line.len() && bare.eq_ignore_ascii_case("insert") {
        Some(INSERT)
    } else {
        None
    }
}

fn pasted_mark(line: &str) -> Option<PastedMark> {
    let (mark, rest) = line.trim().split_once(char::is_whitespace)?;
    let is_letter = |it: &str| it.len() == 1 && it.bytes().all(|it| it.is_ascii_lowercase());
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if rest.trim().is_empty() {
        return None;
    }
    match mark {
        "\u{2010}" | "\u{2011}" | "\u{2012}" | "–" | "—" | "−" => Some(PastedMark::Dash),
        "§" => Some(PastedMark::Square),
        _ => {
            let inside = mark.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
            if let Some(inside) = inside {
                return (is_letter(inside) || is_number(inside)).then_some(PastedMark::Parenthesis);
            }
            let letter = mark.strip_suffix(['.', ')'])?;
            is_letter(letter).then_some(PastedMark::Letter)
        }
    }
}

/// A tag with a name as word processors have them, which the parser does not take for one.
fn is_tag(rest: &str) -> bool {
    let name = rest.trim_start_matches('<').trim_start_matches('/');
    let Some((name, _)) = name.split_once('>') else { return false };
    name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b':' || it == b'-')
}

/// A link or a picture that is none. `rest` begins with the bracket behind its text.
fn link(rest: &str) -> Option<&'static str> {
    let line = rest.lines().next()?;
    let apart = ["] (http", "] (#", "] (/", "] (.", "] (www."];
    if apart.iter().any(|start| line.starts_with(start)) {
        return Some("this link is not read as one: write no blank between ] and (");
    }
    if line.starts_with("][") && !line.starts_with("][^") {
        return Some("this link is not read as one; write [text](address)");
    }
    let inside = line.strip_prefix("](")?;
    Some(match inside.split_once(')') {
        None => "a link that is not closed; add ) behind its address",
        Some((address, _)) if address.contains(char::is_whitespace) => {
            "this link or picture is not read as one: an address has no blanks. Call the file \
             otherwise (my-picture.png), and write that here"
        }
        Some(_) => "this link or picture is not read as one; write [text](address)",
    })
}

/// Marks of emphasis that are left. `rest` begins with `source`, behind `before`.
fn unclosed(source: &str, rest: &str, before: Option<char>) -> Option<&'static str> {
    let has = |mark: &str| {
        source.contains(mark) || (source.starts_with(&mark[..1]) && rest.starts_with(mark))
    };
    let begins_word = before.is_none_or(char::is_whitespace)
        && rest
            .strip_prefix('*')
            .is_some_and(|it| it.starts_with(|it: char| it.is_alphanumeric() || it == '['));
    if has("**") {
        Some(
            "two asterisks that are not closed; bold text stands between two pairs without blanks: \
             **bold**",
        )
    } else if has("__") {
        Some("two underscores that are not closed; bold text stands between two pairs: __bold__")
    } else if has("~~") {
        Some("lines through text are not used; remove ~~")
    } else if begins_word {
        Some("an asterisk that is not closed; text in italics stands between two: *italics*")
    } else {
        None
    }
}
