//! The decision aid: every option answers the same, with both numbers; mistakes in its files name file, line, reason.

use std::collections::HashSet;

use guide_core::source::{Check, Mistake, parse};
use migraine_guide::content::Content;
use migraine_guide::content::decision_aid::diary::Diary;
use migraine_guide::content::decision_aid::matters::Matters;
use migraine_guide::content::decision_aid::options::Options;
use migraine_guide::content::decision_aid::take_along::TakeAlong;
use migraine_guide::content::glossary::Glossary;
use migraine_guide::content::markdown::{self, Article, Insert, Part, Shared};
use migraine_guide::content::routes::Kind;
use scraper::{ElementRef, Html, Selector};
use serde::de::DeserializeOwned;

use crate::html::{all, attribute, content, only, page, text};

fn further(content: &Content, slug: &str) -> Html {
    let article = content.pages.iter().find(|it| it.slug == slug).expect(slug);
    page(content, article, Kind::Further)
}

fn within<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("a selector")).collect()
}

/// The value of a row of an option.
fn row<'a>(option: ElementRef<'a>, name: &str) -> ElementRef<'a> {
    let rows = within(option, "dl > div");
    let row = rows.into_iter().find(|it| text(within(*it, "dt")[0]) == name).expect(name);
    within(row, "dd")[0]
}

#[test]
fn every_option_has_the_same_rows_in_the_same_order_and_none_is_empty() {
    let content = content();
    let compare = further(&content, "compare");
    let options = all(&compare, ".options > .option");
    assert_eq!(options.len(), content.decision_aid.options.options.len());
    let names = |option: &ElementRef<'_>| -> Vec<String> {
        within(*option, "dt").into_iter().map(text).collect()
    };
    for option in &options {
        assert_eq!(names(option), names(&options[0]));
        for value in within(*option, "dd") {
            assert!(!text(value).is_empty(), "{}", text(*option));
        }
    }
    // Nothing singles out the one that the clinic offers but the sentence that it does.
    let offered = all(&compare, ".option .offered");
    assert_eq!(offered.len(), 1);
    let card = only(&compare, "#option-ketamine");
    assert_eq!(within(card, ".offered").len(), 1);
    assert!(options.iter().all(|it| attribute(*it, "class") == "option"));
}

#[test]
fn no_option_has_more_than_twice_the_space_of_ketamine_or_ketamine_than_it() {
    let content = content();
    let compare = further(&content, "compare");
    let words = |option: ElementRef<'_>| text(option).split(' ').count();
    let ketamine = words(only(&compare, "#option-ketamine"));
    let longest = all(&compare, ".option").into_iter().map(words).max().expect("options");
    // A treatment with several trials has more numbers, which are what there is to say.
    assert!(ketamine <= longest && longest <= 2 * ketamine, "{ketamine} of {longest}");
}

#[test]
fn a_number_never_stands_without_that_of_the_comparison_and_both_are_said_in_both_ways() {
    let content = content();
    let compare = further(&content, "compare");
    let mut seen = 0;
    for option in &content.decision_aid.options.options {
        let card = only(&compare, &format!("#option-{}", option.id));
        let cell = text(row(card, &content.decision_aid.options.rows.days));
        assert_eq!(option.days.is_empty(), option.no_days.is_some());
        for days in &option.days {
            for number in [days.without, days.with] {
                let both = format!(
                    "{number} of 100 had their days cut by half. {} of 100 did not.",
                    100 - number
                );
                assert!(cell.contains(&both), "{}: {cell}", option.id);
                seen += 1;
            }
        }
        // As many drawings, and as many dots.
        let drawings = within(card, "svg.dots");
        assert_eq!(drawings.len(), 2 * option.days.len());
        for (drawing, number) in
            drawings.into_iter().zip(option.days.iter().flat_map(|it| [it.without, it.with]))
        {
            let dots = |path: ElementRef<'_>| -> usize {
                let lines = attribute(path, "d").split('M').skip(1);
                lines
                    .map(|line| {
                        let length = line.split('h').nth(1).expect("a line");
                        length
                            .split('.')
                            .next()
                            .and_then(|it| it.parse::<usize>().ok())
                            .expect("dots")
                            + 1
                    })
                    .sum()
            };
            let paths = within(drawing, "path");
            assert_eq!(dots(paths[0]), usize::from(number));
            assert_eq!(dots(paths[1]), 100 - usize::from(number));
            let title = attribute(drawing, "aria-labelledby");
            assert!(text(only(&compare, &format!("#{title}"))).contains(&number.to_string()));
        }
    }
    assert!(seen >= 20, "{seen} numbers");
    assert!(text(only(&compare, "#option-ketamine")).contains("No such number exists"));
}

#[test]
fn the_table_leads_to_every_option() {
    let content = content();
    let compare = further(&content, "compare");
    let links = all(&compare, ".options-table th a");
    assert_eq!(links.len(), content.decision_aid.options.options.len());
    for link in links {
        only(&compare, attribute(link, "href"));
    }
}

#[test]
fn every_source_of_an_option_is_cited_and_leads_back() {
    let content = content();
    let compare = further(&content, "compare");
    for option in &content.decision_aid.options.options {
        let card = only(&compare, &format!("#option-{}", option.id));
        let cited: HashSet<&str> =
            within(card, ".citation a").into_iter().map(|it| attribute(it, "href")).collect();
        for source in &option.sources {
            assert!(cited.contains(&*format!("#ref-{source}")), "{}: {source}", option.id);
        }
    }
    for citation in all(&compare, ".citation a") {
        only(&compare, attribute(citation, "href"));
    }
    for back in all(&compare, ".references .back") {
        only(&compare, attribute(back, "href"));
    }
}

#[test]
fn the_page_says_who_paid_for_it_and_what_it_is_not() {
    let compare = text(further(&content(), "compare").root_element());
    for words in [
        "paid for this page",
        "earns money by it",
        "No outside body has given it a certificate",
        "not yet been tested with patients",
        "Do not rank one trial against another",
        "Next check by",
    ] {
        assert!(compare.contains(words), "{words}");
    }
}

#[test]
fn every_control_of_the_diary_has_a_name_and_a_label() {
    let content = content();
    let diary = further(&content, "diary");
    let mut names = HashSet::new();
    for control in all(&diary, "#diary [name]") {
        assert!(names.insert(attribute(control, "name")), "{}", attribute(control, "name"));
        match control.attr("aria-labelledby") {
            Some(labels) => {
                for id in labels.split(' ') {
                    assert!(!text(only(&diary, &format!("#{id}"))).is_empty());
                }
            }
            None => {
                only(&diary, &format!("#diary label[for={}]", attribute(control, "id")));
            }
        }
    }
    assert_eq!(names.len(), 31 * 11 + 2 + 6);
    assert_eq!(all(&diary, "#diary form, #diary[action]").len(), 0);
}

#[test]
fn every_matter_has_three_answers_a_question_and_rows_that_the_options_have() {
    let content = content();
    let compare = further(&content, "compare");
    let matters = &content.decision_aid.matters.matters;
    assert!(matters.len() >= 10);
    let cards = all(&compare, ".options > .option");
    for (matter, shown) in matters.iter().zip(all(&compare, "#matters-form [data-matter]")) {
        assert_eq!(text(within(shown, "legend")[0]), matter.name);
        let answers: Vec<&str> =
            within(shown, "input").into_iter().map(|it| attribute(it, "value")).collect();
        assert_eq!(answers, ["much", "some", "little"]);
        for row in attribute(shown, "data-rows").split(' ') {
            let has =
                |card: &ElementRef<'_>| within(*card, &format!("[data-row={row}] dd")).len() == 1;
            assert!(cards.iter().all(has), "{row}");
        }
        let question = only(&compare, &format!("#message-matter-{}", matter.id));
        assert_eq!(text(question), matter.question);
    }
}

#[test]
fn a_request_offers_to_include_what_its_page_has_beside_it() {
    let content = content();
    let guide = page(&content, &content.guide, Kind::Guide);
    let compare = further(&content, "compare");
    for (page, offered, not) in [
        (&guide, "include-assessment", "include-matters"),
        (&compare, "include-matters", "include-assessment"),
    ] {
        assert_eq!(all(page, &format!("#request-{offered}, #request-row-{offered}")).len(), 2);
        assert_eq!(all(page, &format!("#request-{not}, #request-row-{not}")).len(), 0);
    }
    // Shown once there is something to include.
    assert_eq!(all(&compare, "#request-matters-offer[hidden]").len(), 1);
    let form = only(&compare, "#matters-form");
    assert_eq!(attribute(form, "data-version"), content.decision_aid.matters.version);
}

#[test]
fn a_matter_cannot_name_a_row_that_options_do_not_have() {
    let content = content();
    let mut matters = content.decision_aid.matters.clone();
    let rows = &content.decision_aid.options.rows;
    assert!(matters.unknown_rows(rows).is_empty());
    matters.matters[1].rows.push("speed".to_owned());
    let found = matters.unknown_rows(rows);
    assert_eq!(found.len(), 1);
    assert!(found[0].reason.contains("no row \"speed\"; there are approval, "), "{found:?}");
}

#[test]
fn pages_of_the_decision_aid_alone_have_the_words_for_reading_aloud() {
    let content = content();
    for (article, kind) in content.every_page() {
        let page = page(&content, article, kind);
        let words = all(&page, "#message-read-aloud").len();
        assert_eq!(words, usize::from(article.is_decision_aid()), "{}", article.slug);
    }
}

#[test]
fn questions_to_take_along_have_room_for_the_answer() {
    let content = content();
    let page = further(&content, "take-along");
    let groups = &content.decision_aid.take_along.groups;
    let questions = groups.iter().map(|it| it.questions.len()).sum::<usize>();
    assert_eq!(all(&page, ".take-along li input[type=checkbox]").len(), questions);
    assert_eq!(all(&page, ".take-along li .answer").len(), questions);
}

fn shared(glossary: &Glossary) -> Shared<'_> {
    Shared { glossary: Some(glossary), ..Shared::default() }
}

fn glossary(terms: &str) -> Glossary {
    parse("glossary.toml", terms).expect("a glossary")
}

const AURA: &str =
    "[[terms]]\nid = \"aura\"\nterm = \"aura\"\nalso = [\"auras\"]\nmeaning = \"A sign & more.\"\n";

fn article(text: &str) -> Article {
    read(text).expect("an article")
}

fn read(text: &str) -> Result<Article, Vec<Mistake>> {
    let front = "+++\ntitle = \"A\"\ndescription = \"B\"\nlede = \"C\"\ndate = 2026-11-29\nreviewed-by = \"\"\n+++\n\n";
    let terms = glossary(AURA);
    markdown::parse("a.md", "a", &[front, text].concat(), shared(&terms))
}

#[test]
fn matters_without_options_had_no_list() {
    let found =
        read("Text.\n\n## More {#more}\n\n```insert\nmatters\n```\n").expect_err("a mistake");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].reason.contains("put the insert options above it"), "{found:#?}");
}

fn html(article: &Article) -> String {
    let parts = article.sections.iter().flat_map(|it| &it.parts);
    let html = parts.map(|it| if let Part::Html(html) = it { &**html } else { "" });
    [&*article.opening].into_iter().chain(html).collect()
}

#[test]
fn a_word_is_explained_where_it_first_stands_and_nowhere_else() {
    let once = html(&article("An Aura, and auras.\n\n## More {#more}\n\nAn aura.\n"));
    assert_eq!(once.matches("<button").count(), 1, "{once}");
    assert!(once.contains("popovertarget=\"word-aura\">Aura</button>"), "{once}");
    assert!(once.contains("popover id=\"word-aura\">A sign &amp; more.</span>"), "{once}");
}

#[test]
fn a_word_in_a_link_or_a_heading_or_with_its_meaning_behind_it_stays_text() {
    for (text, buttons) in [
        ("See [the aura](https://example.org/).\n", 0),
        ("See [the aura](https://example.org/), an aura.\n", 1),
        ("Text.\n\n## Its aura {#aura}\n\nText.\n", 0),
        ("An aura (a sign) and the aura.\n", 0),
        ("Not a flaura, nor aural.\n", 0),
        ("**Aura.** Bold.\n", 1),
    ] {
        assert_eq!(html(&article(text)).matches("<button").count(), buttons, "{text}");
    }
}

#[test]
fn every_word_of_the_glossary_is_listed_and_explained_in_the_same_words() {
    let content = content();
    let words = further(&content, "words");
    for term in &content.glossary.terms {
        only(&words, &format!(".glossary dt[id=\"{}\"]", term.id));
    }
    let mut seen = 0;
    for (article, kind) in content.every_page() {
        let page = page(&content, article, kind);
        for button in all(&page, "button.word") {
            seen += 1;
            let meaning = only(&page, &format!("#{}", attribute(button, "popovertarget")));
            let id = attribute(button, "popovertarget").trim_start_matches("word-");
            let term = content.glossary.terms.iter().find(|it| it.id == id).expect(id);
            assert_eq!(text(meaning), term.meaning);
            assert!(meaning.attr("popover").is_some());
        }
    }
    assert!(seen >= content.glossary.terms.len(), "{seen} buttons");
}

/// The only mistake in a file of the content in which one text is replaced by another.
fn mistake<T: DeserializeOwned + Check>(file: &str, from: &str, to: &str) -> (String, String) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/en").join(file);
    let text = std::fs::read_to_string(path).expect(file);
    assert!(text.contains(from), "{file} no longer holds {from:?}");
    let text = text.replacen(from, to, 1);
    let found = parse::<T>(file, &text).err().expect("a mistake");
    assert_eq!(found.len(), 1, "{found:#?}");
    let line = text.lines().nth(found[0].line - 1).unwrap_or_default();
    (line.to_owned(), found[0].reason.clone())
}

#[test]
fn a_mistake_in_a_file_of_the_decision_aid_names_its_line_and_what_to_do() {
    let cases = [
        mistake::<Options>("options.toml", "without = 28", "without = 128"),
        mistake::<Options>("options.toml", "id = \"usual-care\"", "id = \"waiting\""),
        mistake::<Options>("options.toml", "certainty = \"high\"", "certainty = \"sure\""),
        mistake::<Options>("options.toml", "next-review = 2027-05-29", "next-review = 2026-05-29"),
        mistake::<Options>("options.toml", "{rest} of 100 did not.", "The rest did not."),
        mistake::<Options>("options.toml", "\"Show all options\"", "\"Show all options {off}\""),
        mistake::<Options>("options.toml", "\"a sham device\"", "\"a sham {option}\""),
        mistake::<Matters>("matters.toml", "rows = [\"soon\"]", "rows = []"),
        mistake::<Matters>("matters.toml", "version = \"2026.12\"", "version = \"of today\""),
        mistake::<Matters>("matters.toml", "id = \"soon\"", "id = \"fewer-days\""),
        mistake::<Matters>("matters.toml", "Ask: {question}", "Ask"),
        mistake::<TakeAlong>("take-along.toml", "id = \"clinic\"", "id = \"treatment\""),
        mistake::<Diary>("diary.toml", "letter = \"R\"", "letter = \"Y\""),
        mistake::<Glossary>("glossary.toml", "term = \"aura\"", "term = \"antibody\""),
    ];
    for (found, (line, reason)) in cases.iter().zip([
        ("without = 128", "0 to 100"),
        ("id = \"waiting\"", "waiting"),
        ("certainty = \"sure\"", "unknown value `sure`"),
        ("next-review = 2026-05-29", "comes after"),
        ("without = \"With {comparison}", "needs the gap {rest}"),
        ("all = \"Show all options {off}\"", "nothing fills the gap {off}"),
        ("sham = \"a sham {option}\"", "nothing fills the gap {option}"),
        ("rows = []", "name the rows"),
        ("version = \"of today\"", "a version without spaces"),
        ("id = \"fewer-days\"", "fewer-days"),
        ("ask = \"Ask\"", "needs the gap {question}"),
        ("id = \"treatment\"", "treatment"),
        ("[lights.green]", "letter of its own"),
        ("term = \"antibody\"", "explained under antibody"),
    ]) {
        assert!(found.0.contains(line), "{found:?}");
        assert!(found.1.contains(reason), "{found:?}");
    }
}

#[test]
fn a_word_that_is_nowhere_is_a_mistake() {
    let terms = glossary(AURA);
    assert_eq!(terms.unused(&HashSet::new()).len(), 1);
    assert_eq!(terms.unused(&article("An aura.\n").terms).len(), 0);
}

#[test]
fn only_pages_with_its_inserts_are_of_the_decision_aid() {
    let content = content();
    let of_it = |it: &&Article| it.is_decision_aid();
    let slugs: HashSet<&str> = content.pages.iter().filter(of_it).map(|it| &*it.slug).collect();
    assert_eq!(slugs, HashSet::from(["compare", "diary", "take-along", "words"]));
    assert!(
        !content.guide.is_decision_aid() && !content.articles.iter().any(|it| it.is_decision_aid())
    );
    assert!(!content.guide.has(&Insert::Diary));
}
