//! Mistakes in the Markdown of an article name line and reason. (`tests/content/` has those that
//! need all of the content.)

use migraine_guide::content::markdown::{Article, parse};

const FRONT: &str = "+++\ntitle = \"T\"\ndescription = \"D\"\nlede = \"L\"\ndate = 2026-11-23\n\
    reviewed-by = \"\"\n+++\n";
/// Lines that it takes.
const LINES: usize = 7;

fn read(body: &str) -> Result<Article, Vec<(usize, String)>> {
    let mistakes = |found: Vec<guide_core::source::Mistake>| {
        found.into_iter().map(|it| (it.line - LINES, it.reason)).collect()
    };
    parse("article.md", "article", &[FRONT, body].concat(), None).map_err(mistakes)
}

/// Asserts that this is the one mistake, in this line of the body.
#[track_caller]
fn one(body: &str, line: usize, reason: &str) {
    let found = read(body).expect_err("a mistake");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].1.contains(reason), "{}", found[0].1);
    assert_eq!(found[0].0, line, "{}", found[0].1);
}

#[test]
fn two_headings_with_one_name() {
    one(
        "## One {#one}\n\n## One {#other}\n",
        3,
        "two headings are called \"One\", here and in line 8",
    );
    // At any level, in whichever letters: a reader who lists the headings could not tell them apart.
    one("## One {#one}\n\n### Risks\n\n## Two {#two}\n\n### risks\n", 7, "two headings are called");
}

#[test]
fn two_headings_with_one_id() {
    one("## One {#one}\n\n### Two {#one}\n", 3, "two headings have the id \"one\"");
}

#[test]
fn an_id_of_the_page_itself() {
    for id in ["references", "recent-articles", "request-name", "sessions-heading"] {
        let body = format!("## One {{#{id}}}\n");
        one(&body, 1, "the page itself uses ids");
    }
    one("## One {#One_More}\n", 1, "only small letters, digits and dashes");
}

#[test]
fn a_heading_level_that_is_skipped() {
    one("## One {#one}\n\n#### Two\n", 3, "a heading level is skipped; use ###");
    one("# One\n", 1, "the title stands in the front matter");
}

#[test]
fn a_heading_that_is_more_than_text() {
    let body = "## One [two](https://example.org/) {#one}\n";
    one(body, 1, "a heading is plain text");
    one("## One[^a] {#one}\n\ntwo[^a]\n\n[^a]: A.\n", 1, "a heading is plain text");
}

#[test]
fn a_citation_without_an_entry_wherever_it_stands() {
    one("One\ntwo[^a].\n", 2, "[^a] has no entry");
    one("- one\n- two[^a]\n", 2, "[^a] has no entry");
    // Every one of them is named.
    let found = read("One[^a] two.\n\nThree[^b].\n").expect_err("mistakes");
    assert_eq!(found.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn an_entry_that_nobody_cites_twice_or_that_cites() {
    one("One.\n\n[^a]: A.\n", 3, "never cited");
    one("One[^a].\n\n[^a]: A.\n\n[^a]: B.\n", 5, "two entries");
    one("One[^a].[^b]\n\n[^a]: A.[^b]\n\n[^b]: B.\n", 3, "may not cite another");
}

#[test]
fn an_image_without_a_text() {
    let found = read("One.\n\n![](brain.png)\n").expect_err("a mistake");
    assert!(found.contains(&(3, "an image needs a text for those who cannot see it".to_owned())));
}

#[test]
fn an_image_that_cannot_be_shown() {
    one("One.\n\n![A brain](brain.png)\n", 3, "the image \"brain.png\" cannot be read");
    for elsewhere in ["https://example.org/brain.png", "../brain.png", "/brain.png", "brain.tiff"] {
        one(&format!("![A brain]({elsewhere})\n"), 1, "put a file that ends in .avif");
    }
    let body = "One[^a].\n\n[^a]: ![A brain](brain.png)\n";
    one(body, 3, "an image does not stand in an entry");
}

#[test]
fn an_address_goes_on_in_a_new_line_after_a_slash() {
    let article =
        read("See [doi.org/10.1/x](https://doi.org/10.1/x), and and/or.\n").expect("none");
    assert!(article.opening.contains(">doi.org/<wbr>10.1/<wbr>x</a>"), "{}", article.opening);
    assert!(article.opening.contains("and/or"), "{}", article.opening);
}

#[test]
fn front_matter_that_says_nothing() {
    let empty = FRONT.replace("\"D\"", "\" \"");
    let found = parse("article.md", "article", &empty, None).expect_err("a mistake");
    assert_eq!((found[0].line, &*found[0].reason), (3, "the front matter needs a description"));
    let hour = FRONT.replace("2026-11-23", "12:00:00");
    let found = parse("article.md", "article", &hour, None).expect_err("a mistake");
    assert_eq!(found[0].line, 5);
    assert!(found[0].reason.contains("year, month and day"), "{}", found[0].reason);
}

#[test]
fn mistakes_come_in_the_order_of_the_file() {
    let found = read("One[^a].\n\n#### Two\n\n<b>three</b>\n").expect_err("mistakes");
    let lines: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    assert!(lines.is_sorted(), "{found:#?}");
    assert!(found.len() >= 3, "{found:#?}");
}

#[test]
fn a_subsection_can_be_linked_to_and_words_are_those_of_the_text() {
    let article = read(
        "One two.\n\n## Three {#three}\n\n### Four {#four}\n\nFive[^a] six.\n\n[^a]: No word.\n",
    );
    let article = article.expect("no mistake");
    assert!(article.ids.contains("three") && article.ids.contains("four"));
    assert_eq!(article.words, 6);
}
