//! Mistakes in `content/` stop the build, and say file, line, reason and what to do.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

mod articles;
mod clinic;
mod copy;
mod interface;
mod keys;
mod pictures;
mod reviews;

use std::fs;
use std::path::Path;

use migraine_guide::content::{self, Keys};

use copy::{Copy, FRAME, today};
use keys::checked;

#[test]
fn the_content_as_it_is_has_no_mistake() {
    let copy = Copy::new();
    let content = content::load(&copy.content(), "en", Keys::Development(&copy.key()), today())
        .expect("no mistake");
    assert_eq!(content.assessment.questions.len(), 17);
    assert!(content.trial);
}

#[test]
fn without_a_public_key_nothing_is_built() {
    let copy = Copy::new();
    let error = content::load(&copy.content(), "en", Keys::Clinic, today()).expect_err("no key");
    assert!(error.to_string().contains("clinic.toml:1: no public key"), "{error}");
}

#[test]
fn a_build_with_a_mistake_fails_and_writes_no_page() {
    let copy = Copy::new();
    copy.spoil("en/interface.toml", "skip = ", "skop = ");
    let (site, output) = copy.build();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("interface.toml:5: unknown field `skop`"), "{said}");
    assert_eq!(fs::read_to_string(site.join("index.html")).expect("the frame"), FRAME);
}

#[test]
fn checking_explains_every_mistake_and_shows_its_line() {
    let copy = Copy::new();
    copy.spoil(
        "en/assessment.toml",
        "\"frequent-disabling\", from = 2 }",
        "\"frequent-disabling\", to = 0 }",
    )
    .spoil("en/assessment.toml", "max = 4\ncut = true", "max = 4")
    .spoil("en/interface.toml", "skip = ", "skop = ");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(1));
    for words in [
        "\"worth-asking\" is never reached",
        "    id = \"worth-asking\"\n",
        "can come to 5, more than max 4; raise max, or",
        "unknown field `skop`",
        "4 to mend",
    ] {
        assert!(said.contains(words), "{words} is missing:\n{said}");
    }
}

#[test]
fn a_question_that_nobody_uses() {
    let copy = Copy::new();
    copy.spoil("en/assessment.toml", "lists = \"features\"\n", "").spoil(
        "en/assessment.toml",
        "when = { chosen = { question = \"features\", from = 1 } }",
        "when = { answered = { question = \"diagnosis\", with = [\"unsure\"] } }",
    );
    copy.expect(
        "en/assessment.toml",
        "id = \"features\"",
        "uses \"features\"; remove the question",
    );
}

#[test]
fn an_altered_key() {
    let copy = Copy::new();
    let x = "A".repeat(43);
    let key = format!(
        "[[keys]]\nkty = \"EC\"\ncrv = \"P-256\"\nx = \"{x}\"\ny = \"{x}\"\nkid = \"other\"\n\
         alg = \"ECDH-ES+A256KW\"\nuse = \"enc\"\n\n[[locations]]\n"
    );
    copy.spoil("clinic.toml", "[[locations]]\n", &key);
    copy.expect("clinic.toml", "kid = ", "not this key's thumbprint");
}

#[test]
fn an_unknown_time_zone() {
    let copy = Copy::new();
    copy.spoil("clinic.toml", "America/Chicago", "America/Allen");
    copy.expect("clinic.toml", "time-zone = ", "unknown time zone");
}

#[test]
fn an_address_of_another_kind() {
    let copy = Copy::new();
    copy.spoil("clinic.toml", "\"/v1/requests\"", "\"http://elsewhere.example/\"");
    copy.expect("clinic.toml", "endpoint = ", "must be a path");
}

#[test]
fn two_locations_with_one_id() {
    let copy = Copy::new();
    let other = "[[locations]]\nid = \"allen\"\nname = \"Other\"\n\n[[clinicians]]";
    copy.spoil("clinic.toml", "[[clinicians]]", other);
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("duplicate id \"allen\""), "{found:?}");
}

#[test]
fn a_missing_sentence() {
    let copy = Copy::new();
    copy.spoil("en/interface.toml", "see-result = \"See my result\"\n", "");
    let found = copy.mistakes();
    assert_eq!(found[0].0, "en/interface.toml");
    assert!(found[0].2.contains("missing field `see-result`"), "{found:?}");
}

#[test]
fn a_sentence_that_lost_its_gap() {
    let copy = Copy::new();
    copy.spoil("en/interface.toml", "Question {current} of {total}", "Question {current}");
    copy.expect("en/interface.toml", "progress = ", "needs the gap {total}");
}

#[test]
fn an_unknown_question_in_a_rule() {
    let copy = Copy::new();
    copy.spoil("en/assessment.toml", "question = \"relief-works\"", "question = \"resque\"");
    let found = copy.mistakes();
    assert!(found.iter().any(|(_, _, reason)| reason.contains("resque")), "{found:?}");
}

#[test]
fn a_link_of_a_result_that_leads_nowhere() {
    for to in ["#when-treatments-fail", "when-treatments-failed", "#"] {
        let copy = Copy::new();
        copy.spoil("en/assessment.toml", "\"#when-treatments-failed\"", &format!("\"{to}\""));
        copy.expect("en/assessment.toml", &format!("to = \"{to}\""), "the guide has no heading");
    }
}

#[test]
fn a_link_of_the_confirmation_that_leads_nowhere() {
    let copy = Copy::new();
    let file = "en/interface.toml";
    copy.spoil(file, "to = \"take-along/\"", "to = \"questions-to-ask/\"");
    copy.expect(file, "to = \"questions-to-ask/\"", "there is no such page");
}

#[test]
fn front_matter_that_is_missing() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "+++\n", "");
    let found = copy.mistakes();
    assert_eq!((found[0].0.as_str(), found[0].1), ("en/guide.md", 1));
    assert!(found[0].2.contains("no front matter"), "{found:?}");
}

#[test]
fn a_heading_level_that_is_skipped() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "### In the hours after a dose", "#### In the hours after a dose");
    copy.expect("en/guide.md", "#### In the hours", "a heading level is skipped; use ###");
}

#[test]
fn a_section_without_an_id() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", " {#more-information}", "");
    copy.expect("en/guide.md", "## More information", "a section needs an id");
}

#[test]
fn two_sections_of_one_id() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "{#more-information}", "{#sessions}");
    copy.expect("en/guide.md", "## More information", "two headings have the id \"sessions\"");
}

#[test]
fn a_link_to_no_section() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "(articles/what-ketamine-is/)", "(#what-ketamine-is)");
    copy.expect("en/guide.md", "(#what-ketamine-is)", "leads nowhere");
}

#[test]
fn a_link_from_an_article_to_no_section_of_the_guide() {
    let file = "en/articles/what-ketamine-is.md";
    let copy = Copy::new();
    let text = fs::read_to_string(copy.content().join(file)).expect(file);
    fs::write(copy.content().join(file), text + "\n[x](../../#no-such-section)\n")
        .expect("written");
    copy.expect(file, "#no-such-section", "leads nowhere");
}

#[test]
fn a_file_in_pages_is_a_page_and_may_link_anywhere() {
    let copy = Copy::new();
    let folder = copy.content().join("en/pages");
    fs::create_dir_all(&folder).expect("a folder");
    let page = "+++\ntitle = \"Some page\"\ndescription = \"d\"\nlede = \"l\"\ndate = 2026-11-24\n\
        reviewed-by = \"\"\n+++\n\n## One {#one}\n\n[guide](../#studies) [self](#one) \
        [article](../articles/what-ketamine-is/) [page](../some-page/#one)\n";
    fs::write(folder.join("some-page.md"), page).expect("written");
    let content = content::load(&copy.content(), "en", Keys::Development(&copy.key()), today())
        .expect("no mistake");
    assert!(content.pages.iter().any(|page| page.slug == "some-page"));
    // Named at the foot of every page, and not among the articles.
    let html = migraine_guide::pages::render(
        &content,
        &content.articles[0],
        migraine_guide::content::routes::Kind::Article,
    )
    .expect("rendered");
    assert!(html.contains("href=\"../../some-page/\""));
    assert!(!html.contains("articles/some-page"));

    copy.spoil("en/pages/some-page.md", "../#studies", "../#no-such-section");
    copy.expect("en/pages/some-page.md", "no-such-section", "leads nowhere");
}

#[test]
fn a_link_to_no_article() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "(articles/what-ketamine-is/)", "(articles/what-is-it/)");
    copy.expect("en/guide.md", "(articles/what-is-it/)", "leads nowhere");
}

#[test]
fn a_citation_without_a_reference() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "liver and bile ducts", "liver and bile ducts[^nobody]");
    copy.expect("en/guide.md", "[^nobody]", "has no entry");
}

#[test]
fn a_reference_that_is_never_cited() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "under medical use too.[^cotter-2021]", "under medical use too.");
    copy.expect("en/guide.md", "[^cotter-2021]:", "never cited");
}

#[test]
fn an_image() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "More technical.", "More technical. ![](brain.png)");
    let found = copy.mistakes();
    assert!(
        found.iter().any(|(_, _, reason)| reason.contains("an image needs a text")),
        "{found:?}"
    );
}

#[test]
fn an_image_beside_an_article_lies_beside_its_page_with_its_size_said() {
    let copy = Copy::new();
    let icon = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/icon-192.png");
    fs::copy(&icon, copy.content().join("en/articles/vial.PNG")).expect("copied");
    let file = "en/articles/what-ketamine-is.md";
    let path = copy.content().join(file);
    let text = fs::read_to_string(&path).expect(file) + "\n![A vial < 10 ml](vial.PNG)\n";
    fs::write(&path, text).expect("written");
    let (site, output) = copy.build();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let folder = site.join("articles/what-ketamine-is");
    let page = fs::read_to_string(folder.join("index.html")).expect("the page");
    let shown = "<img src=\"vial.PNG\" alt=\"A vial &lt; 10 ml\" width=\"192\" height=\"192\"";
    assert!(page.contains(shown), "{page}");
    assert_eq!(fs::read(folder.join("vial.PNG")).expect("copied"), fs::read(icon).expect("there"));
}

#[test]
fn a_file_from_another_editor_is_read_as_well() {
    let copy = Copy::new();
    for file in ["clinic.toml", "en/guide.md", "en/interface.toml"] {
        let path = copy.content().join(file);
        let text = fs::read_to_string(&path).expect(file);
        fs::write(&path, "\u{feff}".to_owned() + &text.replace('\n', "\r\n")).expect("written");
    }
    content::load(&copy.content(), "en", Keys::Development(&copy.key()), today())
        .expect("no mistake");
    copy.spoil("en/guide.md", "More technical.", "More [technical](#nowhere).");
    copy.expect("en/guide.md", "(#nowhere)", "leads nowhere");
}

#[test]
fn an_unknown_insert() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "```insert\nself-assessment", "```insert\nself-test");
    let found = copy.mistakes();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("unknown insert \"self-test\""), "{found:?}");
}

#[test]
fn markup_in_an_article() {
    let copy = Copy::new();
    copy.spoil("en/guide.md", "More technical.", "More <b>technical</b>.");
    let found = copy.mistakes();
    assert!(found.iter().all(|(_, _, reason)| reason.contains("HTML is not used")), "{found:?}");
}
