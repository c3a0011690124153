//! The TOML reader's messages, put into words for somebody who edits a clinic's files and does not
//! know TOML.

/// The longest value, in characters, that an example repeats.
const SHORT: usize = 60;

/// The reason given for a private key, the worst mistake of all.
const PRIVATE: &str = "this is the private half of a key: whoever has it can read every request, so \
    it belongs to no file of the site. Make a new pair with `intake key new`, and put here only \
    the [[keys]] entry that it prints";

/// The reason why `text` cannot be read, and what to do. `message` is the reader's own, about the
/// byte at `offset`.
pub(super) fn explain(text: &str, offset: usize, message: &str) -> String {
    let place = Place::at(text, offset);
    let explained = of_two_conditions(message)
        .or_else(|| of_json(&place))
        .or_else(|| of_name(&place, message))
        .or_else(|| of_characters(&place, message))
        .or_else(|| of_date(&place, message))
        .or_else(|| of_quotation_marks(&place, message))
        .or_else(|| of_kind(&place, message))
        .or_else(|| of_shape(&place, message));
    explained.unwrap_or_else(|| message.replace('\n', " "))
}

/// A line that cannot be read.
struct Place<'a> {
    text: &'a str,
    line: &'a str,
    /// Before the first `=`; empty where there is none.
    key: &'a str,
    /// Behind it, without the comment at its end.
    value: &'a str,
    /// The text before the offset.
    before: &'a str,
    /// The text from the offset on.
    rest: &'a str,
    /// The last `[header]` above.
    header: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn at(text: &'a str, offset: usize) -> Self {
        let (before, rest) = text.split_at_checked(offset).unwrap_or((text, ""));
        let begin = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[begin..].lines().next().unwrap_or_default().trim();
        let (key, value) = line.split_once('=').unwrap_or(("", line));
        let header = text[..begin].lines().rev().map(str::trim).find(|it| it.starts_with('['));
        let header = header.filter(|it| it.ends_with(']') && it.len() < SHORT);
        let (key, value) = (key.trim(), without_comment(value));
        Self { text, line, key, value, before, rest, header }
    }

    /// `key = value`, as it should be; without the key in the middle of a list.
    fn example(&self, value: &str) -> String {
        let listed = self.key.is_empty() || self.value.starts_with(['[', '{']);
        if listed || value.chars().count() > SHORT {
            String::new()
        } else {
            format!(": {} = {value}", self.key)
        }
    }
}

/// A comment begins with `#` outside of quotation marks.
fn without_comment(value: &str) -> &str {
    let mut inside = false;
    let end = value.char_indices().find(|(_, it)| {
        inside ^= *it == '"';
        *it == '#' && !inside
    });
    end.map_or(value, |(at, _)| &value[..at]).trim()
}

fn of_two_conditions(message: &str) -> Option<String> {
    message.starts_with("wanted exactly 1 element").then(|| {
        "these braces take one entry; put several into all = [ … ] or any = [ … ]".to_owned()
    })
}

/// Names that are unknown, missing or given twice.
fn of_name(place: &Place<'_>, message: &str) -> Option<String> {
    if message == "duplicate key" {
        if place.line.starts_with('[') {
            return Some(of_part(place));
        }
        return Some("this name stands twice in this part of the file; remove one".to_owned());
    }
    if let Some(name) = between(message, "missing field `") {
        return Some(format!("missing field `{name}`; add it"));
    }
    if let Some(value) = between(message, "unknown variant `") {
        let expected = message.split_once(", ").map_or("", |(_, expected)| expected);
        return Some(format!("unknown value `{value}`, {expected}"));
    }
    let name = between(message, "unknown field `")?;
    let header = place.header.unwrap_or_default();
    if name == "d" && header.trim_matches(['[', ']']) == "keys" {
        return Some(PRIVATE.to_owned());
    }
    let meant = name.to_lowercase().replace(['_', ' '], "-");
    if meant != name && message.contains(&format!("`{meant}`")) {
        return Some(format!("unknown field `{name}`; write {meant}, in small letters"));
    }
    if place.key != name || header.is_empty() {
        return None;
    }
    let expected = message.split_once(", ").map_or("", |(_, expected)| expected);
    Some(format!(
        "unknown field `{name}` in {header}, {expected}; names that belong to the whole file stand \
         above the first line in square brackets"
    ))
}

/// A part of the file that stands twice.
fn of_part(place: &Place<'_>) -> String {
    let name = place.line.split('#').next().unwrap_or_default().trim().trim_matches(['[', ']']);
    if place.text.contains(&format!("[[{name}]]")) {
        return format!("there can be several of these; each time write two brackets: [[{name}]]");
    }
    format!(
        "[{name}] stands twice; where there can be several of these, write two brackets: [[{name}]] \
         each time; otherwise make the two one"
    )
}

/// A key as the file of a key pair holds it, in JSON. Its private half is the worst mistake of all.
fn of_json(place: &Place<'_>) -> Option<String> {
    let begin = place.before.rfind('\n').map_or(0, |newline| newline + 1);
    let object = place.text[begin..].split('}').next().unwrap_or_default().replace(' ', "");
    let is_key = object.trim_start().starts_with(['{', '"']) || object.contains("{\"");
    (is_key && object.contains("\"kty\":")).then(|| {
        let public = "this is a key as a file holds it; put here the [[keys]] entry that `intake \
            key new` printed";
        if object.contains("\"d\":") { PRIVATE } else { public }.to_owned()
    })
}

/// Characters that look like those of TOML, from a word processor.
fn of_characters(place: &Place<'_>, message: &str) -> Option<String> {
    // A value of the wrong kind was read: its characters are fine.
    if message.starts_with("invalid type") || message.starts_with("unknown") {
        return None;
    }
    let value = place.value.trim_start_matches(['[', '{', ' ']);
    let end = place.value.trim_end_matches([']', '}', ',', ' ']);
    let curly = |it: char| "“”„‟‘’‚‛«»‹›´`".contains(it);
    if value.starts_with(curly) || end.ends_with(curly) || place.rest.starts_with(curly) {
        return Some(
            "these are curly quotation marks, from a word processor; retype them as straight \
             ones: \""
                .to_owned(),
        );
    }
    let unquoted = place.line.split('"').next().unwrap_or_default();
    let blank = |it: char| {
        (it.is_whitespace() && !it.is_ascii()) || matches!(it, '\u{200b}'..='\u{200d}' | '\u{feff}')
    };
    unquoted.contains(blank).then(|| {
        "a blank in this line is of another kind, from a word processor or a web page; delete the \
         blanks outside of the quotation marks and type them again"
            .to_owned()
    })
}

/// The date of an article, the one value that is a day and not a text.
fn of_date(place: &Place<'_>, message: &str) -> Option<String> {
    if place.key != "date" || message.starts_with("missing") {
        return None;
    }
    let inner = place.value.trim_matches(['"', '\'']);
    let is_day = inner.len() == 10 && inner.parse::<toml::value::Datetime>().is_ok();
    Some(if is_day && inner != place.value {
        format!("remove the quotation marks: date = {inner}")
    } else {
        "no day that can be read; write year, month and day, without quotation marks: \
         date = 2026-11-23"
            .to_owned()
    })
}

/// Quotation marks that are missing, or in a text.
fn of_quotation_marks(place: &Place<'_>, message: &str) -> Option<String> {
    let read_as_other =
        message.starts_with("invalid type: ") && message.ends_with("expected a string");
    let is_bare = !place.value.contains('"') && !place.value.contains('\'');
    let bare = [
        "string values must be quoted",
        "invalid date",
        "invalid time",
        "invalid datetime",
        "invalid float",
        "invalid boolean",
        "invalid integer",
        "unexpected leading zero",
        "unexpected key or value",
    ];
    let yes_or_no = ["yes", "true", "no", "false"];
    if is_bare && !read_as_other && yes_or_no.iter().any(|it| place.value.eq_ignore_ascii_case(it))
    {
        return Some(
            "write true or false, in small letters and without quotation marks".to_owned(),
        );
    }
    if place.value.is_empty() && !place.key.is_empty() {
        return Some("nothing stands behind the =; give a value, or remove the line".to_owned());
    }
    if message.starts_with("invalid type: sequence") && read_as_other {
        return Some("one text is expected; take the square brackets away".to_owned());
    }
    let is_number = |it: char| it.is_ascii_digit() || it == ',';
    if place.value.contains(',') && place.value.chars().all(is_number) {
        let digits = place.value.replace(',', "");
        return Some(format!("write a number with digits alone{}", place.example(&digits)));
    }
    let refused = is_bare && !read_as_other && bare.iter().any(|it| message.starts_with(it));
    if looks_like_a_day(place.value.trim_matches('"'))
        && (refused || message.contains("expected a TOML datetime"))
    {
        let example = "write a day that exists, such as 2026-11-23, without quotation marks";
        return Some(example.to_owned());
    }
    if is_bare && (read_as_other || bare.iter().any(|it| message.starts_with(it))) {
        let example = place.example(&format!("\"{}\"", place.value));
        return Some(format!("put the text in quotation marks{example}"));
    }
    if message.starts_with("missing opening quote") {
        return Some("the quotation mark before the text is missing".to_owned());
    }
    if message.contains("string, expected `\"`") || message.contains("string, expected `'`") {
        return Some(
            "the quotation mark behind the text is missing; a text stands on one line, between \
             two of them"
                .to_owned(),
        );
    }
    if message.starts_with("unexpected key or value") && place.value.starts_with('\'') {
        return Some("put the text between \" instead of '".to_owned());
    }
    if message.starts_with("unexpected key or value") && place.value.contains("\",") {
        let example = place.example(&format!("[{}]", place.value));
        return Some(format!("a list stands in square brackets{example}"));
    }
    let marks = place.value.matches('"').count();
    (message.starts_with("unexpected key or value") && marks > 2).then(|| {
        "something stands behind the end of the text; a quotation mark inside a text is written \\\""
            .to_owned()
    })
}

/// Values of another kind.
fn of_kind(place: &Place<'_>, message: &str) -> Option<String> {
    let expected = message.strip_prefix("invalid ")?.rsplit_once("expected ")?.1;
    let inner = place.value.trim_matches(['"', '\'']);
    match expected {
        "a sequence" if place.line.starts_with('[') => {
            let name = place.line.trim_matches(['[', ']']);
            Some(format!("there can be several of these; write two brackets: [[{name}]]"))
        }
        "a sequence" => {
            let example = place.example(&format!("[{}]", place.value));
            Some(format!("a list is expected; put the value in square brackets{example}"))
        }
        "a boolean" if inner == "true" => Some("remove the quotation marks: true".to_owned()),
        "a boolean" => Some("write true or false".to_owned()),
        "u8" | "u16" | "u32" | "u64" | "usize" => {
            let whole = inner.parse::<u32>().is_ok() && message.contains("string \"");
            Some(if whole {
                format!("remove the quotation marks{}", place.example(inner))
            } else {
                "write a whole number, 0 or more, without quotation marks".to_owned()
            })
        }
        _ => None,
    }
}

/// Brackets, commas and equals signs.
fn of_shape(place: &Place<'_>, message: &str) -> Option<String> {
    let begins = |start: &str| message.starts_with(start);
    let is_behind_mark =
        place.before.ends_with('"') && place.rest.starts_with(char::is_alphanumeric);
    let reason = if is_behind_mark && begins("missing comma") {
        "something stands behind the end of the text; a quotation mark inside a text is written \\\""
    } else if begins("key with no value") && place.line.contains(':') {
        "write = between name and value, not a colon"
    } else if begins("key with no value") || begins("invalid unquoted key") {
        "this line is not of the form name = value; a text stands on one line, and a note begins \
         with #"
    } else if begins("missing comma") {
        "a comma is missing between two entries of a list (or the list above is not closed: add ])"
    } else if begins("unclosed array table") || begins("unclosed table") {
        "a bracket is missing at the end of this line"
    } else if begins("unclosed array") {
        "the list is not closed; add ] at its end"
    } else if begins("unclosed inline table") {
        "the braces are not closed; add } at the end"
    } else if begins("unexpected key or value") {
        "something stands behind the value; begin a new line for it, or remove it"
    } else {
        return None;
    };
    Some(reason.to_owned())
}

/// The part of `message` between `start`, with which it begins, and the next backquote.
fn between<'a>(message: &'a str, start: &str) -> Option<&'a str> {
    message.strip_prefix(start)?.split('`').next()
}

/// A year and two numbers of at most two digits, parted as people part the numbers of a day.
fn looks_like_a_day(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['-', '/', '.']).collect();
    let is_number = |it: &&str| it.chars().all(|digit| digit.is_ascii_digit());
    let years = parts.iter().filter(|it| it.len() == 4).count();
    let others = parts.iter().filter(|it| matches!(it.len(), 1 | 2)).count();
    (years, others) == (1, 2) && parts.iter().all(is_number)
}
