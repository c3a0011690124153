//! The reading grade of each section of each page, by Flesch and Kincaid (1975): the years of school that
//! its text requires.
//!
//! 0.39 · words per sentence + 11.8 · syllables per word − 15.59. A paragraph, an entry of a list
//! and a cell of a table end a sentence; headings, references, words in drawings and the panels do
//! not count.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use migraine_guide::pages::render;
use regex::Regex;
use scraper::{ElementRef, Html, Selector};

use crate::html::{all, attribute, content, only};
use crate::syllables::Syllables;

/// The highest grade of a section, as a US school grade.
const HIGHEST: f64 = 8.0;
/// Elements whose text ends a sentence.
const BLOCKS: &str = "p, li, td, tbody th[scope=row], figcaption strong, figcaption .note";
/// Elements whose text does not count.
const APART: &str = "svg, .panel, .diary, .meaning, noscript, sup, nav, .meta, .actions, .home";

/// Words, sentences and syllables.
#[derive(Clone, Copy, Default)]
struct Counts {
    words: usize,
    sentences: usize,
    syllables: usize,
}

impl Counts {
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    fn grade(self) -> f64 {
        let per = |one: usize, other: usize| one as f64 / other as f64;
        0.39 * per(self.words, self.sentences) + 11.8 * per(self.syllables, self.words) - 15.59
    }

    fn add(&mut self, other: Self) {
        self.words += other.words;
        self.sentences += other.sentences;
        self.syllables += other.syllables;
    }
}

struct Reading {
    syllables: Syllables,
    /// Points that end no sentence.
    abbreviation: Regex,
    end: Regex,
}

impl Reading {
    fn new() -> Self {
        let pattern = |it: &str| Regex::new(it).expect("a pattern");
        Self {
            syllables: Syllables::new(),
            abbreviation: pattern(r"\b([A-Z]|M\.D|Dr)\."),
            end: pattern(r#"[.!?]+[”")]*(\s|$)"#),
        }
    }

    fn counts(&self, block: &str) -> Counts {
        let words = block.split_whitespace().filter(|it| it.contains(char::is_alphanumeric));
        let syllables = words.clone().map(|word| self.syllables.of(word)).sum();
        let words = words.count();
        if words == 0 {
            return Counts::default();
        }
        let plain = self.abbreviation.replace_all(block, "$1");
        Counts { words, sentences: self.end.find_iter(&plain).count().max(1), syllables }
    }

    fn of(&self, element: ElementRef<'_>) -> Counts {
        let (blocks, apart) = (selector(BLOCKS), selector(APART));
        let mut counts = Counts::default();
        for block in element.select(&blocks).filter(|it| !is_within(*it, &apart)) {
            // A block inside this one counts by itself.
            let text: String = own_text(block, &blocks, &apart);
            counts.add(self.counts(&text));
        }
        counts
    }
}

fn selector(of: &str) -> Selector {
    Selector::parse(of).expect("a selector")
}

fn is_within(element: ElementRef<'_>, places: &Selector) -> bool {
    element.ancestors().filter_map(ElementRef::wrap).any(|it| places.matches(&it))
        || places.matches(&element)
}

fn own_text(block: ElementRef<'_>, blocks: &Selector, apart: &Selector) -> String {
    let mut text = String::new();
    for node in block.children() {
        if let Some(words) = node.value().as_text() {
            text.push_str(words);
        } else if let Some(element) = ElementRef::wrap(node)
            && !blocks.matches(&element)
            && !apart.matches(&element)
        {
            text.push_str(&own_text(element, blocks, apart));
        }
    }
    text
}

#[test]
fn no_section_asks_more_than_eight_years_of_school() {
    let content = content();
    let reading = Reading::new();
    let (mut high, mut figures) = (Vec::new(), String::new());
    for (article, kind) in content.every_page().filter(|(page, _)| !page.front.unlisted) {
        let page = Html::parse_document(&render(&content, article, kind).expect("rendered"));
        let sections = all(&page, "article > section:not(.references, .recent)");
        let mut whole = Counts::default();
        for section in [only(&page, ".opening")].into_iter().chain(sections) {
            let counts = reading.of(section);
            whole.add(counts);
            let name = match attribute(section, "id") {
                "" => "opening",
                id => id,
            };
            let said = format!("{}: {name}: grade {:.1}", article.slug, counts.grade());
            let _ = writeln!(figures, "{said} ({} words)", counts.words);
            if counts.grade() > HIGHEST {
                high.push(said);
            }
        }
        let (grade, words) = (whole.grade(), whole.words);
        let _ = writeln!(figures, "{}: all of it: grade {grade:.1} ({words} words)", article.slug);
    }
    // Past what keeps the output of tests that pass.
    let _ = io::stdout().write_all(figures.as_bytes());
    assert!(high.is_empty(), "shorter sentences, plainer words: {high:#?}");
}

#[test]
fn a_grade_is_what_the_formula_says() {
    let reading = Reading::new();
    // 6 words, 1 sentence, 6 syllables; then 18 words, 1 sentence, 32 syllables.
    let easy = reading.counts("The cat sat on the mat.");
    assert_eq!((easy.words, easy.sentences, easy.syllables), (6, 1, 6));
    assert!((easy.grade() - -1.45).abs() < 0.001, "{}", easy.grade());
    let hard = reading.counts(
        "The administration of anesthetic medication necessitates continuous observation, \
         notwithstanding individual variability in the patient population.",
    );
    assert!(hard.grade() > 20.0, "{}", hard.grade());
    // Neither initials nor a decimal point end a sentence.
    let names = reading.counts("Clayton L. Allison, M.D., saw 4.8 on average. It fell.");
    assert_eq!(names.sentences, 2);
}

#[test]
fn lists_and_tables_are_counted_once_and_panels_not_at_all() {
    let page = Html::parse_fragment(
        "<section><h2>Not this</h2><p>One two.</p><ul><li>three<ul><li>four</li></ul></li></ul>\
         <figure><svg><text>not this</text></svg><figcaption><strong>Five</strong></figcaption>\
         <table><thead><tr><th>not this</th></tr></thead><tbody><tr><th scope=row>six</th>\
         <td>seven eight<sup>1</sup></td></tr></tbody></table></figure>\
         <div class=panel><p>Not this.</p></div></section>",
    );
    let counts = Reading::new().of(only(&page, "section"));
    assert_eq!((counts.words, counts.sentences), (8, 6));
}
