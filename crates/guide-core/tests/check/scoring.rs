//! Criteria, grades and flags.

use guide_core::assessment::Assessment;
use guide_core::source::parse;

use super::{altered, common, refused, refused_at, taken};

#[test]
fn a_duplicate_criterion_id() {
    let twice = "[[criteria]]\nid = \"short-nights\" # again\nname = \"Again\"\nmax = 1\n\n\
        [[criteria.rules]]\npoints = 1\nwhen = { sum = { of = [\"naps\"], from = 9 } }\n\n";
    let grades = "[[grades]]\nfrom = 0";
    refused_at(
        grades,
        &[twice, grades].concat(),
        "id = \"short-nights\" # again",
        "duplicate id \"short-nights\"; give each entry an id of its own",
    );
}

#[test]
fn an_unknown_question_in_a_rule() {
    refused(
        r#"when = { sum = { of = ["hours"], to = 5 } }"#,
        r#"when = { sum = { of = ["hour"], to = 5 } }"#,
        "unknown question \"hour\"; check its id",
    );
}

#[test]
fn an_unknown_question_whose_points_are_added() {
    refused(
        r#"add = ["habits"]"#,
        r#"add = ["habits", "habit"]"#,
        "unknown question \"habit\"; check its id",
    );
}

#[test]
fn a_rule_for_no_points() {
    refused(
        "points = 1\nwhen",
        "points = 0\nwhen",
        "points must be from 1 to the criterion's max, 3",
    );
}

#[test]
fn a_rule_for_more_points_than_the_criterion_has() {
    refused(
        "points = 3\nwhen",
        "points = 4\nwhen",
        "points must be from 1 to the criterion's max, 3",
    );
}

#[test]
fn a_criterion_out_of_reach() {
    refused_at(
        "name = \"Short nights\"\nmax = 3",
        "name = \"Short nights\"\nmax = 5",
        "max = 5",
        "the rules of \"short-nights\" can never come to more than 3, so max 5 is out of reach; \
         lower it",
    );
}

#[test]
fn a_first_grade_above_nothing() {
    refused(
        "from = 0\nname = \"small\"",
        "from = 1\nname = \"small\"",
        "the first grade must begin at 0",
    );
}

#[test]
fn a_grade_that_does_not_go_upward() {
    refused_at(
        "from = 2\nname = \"large\"",
        "from = 0\nname = \"large\"",
        "from = 0\nname = \"large\"",
        "grades go upward; this one does not begin above the last",
    );
}

#[test]
fn a_grade_above_every_criterion() {
    refused_at(
        "from = 2\nname = \"large\"",
        "from = 4\nname = \"large\"",
        "from = 4\nname = \"large\"",
        "no criterion has 4 points, so this grade is never given",
    );
    taken("from = 2\nname = \"large\"", "from = 3\nname = \"large\"");
}

#[test]
fn a_duplicate_flag_id() {
    refused_at(
        r#"id = "late-naps""#,
        r#"id = "breathing""#,
        "id = \"breathing\"\nwhen = { all",
        "duplicate id \"breathing\"; give each entry an id of its own",
    );
}

#[test]
fn a_flag_that_lists_an_unknown_question() {
    refused(
        r#"lists = "danger""#,
        r#"lists = "dangers""#,
        "unknown question \"dangers\"; check its id",
    );
}

#[test]
fn a_flag_that_lists_a_number() {
    refused(r#"lists = "danger""#, r#"lists = "hours""#, "\"hours\" has no options to name");
}

#[test]
fn a_flag_raised_by_a_flag() {
    refused(
        r#"when = { marked = { question = "danger", with = "see" } }"#,
        r#"when = { any = [{ marked = { question = "danger", with = "see" } }, { flag = "late-naps" }] }"#,
        "a flag is known only after scoring; use it in outcomes and because alone",
    );
}

#[test]
fn a_criterion_that_can_exceed_its_bound() {
    refused_at(
        "max = 3\ncut = true",
        "max = 3",
        "max = 3\nadd",
        "the rules of \"restless-evenings\" can come to 4, more than max 3; raise max, or add \
         cut = true where more is to be cut",
    );
    taken("max = 3\ncut = true", "max = 4");
}

#[test]
fn a_cut_where_nothing_is_cut() {
    refused_at(
        "max = 3\ncut = true",
        "max = 4\ncut = true",
        "cut = true",
        "the rules of \"restless-evenings\" never come to more than max; remove cut",
    );
}

/// Both rules of short nights can never hold together: that is known, not only their sum.
#[test]
fn rules_that_exclude_each_other_are_not_added_up() {
    taken(
        r#"when = { sum = { of = ["hours"], to = 5 } }"#,
        r#"when = { all = [{ sum = { of = ["hours"], to = 4 } }] }"#,
    );
    refused_at(
        r#"when = { sum = { of = ["hours"], from = 6, to = 7 } }"#,
        r#"when = { sum = { of = ["hours"], to = 7 } }"#,
        "max = 3\n\n[[criteria.rules]]",
        "the rules of \"short-nights\" can come to 4, more than max 3; raise max, or add cut = true \
         where more is to be cut",
    );
}

#[test]
fn a_threshold_that_leaves_amounts_without_a_rule() {
    let between = r#"when = { sum = { of = ["hours"], from = 6, to = 7 } }"#;
    refused(
        between,
        r#"when = { sum = { of = ["hours"], from = 7, to = 7 } }"#,
        "6 of hours would count in no rule: one ends at 5, the next begins at 7; let them touch \
         (where that is meant, write when = { all = [ … ] } around one of the two)",
    );
    // Said to be meant.
    taken(between, r#"when = { all = [{ sum = { of = ["hours"], from = 7, to = 7 } }] }"#);
}

#[test]
fn a_threshold_that_counts_an_amount_in_two_rules() {
    refused(
        r#"when = { sum = { of = ["hours"], from = 6, to = 7 } }"#,
        r#"when = { sum = { of = ["hours"], from = 4, to = 7 } }"#,
        "4 to 5 of hours would count in two rules, one to 5 and one from 4; let one begin where \
         the other has ended",
    );
}

/// In the guide's own assessment: a month has 31 days.
#[test]
fn a_changed_threshold_of_headache_days() {
    let rule = r#"points = 1
when = { sum = { of = ["headache-days"], from = 15 } }"#;
    let text = altered(common::TEXT, rule, &rule.replace("15", "35"));
    let found = parse::<Assessment>(common::FILE, &text).expect_err("a mistake");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].reason, "from = 35 is out of range; the most possible is 31");
}

#[test]
fn a_rule_that_never_counts() {
    refused_at(
        "points = 1\nwhen = { sum = { of = [\"hours\"], from = 6, to = 7 } }",
        "points = 1\nwhen = { all = [{ sum = { of = [\"hours\"], from = 2 } }, { sum = { of = [\"naps\"], from = 23 } }] }",
        "when = { all = [{ sum = { of = [\"hours\"], from = 2",
        "no answers make this hold, so this rule never counts; mend or remove it",
    );
}

#[test]
fn a_flag_that_is_never_raised() {
    refused_at(
        r#"{ answered = { question = "nap-time", with = ["late"] } },"#,
        r#"{ answered = { question = "nap-time", with = ["late"] } }, { sum = { of = ["naps"], to = 0 } },"#,
        "when = { all = [\n  { answered",
        "no answers make this hold, so this flag is never raised; mend or remove it",
    );
}

#[test]
fn a_sentence_that_is_never_said() {
    refused(
        r#"when = { chosen = { question = "habits", from = 2 } }"#,
        r#"when = { sum = { of = ["naps"], to = 0 } }"#,
        "no answers make this hold, so this sentence is never said; mend or remove it",
    );
}

#[test]
fn a_flag_at_once_below_one_that_is_not() {
    let text = altered(super::SLEEP, "at-once = true\n", "");
    let text = altered(&text, "title = \"Late naps\"", "at-once = true\ntitle = \"Late naps\"");
    let found = super::mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, super::line_of(&text, "at-once = true"));
    assert_eq!(
        found[0].reason,
        "what is said at once stands above everything else; move this flag to the top of the flags"
    );
}

#[test]
fn advice_that_is_never_said() {
    refused_at(
        "lists = \"danger\"\n",
        "",
        "advice = \"Call your doctor this week.\"",
        "no flag lists \"danger\", so this advice is never said",
    );
    refused(
        "advice = \"Call your doctor this week.\"",
        "advice = \"\"",
        "advice is empty; write what people are to read",
    );
}

#[test]
fn an_option_without_the_advice_that_the_others_have() {
    let gasping = r#"{ id = "gasping","#;
    let choking = "{ id = \"choking\", mark = \"see\", text = \"You woke up choking\" },\n  ";
    refused_at(
        gasping,
        &[choking, gasping].concat(),
        "{ id = \"choking\"",
        "\"choking\" has no advice, and other options of \"danger\" have; write it",
    );
}
