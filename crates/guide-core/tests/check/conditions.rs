//! Conditions that cannot hold, always hold, or look at what is not there.

use super::{refused, refused_at, taken};

const CHOSEN: &str = r#"when = { chosen = { question = "habits", from = 2 } }"#;

#[test]
fn an_unknown_option() {
    refused_at(
        r#"with = ["late"]"#,
        r#"with = ["late", "morning"]"#,
        r#"with = ["late", "morning"]"#,
        "\"nap-time\" has no option \"morning\"; it has noon, late",
    );
}

#[test]
fn no_option() {
    refused(r#"with = ["late"]"#, "with = []", "names no option, so it never holds");
}

#[test]
fn options_of_a_number() {
    refused(
        CHOSEN,
        r#"when = { answered = { question = "hours", with = ["8"] } }"#,
        "\"hours\" is a number and has no options; use sum",
    );
    taken(CHOSEN, r#"when = { answered = { question = "naps", with = ["varies"] } }"#);
}

#[test]
fn an_unknown_mark() {
    refused(
        CHOSEN,
        r#"when = { marked = { question = "danger", with = "se" } }"#,
        "no option of \"danger\" has mark = \"se\"",
    );
}

#[test]
fn an_unknown_marked_question() {
    refused(
        CHOSEN,
        r#"when = { marked = { question = "dangers", with = "see" } }"#,
        "unknown question \"dangers\"; check its id",
    );
}

#[test]
fn more_options_than_there_are() {
    for (from, of, most) in [(0, "habits", 3), (4, "habits", 3), (2, "nap-time", 1)] {
        refused(
            CHOSEN,
            &format!(r#"when = {{ chosen = {{ question = "{of}", from = {from} }} }}"#),
            &format!("from must be from 1 to {most}, the options of \"{of}\""),
        );
    }
}

#[test]
fn a_sum_of_nothing() {
    refused(CHOSEN, "when = { sum = { of = [], from = 0 } }", "names no question");
}

#[test]
fn a_sum_without_bounds() {
    refused(CHOSEN, r#"when = { sum = { of = ["naps"] } }"#, "needs from, to or both");
}

#[test]
fn a_sum_out_of_range() {
    for (sum, reason) in [
        (r#"of = ["naps"], from = 24"#, "from = 24 is out of range; the most possible is 23"),
        (r#"of = ["naps"], to = 24"#, "to = 24 is out of range; the most possible is 23"),
        (
            r#"of = ["naps", "hours"], from = 48"#,
            "from = 48 is out of range; the most possible is 47",
        ),
        (r#"of = ["habits"], from = 5"#, "from = 5 is out of range; the most possible is 4"),
        (r#"of = ["mattress"], from = 1"#, "from = 1 is out of range; the most possible is 0"),
        (r#"of = ["naps"], from = 7, to = 6"#, "from = 7 is above to = 6"),
    ] {
        refused(CHOSEN, &format!("when = {{ sum = {{ {sum} }} }}"), reason);
    }
}

const POINTS: &str = r#"when = { criterion = { id = "restless-evenings", to = 1 } }"#;

#[test]
fn points_out_of_range() {
    for (bounds, reason) in [
        ("from = 4", "from = 4 is out of range; the most possible is 3"),
        ("to = 4", "to = 4 is out of range; the most possible is 3"),
        ("from = 2, to = 1", "from = 2 is above to = 1"),
    ] {
        let points = format!("when = {{ criterion = {{ id = \"restless-evenings\", {bounds} }} }}");
        refused(POINTS, &points, reason);
    }
    refused(
        POINTS,
        r#"when = { criterion = { id = "restless-evenings" } }"#,
        "needs from, to or both",
    );
}

#[test]
fn an_unknown_criterion() {
    refused(
        POINTS,
        r#"when = { criterion = { id = "restless", to = 1 } }"#,
        "no criterion \"restless\"; there are short-nights, restless-evenings",
    );
}

#[test]
fn a_criterion_before_scoring() {
    refused(
        CHOSEN,
        r#"when = { criterion = { id = "short-nights", from = 1 } }"#,
        "a criterion is known only after scoring; use it in outcomes and because alone",
    );
}

#[test]
fn an_unknown_flag() {
    refused_at(
        r#"when = { flag = "breathing" }"#,
        r#"when = { flag = "breath" }"#,
        r#"{ flag = "breath" }"#,
        "no flag \"breath\"; there are breathing, late-naps",
    );
}

#[test]
fn all_or_any_of_nothing() {
    for condition in ["all", "any"] {
        refused(
            CHOSEN,
            &format!("when = {{ {condition} = [] }}"),
            "is empty; name at least one condition",
        );
    }
}

/// The line is that of the part, not of the condition that it stands in.
#[test]
fn a_mistake_deep_inside() {
    refused_at(
        r#"{ not = { sum = { of = ["hours"], from = 8 } } },"#,
        "{ not = { any = [\n  { sum = { of = [\"hours\"], from = 8 } },\n  { answered = { \
         question = \"nap-time\", with = [\n    \"nono\",\n  ] } },\n] } },",
        r#""nono""#,
        "\"nap-time\" has no option \"nono\"; it has noon, late",
    );
}

#[test]
fn conditions_at_the_edge_of_what_is_possible() {
    for condition in [
        r#"{ chosen = { question = "habits", from = 3 } }"#,
        r#"{ chosen = { question = "nap-time", from = 1 } }"#,
        r#"{ sum = { of = ["naps"], from = 23 } }"#,
        r#"{ sum = { of = ["naps"], to = 23 } }"#,
        r#"{ sum = { of = ["naps"], from = 7, to = 7 } }"#,
    ] {
        taken(CHOSEN, &format!("when = {condition}"));
    }
}

/// A mark counts as looked at wherever the condition stands.
#[test]
fn a_mark_inside_other_conditions() {
    const MARKED: &str = r#"{ marked = { question = "danger", with = "see" } }"#;
    for around in ["not = MARKED", "all = [MARKED]", "any = [{ not = MARKED }]"] {
        taken(
            &format!("when = {MARKED}"),
            &format!("when = {{ {} }}", around.replace("MARKED", MARKED)),
        );
    }
}
