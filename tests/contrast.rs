//! Every pair of colors that can meet on the screen, in every theme, by the formula of WCAG 2.2.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]
#![expect(clippy::print_stdout, reason = "how near the limits the tokens are")]

use std::collections::BTreeMap;
use std::fs;

use regex::Regex;

/// Text of any size (WCAG 1.4.3).
const TEXT: f64 = 4.5;
/// Controls, bars and the focus ring (WCAG 1.4.11).
const CONTROL: f64 = 3.0;

/// What is written, and on what.
const WRITTEN: [(&str, &[&str]); 6] = [
    ("text", &["page", "surface", "primary-soft", "caution-soft", "urgent-soft"]),
    ("muted", &["page", "surface", "primary-soft"]),
    ("primary", &["page", "surface", "primary-soft", "caution-soft", "urgent-soft"]),
    ("on-primary", &["primary"]),
    ("caution", &["page", "surface", "caution-soft"]),
    ("urgent", &["page", "surface", "urgent-soft"]),
];
/// What is drawn to be pressed, filled or found, and beside what. (Lines between things only
/// decorate.)
const DRAWN: [(&str, &[&str]); 5] = [
    ("edge", &["page", "surface"]),
    ("focus", &["page", "surface", "primary-soft", "caution-soft", "urgent-soft"]),
    ("primary", &["page", "surface", "primary-soft", "line"]),
    ("caution", &["page", "surface", "caution-soft"]),
    ("urgent", &["page", "surface", "urgent-soft"]),
];

type Tokens = BTreeMap<String, String>;

fn style() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/style/tokens.css");
    fs::read_to_string(path).expect("the tokens are there")
}

/// The custom properties of the first rule whose selector this is.
fn rule(style: &str, selector: &str) -> Tokens {
    let rest = style.split_once(&format!("{selector} {{")).expect(selector).1;
    let body = rest.split_once('}').expect("the rule ends").0;
    let declaration = Regex::new(r"--([a-z0-9-]+):\s*([^;]+);").expect("a pattern");
    declaration.captures_iter(body).map(|it| (it[1].to_owned(), it[2].to_owned())).collect()
}

/// A token's value, references followed.
fn value<'a>(tokens: &'a Tokens, name: &str) -> &'a str {
    let value = tokens.get(name).unwrap_or_else(|| panic!("there is no --{name}"));
    match value.strip_prefix("var(--").and_then(|it| it.strip_suffix(')')) {
        Some(other) => self::value(tokens, other),
        None => value,
    }
}

fn is_color(value: &str) -> bool {
    value.len() == 7 && value.starts_with('#')
}

/// Relative luminance of `#rrggbb`.
fn luminance(color: &str) -> f64 {
    assert!(is_color(color), "{color} is not written as #rrggbb");
    let channel = |at: usize| {
        let value = u8::from_str_radix(&color[at..at + 2], 16).expect("two hexadecimal digits");
        let value = f64::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn themes() -> [(&'static str, Tokens); 3] {
    let style = style();
    let light = rule(&style, ":root");
    let over = |selector| {
        let mut tokens = light.clone();
        tokens.extend(rule(&style, selector));
        tokens
    };
    let dark = over(r#":root[data-theme="dark"]"#);
    let calm = over(r#":root[data-theme="calm"]"#);
    [("light", light), ("dark", dark), ("calm", calm)]
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
}

#[test]
fn every_pair_is_readable_in_every_theme() {
    let mut low = Vec::new();
    for (theme, tokens) in themes() {
        for (pairs, least) in [(&WRITTEN[..], TEXT), (&DRAWN[..], CONTROL)] {
            let mut lowest = (f64::INFINITY, String::new());
            for (name, grounds) in pairs {
                for ground in *grounds {
                    let ratio = contrast(value(&tokens, name), value(&tokens, ground));
                    let said = format!("{theme}: {name} on {ground} is {ratio:.2}");
                    if ratio < least {
                        low.push(format!("{said}, less than {least}"));
                    }
                    if ratio < lowest.0 {
                        lowest = (ratio, said);
                    }
                }
            }
            println!("lowest (at least {least}): {}", lowest.1);
        }
    }
    assert!(low.is_empty(), "{low:#?}");
}

#[test]
fn every_color_is_looked_at_and_every_theme_sets_all() {
    let [(_, light), ..] = themes();
    let known = |name: &str| {
        [&WRITTEN[..], &DRAWN[..]]
            .concat()
            .iter()
            .any(|(it, grounds)| *it == name || grounds.contains(&name))
    };
    let style = style();
    let dark = rule(&style, r#":root[data-theme="dark"]"#);
    let calm = rule(&style, r#":root[data-theme="calm"]"#);
    for (name, _) in light.iter().filter(|(_, value)| is_color(value)) {
        assert!(known(name), "--{name} is a color; add what it meets to this test");
        for (theme, tokens) in [("dark", &dark), ("calm", &calm)] {
            assert!(tokens.contains_key(name), "the {theme} theme has no --{name}");
        }
    }
}

#[test]
fn dark_is_the_same_chosen_or_asked_for_by_the_system() {
    let style = style();
    let chosen = rule(&style, r#":root[data-theme="dark"]"#);
    assert_eq!(rule(&style, ":root:not([data-theme])"), chosen);
}
