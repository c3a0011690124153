//! Mistakes in the Markdown of an article name line and reason. (`tests/content/` has those that
//! need all of the content.)

use migraine_guide::content::markdown::{Article, Shared, parse};

const FRONT: &str = "+++\ntitle = \"T\"\ndescription = \"D\"\nlede = \"L\"\ndate = 2026-11-23\n\
    reviewed-by = \"\"\n+++\n";
/// Lines that it takes.
const LINES: usize = 7;

fn read(body: &str) -> Result<Article, Vec<(usize, String)>> {
    let mistakes = |found: Vec<guide_core::source::Mistake>| {
        found.into_iter().map(|it| (it.line - LINES, it.reason)).collect()
    };
    parse("article.md", "article", &[FRONT, body].concat(), Shared::default()).map_err(mistakes)
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
    // Every mistake is reported.
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
    one("One.\n\n![A brain](brain.png)\n", 3, "there is no file brain.png beside the article");
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
    let found = parse("article.md", "article", &empty, Shared::default()).expect_err("a mistake");
    assert_eq!((found[0].line, &*found[0].reason), (3, "the front matter needs a description"));
    let hour = FRONT.replace("2026-11-23", "12:00:00");
    let found = parse("article.md", "article", &hour, Shared::default()).expect_err("a mistake");
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

#[test]
fn an_insert_that_is_written_otherwise() {
    one("## One {#one}\n\n```Insert\nself-assessment\n```\n", 3, "write insert in small letters");
    one("## One {#one}\n\n```\nself-assessment\n```\n", 3, "begin it with ```insert");
    one("## One {#one}\n\n```insrt\nself-assessment\n```\n", 3, "begin it with ```insert");
    one(
        "## One {#one}\n\n```insert self-assessment\n```\n",
        3,
        "write its name on a line of its own",
    );
    one("## One {#one}\n\n```insert\n\n```\n", 3, "names nothing");
    one(
        "## One {#one}\n\n```insert\nself-assessment\n\nText.\n",
        3,
        "the block is not closed; add a line ``` below the name",
    );
    for marks in ["'''", "’’’", "``", "´´´"] {
        let body = format!("## One {{#one}}\n\n{marks}insert\nself-assessment\n{marks}\n");
        one(&body, 3, "begins with three backquotes");
    }
    one("## One {#one}\n\n```insert\nSelf-Assessment\n```\n", 3, "write self-assessment");
}

#[test]
fn a_paragraph_that_begins_with_blanks() {
    one("One.\n\n    Two.\n", 3, "begins with four blanks or more");
    one("One.\n\n\tTwo.\n", 3, "begins with four blanks or more");
}

#[test]
fn markdown_that_would_be_shown_as_it_is_written() {
    for (body, reason) in [
        ("##One {#one}", "a blank between the # and the heading"),
        ("##\u{a0}One {#one}", "a blank between the # and the heading"),
        ("## One {#one} more", "the id in braces stands at the end"),
        ("## One (#one)", "a section needs an id"),
        ("Some **bold text.", "two asterisks that are not closed"),
        ("Some ** bold ** text.", "two asterisks that are not closed"),
        ("[a link] (https://example.org/)", "no blank between ] and ("),
        ("[a link](https://example.org/a b)", "an address has no blanks"),
        ("![a picture](a b.png)", "an address has no blanks"),
        ("[a link](https://example.org/", "a link that is not closed"),
        ("| One | Two |", "a table needs a second line"),
        ("Some ~~struck~~ text.", "lines through text are not used"),
        ("Some __bold text.", "two underscores that are not closed"),
        ("Some *text.", "an asterisk that is not closed"),
        ("[a link][name]", "write [text](address)"),
        ("(a link)[https://example.org/]", "the brackets are swapped"),
        ("[](https://example.org/)", "a link needs a text"),
        ("[a link]()", "a link needs an address"),
        ("-one", "begin each entry of a list"),
        ("1.One", "a blank behind the number"),
        ("*[a link](https://example.org/)", "an asterisk that is not closed"),
        ("• one", "begin each entry of a list with - and a blank"),
    ] {
        let found = read(&[body, "\n"].concat()).expect_err(body);
        assert_eq!(found.len(), 1, "{body}: {found:#?}");
        assert_eq!(found[0].0, 1, "{body}");
        assert!(found[0].1.contains(reason), "{body}: {}", found[0].1);
    }
    // All of these are plain text.
    read("2 * 3, [sic], a (b), 50 | 60, a#b, #1, {x}, [1] (see there) and 3 < 4, dollars* and a_b ~ c.\n-5 degrees\n1.5 mg\n").expect("none");
    read("One [sic][^a].\n\n[^a]: A.\n").expect("none");
}

#[test]
fn front_matter_in_the_words_of_other_programs() {
    for (from, to, line, reason) in [
        ("date = 2026-11-23", "date = \"2026-11-23\"", 5, "remove the quotation marks"),
        ("date = 2026-11-23", "date = 11/23/2026", 5, "write year, month and day"),
        ("title = \"T\"", "title = “T”", 2, "these are curly quotation marks"),
        ("title = \"T\"", "title = T", 2, "put the text in quotation marks: title = \"T\""),
        ("title = \"T\"", "title: \"T\"", 2, "write = between name and value"),
        ("title = \"T\"", "Title = \"T\"", 2, "write title, in small letters"),
        ("lede = \"L\"\n", "", 2, "missing field `lede`"),
        ("+++\ntitle", "---\ntitle", 1, "begin the file with a line +++"),
        ("+++\ntitle", "\n+++\ntitle", 1, "begin the file with a line +++"),
        ("\n+++\n", "\n---\n", 1, "a line +++ alone has to end"),
        ("2026-11-23", "2026-11-23T10:00:00", 5, "year, month and day alone"),
    ] {
        let text = [&FRONT.replacen(from, to, 1), "\nText.\n"].concat();
        let found = parse("article.md", "article", &text, Shared::default()).expect_err(to);
        assert_eq!(found.len(), 1, "{to}: {found:#?}");
        assert_eq!(found[0].line, line, "{to}: {}", found[0]);
        assert!(found[0].reason.contains(reason), "{to}: {}", found[0]);
    }
    // Blanks behind the marks are no mistake.
    let text = [&FRONT.replace("+++\n", "+++  \n"), "Text.\n"].concat();
    assert!(parse("article.md", "article", &text, Shared::default()).is_ok_and(|it| it.words == 1));
}

#[test]
fn an_article_or_a_section_without_a_text() {
    one("\n", 0, "there is no text");
    one("## One {#one}\n\n## Two {#two}\n\nText.\n", 1, "nothing stands below this heading");
    one("## One {#one}\n\nText.\n\n## Two {#two}\n", 5, "nothing stands below this heading");
}

#[test]
fn a_citation_that_is_written_otherwise() {
    let found = read("One[a] two^[a].\n\n[^a]: A.\n").expect_err("mistakes");
    assert_eq!(found[0].0, 1, "{found:#?}");
    assert!(found[0].1.contains("write [^a]"), "{found:#?}");
    let found = read("One[^a].\n\n[^a] A.\n").expect_err("mistakes");
    let of_entry = found.iter().find(|(line, _)| *line == 3).expect("of the entry");
    assert!(of_entry.1.contains("a colon right behind the bracket: [^a]: "), "{found:#?}");
}

#[test]
fn a_class_that_has_no_style() {
    one("## One {#one .sumary}\n\nText.\n", 1, "there is only .summary");
}

#[test]
fn a_list_that_was_pasted_from_a_word_processor() {
    for mark in ["–", "—", "−", "\u{2011}", "➢", "§", "o", "(1)", "a.", "a)", "–\t", "o\t", "§\t"]
    {
        let body = format!("Before you come:\n\n{mark} eat\n{mark} drink\n");
        let found = read(&body).expect_err(mark);
        assert!(found.iter().all(|it| it.1.contains("each entry of a list")), "{mark}: {found:#?}");
        assert_eq!(found[0].0, 3, "{mark}");
    }
    // With an empty line between the entries, or entries of more than one line.
    let found = read("– eat\n\n– drink\n").expect_err("mistakes");
    assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 3]);
    let found = read("(1) eat a\nlot\n(2) drink\n").expect_err("mistakes");
    assert_eq!(found.iter().map(|it| it.0).collect::<Vec<_>>(), [1, 3]);
    // Alone, these can begin a line of a text.
    read("Pain is a signal\n– most of the time.\n\n(1) is the first.\n\n§ 12 says so.\n")
        .expect("none");
    read("A. Smith wrote it.\n\nOne\n— so it is said —\nanother.\n").expect("none");
}

#[test]
fn a_table_that_was_pasted_from_a_word_processor() {
    one("Text.\n\nDose\tHours\n", 3, "a tab stands between words");
    read("-\tone\n-\ttwo\n\n1.\tOne\n").expect("none");
}

/// The dose would lose its asterisks: 532.
#[test]
fn asterisks_between_numbers_that_make_italics() {
    for body in ["Take 5*3*2 mg.", "Take 5**3**2 mg.", "Take 2*3 mg or 4*5 mg.", "Take *3*2 mg."] {
        let found = read(&[body, "\n"].concat()).expect_err(body);
        assert_eq!(found.len(), 1, "{body}: {found:#?}");
        assert!(found[0].1.contains("write × for times"), "{body}: {}", found[0].1);
    }
    let article = read("Take 2*3 mg, *once*, and **5** mg. *2026*.\n").expect("none");
    assert!(article.opening.contains("2*3 mg"), "{}", article.opening);
}

#[test]
fn marks_of_a_word_processor() {
    for body in ["Text.<o:p></o:p>", "Text.</o:p>", "<w:p>Text."] {
        let found = read(&[body, "\n"].concat()).expect_err(body);
        assert_eq!(found.len(), 1, "{body}: {found:#?}");
        assert!(found[0].1.contains("HTML is not used in articles"), "{body}: {}", found[0].1);
    }
    read("3 <4 and 5> 2, \\<b\\>, <https://example.org/>\n").expect("none");
}

#[test]
fn marks_in_the_front_matter() {
    for (from, line) in [("\"T\"", 2), ("\"D\"", 3), ("\"L\"", 4)] {
        for marked in
            ["A **bold** one", "<b>A</b>", "[a](b)", "An *early* one", "One[^a]", "A&nbsp;b"]
        {
            let text = [&FRONT.replacen(from, &format!("\"{marked}\""), 1), "\nText.\n"].concat();
            let found = parse("article.md", "article", &text, Shared::default()).expect_err(marked);
            assert_eq!(found.len(), 1, "{marked}: {found:#?}");
            assert_eq!(found[0].line, line, "{marked}");
            assert!(found[0].reason.contains("without bold, links or HTML"), "{}", found[0]);
        }
    }
    let text = [&FRONT.replacen("\"T\"", "\"2 * 3 < 7 * 1\"", 1), "\nText.\n"].concat();
    parse("article.md", "article", &text, Shared::default()).expect("none");
}

#[test]
fn a_year_with_two_digits_swapped() {
    for year in ["0202", "1926", "2206"] {
        let text = [&FRONT.replacen("2026", year, 1), "\nText.\n"].concat();
        let found = parse("article.md", "article", &text, Shared::default()).expect_err(year);
        assert_eq!((found.len(), found[0].line), (1, 5), "{found:#?}");
        assert!(found[0].reason.contains(&format!("the year {year}")), "{}", found[0]);
    }
}
