//! Mistakes in the Markdown that only a look at all of the content finds, and files that would be
//! left out without a word. (`tests/rendered/article_mistakes.rs` has those of one text.)

use std::fs;

use crate::copy::Copy;

const ARTICLE: &str = "+++\ntitle = \"Some article\"\ndescription = \"d\"\nlede = \"l\"\ndate = 2026-11-24\n\
    reviewed-by = \"\"\n+++\n\nText.\n";

/// With this file more there is one mistake, of this file, for a reason with these words.
#[track_caller]
fn refused(file: &str, text: &str, reason: &str) {
    let copy = Copy::new();
    copy.put(file, text);
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{file}: {found:#?}");
    assert_eq!(found[0].0, file);
    assert!(found[0].2.contains(reason), "{file}: {}", found[0].2);
}

#[track_caller]
fn refused_folder(folder: &str, reason: &str) {
    let copy = Copy::new();
    copy.put(&format!("{folder}/new.md"), ARTICLE);
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{folder}: {found:#?}");
    assert_eq!(found[0].0, folder);
    assert!(found[0].2.contains(reason), "{folder}: {}", found[0].2);
}

#[test]
fn an_article_with_another_ending() {
    refused("en/articles/new.txt", ARTICLE, "save it with a name that ends in .md");
    refused("en/articles/new.docx", "PK", "save it with a name that ends in .md");
    refused("en/articles/new", ARTICLE, "save it with a name that ends in .md");
    refused("en/articles/new.MD", ARTICLE, "write .md in small letters: new.md");
    refused("en/pages/new.md.txt", ARTICLE, "save it with a name that ends in .md");
}

#[test]
fn an_article_in_the_wrong_folder() {
    refused("en/new.md", ARTICLE, "put it into articles/ or pages/");
    refused("new.md", ARTICLE, "put it into en/articles/ or en/pages/");
    refused_folder("en/articles/2027", "folders are not looked into");
    refused_folder("en/Articles", "write its name articles");
    refused_folder("en/article", "nothing reads this folder");
    refused("clinic.toml.txt", "", "nothing reads this file");
    refused("clinic.private.jwk.json", "{}", "a private key");
}

fn refused_nothing(file: &str) {
    let copy = Copy::new();
    copy.put(file, "");
    copy.read();
}

#[test]
fn files_that_computers_leave_are_no_mistake() {
    for file in ["en/articles/.DS_Store", "en/articles/Thumbs.db", ".gitkeep", "en/desktop.ini"] {
        refused_nothing(file);
    }
}

#[test]
fn a_file_name_that_makes_no_address() {
    for (name, reason) in [
        ("My Article.md", "such as my-article.md"),
        ("what-ketamine-is copy.md", "such as what-ketamine-is-copy.md"),
        ("kopf\u{fc}ber.md", "small letters, digits and dashes"),
        ("new_article.md", "such as new-article.md"),
        ("new (1).md", "such as new-1.md"),
    ] {
        refused(&format!("en/articles/{name}"), ARTICLE, reason);
    }
    refused("en/pages/wordpress.md", ARTICLE, "the site itself has a folder");
}

/// It stood in the sitemap, and intake took its address for one of the interface.
#[test]
fn a_page_whose_address_is_that_of_the_interface() {
    refused("en/pages/v1.md", ARTICLE, "the addresses below v1/ are those of intake");
}

#[test]
fn the_page_on_privacy_that_the_request_links_to_has_another_name() {
    let copy = Copy::new();
    let page = copy.text("en/pages/privacy.md");
    fs::remove_file(copy.content().join("en/pages/privacy.md")).expect("removed");
    copy.put("en/pages/our-privacy.md", page);
    let found = copy.mistakes();
    let of_page = found.iter().find(|it| it.0 == "en/pages/privacy.md").expect("named");
    assert!(of_page.2.contains("the request form links to this page"), "{}", of_page.2);
}

#[test]
fn two_pages_with_one_title() {
    let copy = Copy::new();
    let other = copy.text("en/articles/what-ketamine-is.md");
    copy.put("en/articles/another.md", other);
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].2.contains("have the title \"What ketamine is and how it works\""));
}

#[test]
fn the_guide_without_its_appointment_request() {
    let copy = Copy::new();
    let guide = copy.text("en/guide.md");
    let begin = guide.find("## Talk with the clinic").expect("the section");
    let end = guide.find("## More information").expect("the next one");
    copy.put("en/guide.md", [&guide[..begin], &guide[end..]].concat());
    let found = copy.mistakes();
    // The others are links of further pages to it.
    let link = "the link \"../#appointment-request\" leads nowhere";
    assert!(found[1..].iter().all(|it| it.2.starts_with(link)), "{found:#?}");
    assert_eq!(found[0].0, "en/guide.md");
    for words in ["{#appointment-request}", "```insert", "lead there"] {
        assert!(found[0].2.contains(words), "{}", found[0].2);
    }
}

#[test]
fn the_guide_without_its_self_assessment() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "```insert\nself-assessment\n```\n", "");
    copy.expect("en/guide.md", "{#self-assessment}", "insert self-assessment");
    // In another section than the one that links lead to.
    let copy = Copy::new();
    copy.spoil("en/guide.md", "```insert\nself-assessment\n```\n", "");
    copy.spoil(
        "en/guide.md",
        "## More information",
        "```insert\nself-assessment\n```\n\n## More information",
    );
    copy.expect("en/guide.md", "{#self-assessment}", "insert self-assessment");
}

#[test]
fn the_appointment_request_in_an_article() {
    let copy = Copy::new();
    let file = "en/articles/what-ketamine-is.md";
    let request = "(../ketamine-and-depression/).\n\n```insert\nappointment-request\n```\n";
    copy.spoil(file, "(../ketamine-and-depression/).\n", request);
    copy.expect(
        file,
        "## A word about names",
        "stands in the guide, where all buttons lead, or below an insert matters; remove it here",
    );
}

#[test]
fn the_appointment_request_beside_what_matters_in_another_section() {
    let copy = Copy::new();
    let (file, heading) = ("en/pages/compare.md", "## Talk with the clinic {#");
    copy.spoil(file, &[heading, "appointment-request"].concat(), &[heading, "talk"].concat());
    copy.spoil(file, "(#appointment-request)", "(#talk)");
    copy.expect(
        file,
        heading,
        "end the heading of the request's section with {#appointment-request}",
    );
}

#[test]
fn a_section_for_the_request_that_had_no_form() {
    let copy = Copy::new();
    let file = "en/pages/compare.md";
    copy.spoil(file, "```insert\nappointment-request\n```\n", "");
    copy.expect(file, "{#appointment-request}", "this section has no form");
}

#[test]
fn a_mistake_in_a_page_was_followed_by_false_ones_elsewhere() {
    let file = "en/pages/compare.md";
    for (right, wrong) in
        [("**The decision:**", "**The decision:"), ("## The options {#options}", "## The options")]
    {
        let copy = Copy::new();
        copy.spoil(file, right, wrong);
        let found = copy.mistakes();
        assert!(found.iter().all(|(of, ..)| of == file), "{wrong}: {found:#?}");
    }
    // Nor is every reference of the options called one too many.
    let copy = Copy::new();
    copy.spoil(file, "```insert\noptions\n```\n", "");
    let found = copy.mistakes();
    assert!(found.iter().any(|it| it.2.contains("put the insert options above it")), "{found:#?}");
    assert!(!found.iter().any(|it| it.2.contains("never cited")), "{found:#?}");
}

#[test]
fn a_day_of_the_last_check_of_figures_that_is_still_to_come() {
    for (day, reason) in [("2063-01-15", "still to come"), ("10:00:00", "write a day")] {
        let copy = Copy::new();
        let file = "en/options.toml";
        let checked = copy.text(file);
        let line = checked.lines().find(|it| it.starts_with("checked = 2")).expect("the day");
        copy.spoil(file, line, &format!("checked = {day}"));
        let next = checked.lines().find(|it| it.starts_with("next-review = ")).expect("the next");
        copy.spoil(file, next, "next-review = 2064-01-15");
        copy.expect(file, "checked = ", reason);
    }
}

#[test]
fn an_insert_in_capitals_is_the_only_mistake() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "```insert\nfigure studies", "```Insert\nfigure studies");
    copy.expect("en/guide.md", "```Insert", "write insert in small letters");
    let copy = Copy::new();
    copy.spoil("en/guide.md", "```insert\nself-assessment", "```INSERT\nself-assessment");
    copy.expect("en/guide.md", "```INSERT", "write insert in small letters");
}

#[test]
fn a_mistake_in_an_article_does_not_break_links_to_it() {
    let copy = Copy::new();
    let file = "en/articles/what-ketamine-is.md";
    copy.spoil(file, "## How it is given {#how-it-is-given}", "## How it is given");
    copy.expect(file, "## How it is given", "a section needs an id");
}

#[test]
fn a_link_that_is_nearly_right_is_told_how() {
    for (link, reason) in [
        ("articles/what-ketamine-is", "write articles/what-ketamine-is/"),
        ("articles/what-ketamine-is.md", "write articles/what-ketamine-is/"),
        ("what-ketamine-is/", "write articles/what-ketamine-is/"),
        ("#More-Information", "write #more-information"),
        ("http://medlineplus.gov/", "write https://"),
        ("www.medlineplus.gov", "write https://www.medlineplus.gov"),
        ("mailto:desk@example.org", "link to #a-section"),
    ] {
        let copy = Copy::new();
        copy.spoil("en/guide.md", "(articles/what-ketamine-is/)", &format!("({link})"));
        copy.expect("en/guide.md", &format!("({link})"), reason);
    }
}

#[test]
fn a_file_in_another_encoding() {
    let copy = Copy::new();
    let text: Vec<u8> =
        copy.text("clinic.toml").encode_utf16().flat_map(u16::to_le_bytes).collect();
    copy.put("clinic.toml", [&[0xff, 0xfe][..], &text].concat());
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].2.contains("save it again with the encoding UTF-8"), "{found:?}");
}

#[test]
fn the_questions_to_print_are_missing() {
    let copy = Copy::new();
    fs::remove_file(copy.content().join("en/pages/questions.md")).expect("removed");
    copy.expect("en/guide.md", "{#self-assessment}", "insert assessment-questions");
}

#[test]
fn a_guide_that_search_engines_are_not_to_find() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "reviewed-by = \"\"\n", "reviewed-by = \"\"\nunlisted = true\n");
    copy.expect("en/guide.md", "unlisted", "the guide itself");
}

#[test]
fn a_link_to_no_site() {
    for link in ["https://medlineplus,gov/migraine.html", "https://medlineplus/", "https://"] {
        let copy = Copy::new();
        copy.spoil("en/guide.md", "https://medlineplus.gov/migraine.html", link);
        copy.expect("en/guide.md", &format!("({link})"), "leads nowhere");
    }
}

#[test]
fn a_file_of_a_word_processor() {
    for text in ["{\\rtf1\\ansi hello}", "PK\u{3}\u{4}"] {
        for file in ["en/guide.md", "clinic.toml"] {
            let copy = Copy::new();
            copy.put(file, text);
            let found = copy.mistakes();
            assert_eq!(found.len(), 1, "{found:#?}");
            assert!(found[0].2.contains("saved by a word processor"), "{}", found[0].2);
        }
    }
}

#[test]
fn characters_that_a_change_of_encoding_or_a_copy_left() {
    for (character, reason) in [
        ("â€™", "in another encoding"),
        ("Ã©", "in another encoding"),
        ("Â\u{a0}", "in another encoding"),
        ("\u{fffd}", "was lost"),
        ("\u{202e}", "(U+202E)"),
        ("\u{200b}", "(U+200B)"),
        ("\u{b}", "(U+000B)"),
        ("\u{85}", "(U+0085)"),
    ] {
        let copy = Copy::new();
        copy.spoil("en/guide.md", "More technical.", &format!("More {character}technical."));
        copy.expect("en/guide.md", "technical.", reason);
        let copy = Copy::new();
        copy.spoil("clinic.toml", "a psychiatry practice", &format!("a {character} practice"));
        copy.expect("clinic.toml", "description = ", reason);
    }
    // Each of them is named.
    let copy = Copy::new();
    copy.put("en/articles/new.md", ARTICLE.replace("Text.", "It\u{fffd}s\n\nthe clinicâ€™s."));
    assert_eq!(copy.mistakes().iter().map(|it| it.1).collect::<Vec<_>>(), [9, 11]);
}

#[test]
fn the_line_ends_of_an_old_mac() {
    let copy = Copy::new();
    for file in ["clinic.toml", "en/guide.md", "en/interface.toml"] {
        copy.put(file, copy.text(file).replace('\n', "\r"));
    }
    copy.read();
}
