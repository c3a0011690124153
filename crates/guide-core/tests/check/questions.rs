//! Questions, their options and limits.

use super::{SLEEP, altered, common, line_of, mistakes, refused, refused_at, taken};

#[test]
fn a_duplicate_question_id() {
    refused_at(
        "id = \"mattress\"\nkind = \"single\"",
        "id = \"naps\"\nkind = \"single\"",
        "id = \"naps\"\nkind = \"single\"",
        "duplicate id \"naps\"; give each entry an id of its own",
    );
}

#[test]
fn a_duplicate_option_id() {
    refused(
        r#"{ id = "work", points = 1, text = "Work late""#,
        r#"{ id = "screen", points = 1, text = "Work late""#,
        "duplicate id \"screen\"; give each entry an id of its own",
    );
}

#[test]
fn an_id_with_a_capital_or_a_space() {
    for id in ["Mattress", "my mattress", "mattress_1", ""] {
        let reason = format!("the id \"{id}\" may hold only small letters, digits and dashes");
        refused(r#"id = "mattress""#, &format!("id = \"{id}\""), &reason);
    }
}

#[test]
fn an_empty_text() {
    for (old, new) in [
        (r#"version = "sleep-1""#, r#"version = """#),
        (r#"disclaimer = "Some questions about sleep, for a test.""#, r#"disclaimer = """#),
        (r#"text = "Is your bed comfortable?""#, r#"text = " ""#),
        (r#"short = "Bed""#, r#"short = """#),
        (r#"{ id = "yes", text = "Yes" }"#, r#"{ id = "yes", text = "" }"#),
        (r#"error = "A day has only 24 hours.""#, r#"error = """#),
        (r#"text = "It varies""#, r#"text = """#),
        (r#"text = "Your nights are not short.""#, r#"text = """#),
        (r#"name = "Short nights""#, r#"name = """#),
        (r#"name = "large""#, r#"name = """#),
        (r#"title = "Breathing""#, r#"title = """#),
        (r#"text = "Late naps can shorten the night.""#, r#"text = """#),
        (r#"text = "So can busy evenings.""#, r#"text = """#),
        (r#"headline = "Ask a doctor about your sleep.""#, r#"headline = """#),
        (r#"{ text = "Call a doctor","#, r#"{ text = "","#),
        (r#"title = "Help""#, r#"title = """#),
        (r#"text = "Somebody to talk to.""#, r#"text = """#),
        (r#"{ text = "Call a friend","#, r#"{ text = "","#),
    ] {
        let (name, _) = new.rsplit_once(" = \"").expect("a name and a text");
        let name = name.rsplit(' ').next().unwrap_or(name);
        refused(old, new, &format!("{name} is empty; write what people are to read"));
    }
}

#[test]
fn a_number_without_a_largest() {
    refused_at(
        "max = 23\n",
        "",
        "[[questions]]\nid = \"naps\"",
        "a number question needs min and max",
    );
}

#[test]
fn a_smallest_above_the_largest() {
    refused("min = 1\n", "min = 25\n", "min 25 is above max 24; nothing could be answered");
    taken("min = 0\nmax = 23\n", "min = 1\nmax = 1\n");
}

#[test]
fn an_option_of_a_number_that_counts_as_nothing() {
    refused_at(
        r#"options = [{ id = "varies", points = 1, text = "It varies" }]"#,
        r#"options = [{ id = "varies", text = "It varies" }]"#,
        r#"{ id = "varies""#,
        "\"varies\" is chosen in place of a number; write points: the number that it counts as",
    );
}

#[test]
fn a_range_of_options() {
    for (field, reason) in [
        ("min = 7", "min goes with kind = \"number\" only"),
        ("max = 9", "max goes with kind = \"number\" only"),
        ("unit = \"beds\"", "unit goes with kind = \"number\" only"),
    ] {
        refused_at("shown = true", &format!("shown = true\n{field}"), field, reason);
    }
}

#[test]
fn a_single_option() {
    refused_at(
        "  { id = \"no\", text = \"No\" },\n",
        "",
        "[[questions]]\nid = \"mattress\"",
        "a question of this kind needs at least two options",
    );
}

#[test]
fn an_exclusive_option_of_a_single_question() {
    refused(
        r#"{ id = "no", text = "No" }"#,
        r#"{ id = "no", text = "No", exclusive = true }"#,
        "only one option of a single question can be chosen anyway; remove exclusive",
    );
    refused_at(
        r#"text = "It varies" }"#,
        r#"text = "It varies", exclusive = true }"#,
        r#"options = [{ id = "varies""#,
        "only one option of a number question can be chosen anyway; remove exclusive",
    );
}

#[track_caller]
fn asked_by(condition: &str, reason: &str) {
    const NAPS: &str = r#"{ sum = { of = ["naps"], from = 1 } }"#;
    let ask_when = format!("ask-when = {{ all = [{NAPS}, {condition}] }}");
    refused(&format!("ask-when = {NAPS}"), &ask_when, reason);
}

#[test]
fn a_question_asked_by_a_later_answer() {
    asked_by(
        r#"{ answered = { question = "habits", with = ["work"] } }"#,
        "\"habits\" is asked later; use an earlier question",
    );
}

#[test]
fn a_question_asked_by_its_own_answer() {
    asked_by(
        r#"{ answered = { question = "nap-time", with = ["noon"] } }"#,
        "\"nap-time\" is asked later; use an earlier question",
    );
}

#[test]
fn a_question_asked_by_the_score() {
    asked_by(
        r#"{ criterion = { id = "short-nights", from = 1 } }"#,
        "a criterion is known only after scoring; use it in outcomes and because alone",
    );
}

#[test]
fn a_question_that_nothing_uses() {
    refused_at(
        "shown = true\n",
        "",
        r#"id = "mattress""#,
        "no criterion, flag or outcome uses \"mattress\"; remove the question, or set shown = true",
    );
}

/// Without this, a misspelled "emergency" would pass, and that answer would stop nothing.
#[test]
fn a_mark_that_no_condition_looks_at() {
    refused(
        r#"{ id = "none", text = "None of these", exclusive = true },
]

[[questions]]
id = "hours""#,
        r#"{ id = "apnea", mark = "stpo", text = "You stopped breathing" },
]

[[questions]]
id = "hours""#,
        "no condition looks at the mark \"stpo\" of \"danger\"",
    );
}

const NEVER: &str = r#"never = { sum = { of = ["hours", "naps"], from = 25 } }"#;

#[test]
fn a_limit_of_an_unknown_question() {
    refused(
        r#"question = "naps"
error"#,
        r#"question = "rests"
error"#,
        "unknown question \"rests\"; check its id",
    );
    refused(
        NEVER,
        r#"never = { sum = { of = ["naps", "rests"], from = 25 } }"#,
        "unknown question \"rests\"; check its id",
    );
}

#[test]
fn a_limit_that_looks_at_later_questions() {
    refused(
        NEVER,
        r#"never = { all = [{ sum = { of = ["naps"], from = 9 } }, { answered = { question = "habits", with = ["work"] } }] }"#,
        "\"habits\" is asked later; use an earlier question",
    );
}

#[test]
fn a_limit_that_is_said_elsewhere() {
    refused_at(
        NEVER,
        r#"never = { sum = { of = ["hours"], from = 23 } }"#,
        "question = \"naps\"\nerror",
        "the error is said at \"naps\", and the condition does not look at it; name the last \
         question that it looks at",
    );
}

#[test]
fn a_limit_by_the_score() {
    refused(
        NEVER,
        r#"never = { any = [{ sum = { of = ["naps"], from = 9 } }, { flag = "breathing" }] }"#,
        "a flag is known only after scoring; use it in outcomes and because alone",
    );
}

#[test]
fn a_limit_that_refuses_nothing() {
    refused(
        NEVER,
        r#"never = { all = [{ sum = { of = ["naps"], from = 9 } }, { sum = { of = ["naps"], to = 8 } }] }"#,
        "no answers make this hold, so this limit refuses nothing; mend or remove it",
    );
}

#[test]
fn no_question() {
    let begin = SLEEP.find("[[questions]]").expect("questions");
    let end = SLEEP.find("[[limits]]").expect("limits");
    let text = format!("{}questions = []\n{}", &SLEEP[..begin], &SLEEP[end..]);
    let found = mistakes(&text);
    let line = line_of(&text, "questions = []");
    assert!(
        found
            .iter()
            .any(|it| it.line == line && it.reason == "questions is empty; add at least one"),
        "{found:?}"
    );
}

/// A warning sign that lost its mark, or never had one, would lead to no warning.
#[test]
fn an_option_without_the_mark_that_the_others_have() {
    let gasping = r#"{ id = "gasping", mark = "see", text = "You woke up gasping", advice = "Call your doctor this week." },"#;
    refused_at(
        gasping,
        &[gasping, "\n  { id = \"choking\", text = \"You woke up choking\" },"].concat(),
        "{ id = \"choking\"",
        "\"choking\" counts for nothing: other options of \"danger\" have a mark; give it one",
    );
}

#[test]
fn two_options_that_say_the_same() {
    refused_at(
        r#"text = "You woke up gasping""#,
        r#"text = "you fell asleep while driving""#,
        r#"{ id = "gasping""#,
        "two options say \"you fell asleep while driving\"; give each its own text",
    );
}

/// It would count 0 without a word.
#[test]
fn an_option_that_lost_its_points() {
    refused(
        r#"{ id = "work", points = 1, text = "Work late""#,
        r#"{ id = "work", text = "Work late""#,
        "\"work\" has no points, and other options of \"habits\" have; write how many, or points = 0",
    );
    let text = altered(
        SLEEP,
        "points = 2, text = \"Drink coffee\"",
        "points = 3, text = \"Drink coffee\"",
    );
    let text =
        altered(&text, "points = 1, text = \"Work late\"", "points = 0, text = \"Work late\"");
    guide_core::source::parse::<guide_core::assessment::Assessment>("sleep.toml", &text)
        .expect("no mistake");
    // One that excludes the others counts nothing anyway, but of a single choice each is said.
    let mattress = r#"{ id = "yes", text = "Yes" }"#;
    refused_at(
        mattress,
        r#"{ id = "yes", points = 1, text = "Yes" }"#,
        r#"{ id = "no", text = "No" }"#,
        "\"no\" has no points, and other options of \"mattress\" have; write how many, or points = 0",
    );
}

/// Copied from the others, and forgotten in the rules.
#[test]
fn an_option_that_no_rule_names() {
    let text = altered(
        common::TEXT,
        "  { id = \"butalbital\",",
        "  { id = \"bipolar\", text = \"Bipolar disorder\" },\n  { id = \"butalbital\",",
    );
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "{ id = \"bipolar\""));
    assert_eq!(
        found[0].reason,
        "\"bipolar\" counts for nothing: rules name other options of \"acute-kinds\"; name it there, or \
         write points = 0"
    );
    let text = altered(&text, "{ id = \"bipolar\",", "{ id = \"bipolar\", points = 0,");
    guide_core::source::parse::<guide_core::assessment::Assessment>("a.toml", &text)
        .expect("no mistake");
}
