//! What other sites build on: the size of `public/embed.js`, and its surface, word for word. Changing
//! a list here changes what their pages may rely on.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

use std::fs;

use regex::Regex;

/// Attributes of the element.
const ATTRIBUTES: [&str; 8] =
    ["accent", "lang", "location", "max-height", "sections", "src", "theme", "title"];
/// Its events, without `migraine-guide:`.
const EVENTS: [&str; 6] = ["assessment-complete", "error", "ready", "resize", "step", "submitted"];
/// Its own methods.
const METHODS: [&str; 2] = ["focus", "scrollToSection"];
/// What the host may send into the frame.
const SENT: [&str; 3] = ["focus", "scroll", "theme"];

/// Bytes that a site fetches, Brotli 11.
const MOST: usize = 2048;

fn read(path: &str) -> String {
    let path = [env!("CARGO_MANIFEST_DIR"), "/", path].concat();
    fs::read_to_string(&path).expect(&path)
}

/// What the first group of a pattern finds, in alphabetical order, once each.
fn all(text: &str, pattern: &str) -> Vec<String> {
    let pattern = Regex::new(pattern).expect("a pattern");
    let mut found: Vec<String> = pattern.captures_iter(text).map(|it| it[1].to_owned()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn the_script_is_small() {
    let script = read("public/embed.js");
    let best = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut script.as_bytes(), &mut packed, &best).expect("packed");
    assert!(packed.len() <= MOST, "public/embed.js takes {} bytes of {MOST}", packed.len());
}

#[test]
fn the_types_tell_the_whole_surface() {
    let types = read("public/embed.d.ts");
    let (attributes, rest) = types.split_once("MigraineGuideEventMap").expect("events");
    assert_eq!(all(attributes, r#"(?m)^  "?([a-z-]+)"?\?:"#), ATTRIBUTES);
    assert_eq!(all(rest, r#""migraine-guide:([a-z-]+)":"#), EVENTS);
    assert_eq!(all(rest, r"(?m)^  (\w+)\(.*\): void;"), METHODS);
}

#[test]
fn the_script_reads_and_tells_that_and_no_more() {
    let script = read("public/embed.js");
    let asked = all(&script, r"of (\[.*\])\) \{").concat();
    let mut attributes = all(&asked, r#""([a-z-]+)""#);
    attributes.extend(all(&script, r#"read\("([a-z-]+)"\)"#));
    attributes.sort_unstable();
    assert_eq!(attributes, ATTRIBUTES);
    assert_eq!(all(&script, r#"send\("([a-z-]+)""#), SENT);
    for forbidden in ["globalThis", "window.", "eval", "innerHTML", "localStorage", "cookie"] {
        assert!(!script.contains(forbidden), "{forbidden} has no place in public/embed.js");
    }

    let frame = read("src/scripts/frame.js");
    assert_eq!(all(&frame, r#"type === "([a-z-]+)""#), SENT);
    let (_, passed) = frame.split_once("const PASSED = {").expect("what is passed on");
    let (passed, _) = passed.split_once("};").expect("an end");
    let mut events = all(passed, r#"(?m)^  "?([a-z-]+)"?:"#);
    events.extend(["ready".to_owned(), "resize".to_owned()]);
    events.sort_unstable();
    assert_eq!(events, EVENTS);
    assert_eq!(all(passed, r#"\[(.*)\]"#), ["", "\"code\"", "\"index\", \"of\"", "\"reference\""]);
}
