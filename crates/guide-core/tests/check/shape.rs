//! Mistakes in the form of the file: TOML, names, kinds of values.

use super::{SLEEP, altered, line_of, mistakes, refused, refused_at};

#[test]
fn a_text_that_does_not_end() {
    let text = altered(SLEEP, r#"short = "Bed""#, r#"short = "Bed"#);
    let found = mistakes(&text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].line, line_of(&text, "short = \"Bed\n"));
    assert!(found[0].reason.contains("quotation mark"), "{}", found[0]);
}

#[test]
fn a_missing_comma() {
    let text = altered(SLEEP, r#"text = "Around noon" },"#, r#"text = "Around noon" }"#);
    let found = mistakes(&text);
    assert_eq!(found.len(), 1);
    // It is missed where the next option begins.
    assert_eq!(found[0].line, line_of(&text, r#"{ id = "late""#));
    assert!(found[0].reason.contains("comma"), "{}", found[0]);
}

#[test]
fn an_unknown_field() {
    refused(
        "shown = true",
        "show = true",
        "unknown field `show` in [[questions]], expected one of `id`, `kind`, `text`, `short`, \
         `hint`, `shown`, `ask-when`, `skip`, `min`, `max`, `unit`, `source`, `options`; names \
         that belong to the whole file stand above the first line in square brackets",
    );
}

#[test]
fn an_unknown_field_of_an_option() {
    refused(
        r#"{ id = "work", points = 1,"#,
        r#"{ id = "work", point = 1,"#,
        "unknown field `point`, expected one of `id`, `text`, `hint`, `advice`, `points`, `mark`, \
         `exclusive`, `source`",
    );
}

#[test]
fn an_unknown_field_of_a_condition() {
    refused_at(
        r#"{ question = "nap-time", with = ["late"] }"#,
        r#"{ question = "nap-time", wiht = ["late"] }"#,
        r#"wiht = ["late"]"#,
        "unexpected keys in table: wiht, available keys: question, with",
    );
}

#[test]
fn a_missing_field() {
    refused_at(
        "short = \"Bed\"\n",
        "",
        "[[questions]]\nid = \"mattress\"",
        "missing field `short`; add it",
    );
}

#[test]
fn an_unknown_table() {
    refused(
        "[support]\n",
        "[help]\n",
        "unknown field `help`, expected one of `version`, `reviewed-by`, `reviewed-on`, `disclaimer`, `questions`, `limits`, \
         `criteria`, `grades`, `flags`, `outcomes`, `bring`, `support`",
    );
}

#[test]
fn a_missing_table() {
    let (text, _) = SLEEP.split_once("[support]").expect("support");
    let found = mistakes(text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].reason.as_str()), (1, "missing field `support`; add it"));
}

#[test]
fn a_value_of_the_wrong_kind() {
    refused("max = 24", r#"max = "24""#, "remove the quotation marks: max = 24");
}

#[test]
fn a_negative_number() {
    refused("min = 1\n", "min = -1\n", "write a whole number, 0 or more, without quotation marks");
}

#[test]
fn an_unknown_kind_of_question() {
    refused_at(
        "kind = \"multi\"\ntext = \"Has any",
        "kind = \"many\"\ntext = \"Has any",
        "kind = \"many\"",
        "unknown value `many`, expected one of `single`, `multi`, `number`",
    );
}

#[test]
fn an_unknown_condition() {
    refused_at(
        "when = { chosen = {",
        "when = { choosen = {",
        "choosen",
        "unknown value `choosen`, expected one of `answered`, `marked`, `chosen`, `sum`, \
         `criterion`, `flag`, `all`, `any`, `not`",
    );
}

#[test]
fn two_conditions_in_one() {
    refused_at(
        r#"{ flag = "breathing" },"#,
        r#"{ flag = "breathing", not = { flag = "late-naps" } },"#,
        r#"{ flag = "breathing", not"#,
        "these braces take one entry; put several into all = [ … ] or any = [ … ]",
    );
}

#[test]
fn an_unknown_place_for_the_appointment() {
    refused(
        r#"appointment = "first""#,
        r#"appointment = "third""#,
        "unknown value `third`, expected one of `first`, `second`, `none`",
    );
}
