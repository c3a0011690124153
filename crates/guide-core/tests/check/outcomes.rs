//! Outcomes: that each can be reached, and that one always holds.

use super::{SLEEP, altered, common, line_of, mistakes, refused, refused_at, taken};

const ANY: &str = r#"when = { any = [
  { flag = "breathing" },
  { all = [
    { criterion = { id = "short-nights", from = 2 } },
    { criterion = { id = "restless-evenings", from = 2 } },
  ] },
] }
headline"#;
const IMMEDIATE: &str = r#"when = { marked = { question = "danger", with = "stop" } }"#;

#[test]
fn a_duplicate_outcome_id() {
    refused_at(
        r#"id = "carry-on""#,
        r#"id = "ask-a-doctor""#,
        "id = \"ask-a-doctor\"\nheadline",
        "duplicate id \"ask-a-doctor\"; give each entry an id of its own",
    );
}

#[test]
fn an_outcome_that_is_never_reached() {
    refused_at(
        ANY,
        "headline",
        r#"id = "ask-a-doctor""#,
        "\"ask-a-doctor\" has no when and so always holds; the outcomes after it are never reached",
    );
}

#[test]
fn a_last_outcome_that_does_not_always_hold() {
    refused_at(
        r#"id = "carry-on""#,
        "id = \"carry-on\"\nwhen = { sum = { of = [\"hours\"], to = 4 } }",
        "when = { sum = { of = [\"hours\"], to = 4 } }",
        "the last outcome must hold always; remove its when",
    );
}

#[test]
fn an_immediate_outcome_for_everybody() {
    refused_at(
        r#"id = "carry-on""#,
        "id = \"carry-on\"\nimmediate = true # always",
        "immediate = true # always",
        "an immediate outcome needs a when",
    );
}

#[test]
fn an_immediate_outcome_by_the_score() {
    refused(
        IMMEDIATE,
        r#"when = { any = [{ marked = { question = "danger", with = "stop" } }, { criterion = { id = "short-nights", from = 1 } }] }"#,
        "a criterion is known only after scoring; use it in outcomes and because alone",
    );
}

#[test]
fn an_immediate_outcome_before_any_answer() {
    refused(
        IMMEDIATE,
        r#"when = { any = [{ marked = { question = "danger", with = "stop" } }, { sum = { of = ["hours"], to = 3 } }] }"#,
        "holds before anything is answered, so nothing would be asked; name the answers that stop \
         the questions",
    );
}

#[test]
fn a_number_to_call_that_is_none() {
    for tel in ["nine-one-one", "", "+", "555 0101"] {
        let reason = format!("the number \"{tel}\" may hold only digits");
        refused(r#"tel = "5550101""#, &format!("tel = \"{tel}\""), &reason);
    }
}

#[test]
fn no_outcome() {
    let begin = SLEEP.find("[[questions]]").expect("questions");
    let outcomes = SLEEP.find("[[outcomes]]").expect("outcomes");
    let support = SLEEP.find("[support]").expect("support");
    let (head, middle, end) = (&SLEEP[..begin], &SLEEP[begin..outcomes], &SLEEP[support..]);
    let text = format!("{head}outcomes = []\n{middle}{end}");
    let line = line_of(&text, "outcomes = []");
    let found = mistakes(&text);
    let empty = found.iter().find(|it| it.line == line).expect("a mistake on that line");
    assert_eq!(empty.reason, "outcomes is empty; add at least one");
}

fn never(id: &str) -> String {
    format!(
        "\"{id}\" is never reached: whatever is answered, an outcome above it holds, or its own \
         conditions contradict each other; mend a when, or remove it"
    )
}

/// An outcome that says its one reason.
fn with_reason(id: &str, when: &str) -> String {
    format!(
        "[[outcomes]]\nid = \"{id}\"\nheadline = \"This.\"\ntext = []\nappointment = \"none\"\n\
         when = {when}\n\n[[outcomes.because]]\nid = \"so\"\nwhen = {when}\ntext = \"So.\"\n\n"
    )
}

/// The topic with one more outcome, before this one.
fn with_outcome(outcome: &str, before: &str) -> String {
    let next = format!("[[outcomes]]\nid = \"{before}\"");
    altered(SLEEP, &next, &[outcome, &next].concat())
}

#[test]
fn an_outcome_that_contradicts_itself() {
    let contradiction = "{ all = [{ criterion = { id = \"short-nights\", from = 2 } }, \
        { criterion = { id = \"short-nights\", to = 0 } }] }";
    let text = with_outcome(&with_reason("nothing", contradiction), "ask-a-doctor");
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "id = \"nothing\""));
    assert_eq!(found[0].reason, never("nothing"));
}

#[test]
fn an_outcome_that_another_always_comes_before() {
    let narrower = "{ all = [{ flag = \"breathing\" }, { flag = \"late-naps\" }] }";
    let text = with_outcome(&with_reason("narrower", narrower), "carry-on");
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "id = \"narrower\""));
    assert_eq!(found[0].reason, never("narrower"));
}

/// By the answers alone no condition contradicts another: 3 points need a short night, and then
/// nobody sleeps more than 5 hours.
#[test]
fn an_outcome_that_no_points_lead_to() {
    let rested = "{ all = [{ sum = { of = [\"hours\"], from = 8 } }, \
        { criterion = { id = \"short-nights\", from = 3 } }] }";
    let text = with_outcome(&with_reason("rested", rested), "ask-a-doctor");
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].reason, never("rested"));
}

#[test]
fn the_last_outcome_where_the_others_leave_nothing() {
    refused_at(
        "  { flag = \"breathing\" },\n",
        "  { flag = \"breathing\" },\n  { sum = { of = [\"hours\"], from = 1 } },\n",
        r#"id = "carry-on""#,
        &never("carry-on"),
    );
}

/// A threshold moved too far, in the guide's own assessment of 17 questions.
#[test]
fn an_outcome_of_many_questions_that_is_never_reached() {
    let text = altered(
        common::TEXT,
        "{ criterion = { id = \"frequent-disabling\", from = 2 } }",
        "{ criterion = { id = \"frequent-disabling\", to = 0 } }",
    );
    let line = line_of(&text, "id = \"worth-asking\"");
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].line, found[0].reason.clone()), (line, never("worth-asking")));
}

const LONG: &str = r#"when = { criterion = { id = "short-nights", to = 1 } }"#;

/// Whoever wakes up gasping is led to a doctor, not on.
#[test]
fn a_reason_that_is_never_said() {
    refused_at(
        "\n[support]",
        "\n[[outcomes.because]]\nid = \"gasping\"\nwhen = { flag = \"breathing\" } # never\n\
         text = \"You woke up gasping at night.\"\n\n[support]",
        "when = { flag = \"breathing\" } # never",
        "no answers make this hold, so this reason is never said with this outcome; mend or remove it",
    );
}

#[test]
fn an_outcome_without_a_reason_for_some() {
    let none = |id: &str| {
        format!(
            "some answers lead to \"{id}\" with none of its reasons; add a [[outcomes.because]] that \
             says why"
        )
    };
    refused_at(
        LONG,
        "when = { criterion = { id = \"short-nights\", to = 0 } }",
        "id = \"carry-on\"",
        &none("carry-on"),
    );
    refused_at(
        "[[outcomes.because]]\nid = \"breathing\"\nwhen = { flag = \"breathing\" }\n\
         text = \"You woke up gasping.\"\n",
        "",
        "id = \"ask-a-doctor\"",
        &none("ask-a-doctor"),
    );
}

/// In the guide's own assessment.
#[test]
fn a_reason_that_was_deleted() {
    for (reason, outcome) in
        [("told-unsure", "see-doctor-first"), ("few-days", "other-options-first")]
    {
        let begin =
            common::TEXT.find(&format!("[[outcomes.because]]\nid = \"{reason}\"")).expect(reason);
        let rest = &common::TEXT[begin + 1..];
        let end = begin + 1 + rest.find("\n\n").expect("an empty line after it");
        let text = [&common::TEXT[..begin], &common::TEXT[end..]].concat();
        let found = mistakes(&text);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, line_of(&text, &format!("id = \"{outcome}\"")));
    }
}

#[test]
fn an_unknown_criterion_in_a_reason() {
    refused(
        LONG,
        r#"when = { criterion = { id = "short-night", to = 1 } }"#,
        "no criterion \"short-night\"; there are short-nights, restless-evenings",
    );
}

#[test]
fn two_reasons_of_one_id() {
    refused_at(
        r#"id = "calm""#,
        r#"id = "long" # again"#,
        r#"id = "long" # again"#,
        "duplicate id \"long\"; give each entry an id of its own",
    );
}

#[test]
fn a_reason_of_an_outcome_that_ends_the_questions() {
    let reason = "[[outcomes.because]]\nid = \"wheel\"\ntext = \"You fell asleep.\"\n\
        when = { marked = { question = \"danger\", with = \"stop\" } }\n";
    let next = "[[outcomes]]\nid = \"ask-a-doctor\"";
    refused_at(
        next,
        &[reason, "\n", next].concat(),
        "id = \"wheel\"",
        "\"stop-driving\" ends the questions at once: its reasons are never said; remove them",
    );
}

#[test]
fn an_outcome_that_ends_the_questions_names_whom_to_call() {
    refused_at(
        "calls = [{ text = \"Call a doctor\", tel = \"+15550100\" }]\n",
        "",
        "id = \"stop-driving\"",
        "\"stop-driving\" ends the questions at once and names nobody to call; add calls",
    );
    refused(
        "calls = [{ text = \"Call a friend\", tel = \"5550101\" }]",
        "calls = []",
        "calls is empty; add at least one",
    );
}

#[test]
fn a_number_that_calls_nobody() {
    for number in ["91", "5550", "1234567890123456"] {
        refused(
            r#"tel = "5550101""#,
            &format!("tel = \"{number}\""),
            &format!("the number \"{number}\" calls nobody; it has three digits (911), or 7 to 15"),
        );
    }
    for number in ["998", "912", "112"] {
        refused(
            r#"tel = "+15550100""#,
            &format!("tel = \"{number}\""),
            &format!(
                "{number} is no number of help; there are 911 (emergencies), 988 (crises) and 211 \
                 (social services)"
            ),
        );
    }
    taken(r#"tel = "+15550100""#, r#"tel = "911""#);
}

/// A digit wrong in the sentence above the button went unnoticed.
#[test]
fn a_text_of_help_that_names_another_number_than_its_button_calls() {
    let help = "text = \"Somebody to talk to.\"\ncalls = [{ text = \"Call a friend\", tel = \"5550101\" }]";
    let named = |number: &str| {
        format!("text = \"Call {number}.\"\ncalls = [{{ text = \"Call 988\", tel = \"988\" }}]")
    };
    refused_at(
        help,
        &named("998"),
        "text = \"Call 998.\"",
        "the text does not name 988, which a button below it calls",
    );
    taken(help, &named("988"));
}

#[test]
fn an_emergency_that_no_longer_ends_the_questions() {
    refused_at(
        "immediate = true\n",
        "",
        "calls = [{ text = \"Call a doctor\"",
        "whoever has to call somebody is not asked on: add immediate = true to \"stop-driving\" (a \
         number that can wait stands in text or steps)",
    );
}

#[test]
fn an_emergency_that_offers_an_appointment() {
    for offer in ["first", "second"] {
        refused_at(
            "appointment = \"none\"",
            &format!("appointment = \"{offer}\" # on the emergency screen"),
            &format!("appointment = \"{offer}\" # on the emergency screen"),
            "\"stop-driving\" ends the questions at once: nothing stands beside its call; write \
             appointment = \"none\"",
        );
    }
}

#[test]
fn an_emergency_that_is_asked_about_after_other_questions() {
    let begin = SLEEP.find("[[questions]]\nid = \"danger\"").expect("the first question");
    let end = SLEEP.find("[[questions]]\nid = \"hours\"").expect("the second one");
    let danger = &SLEEP[begin..end];
    let text = SLEEP.replacen(danger, "", 1);
    let text = altered(&text, "[[limits]]", &[danger, "[[limits]]"].concat());
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "id = \"danger\""));
    assert_eq!(
        found[0].reason,
        "\"danger\" can end the questions at once (outcome \"stop-driving\"), so it is asked before \
         the others; move it to the top of the questions"
    );
    // Two such questions are asked one after the other.
    taken(
        IMMEDIATE,
        r#"when = { any = [{ marked = { question = "danger", with = "stop" } }, { sum = { of = ["hours"], from = 23 } }] }"#,
    );
}

/// Those who chose such an option would be told the same as everybody else.
#[test]
fn a_warning_sign_that_leads_to_no_outcome() {
    let reason = "\"breathing\" cautions about the mark \"see\", and no outcome looks at either: \
        whoever chose such an option gets the outcome of everybody else; name the flag in the when \
        of an outcome, or remove caution";
    let cautious = altered(SLEEP, "title = \"Breathing\"", "title = \"Breathing\"\ncaution = true");
    let reason_of = "[[outcomes.because]]\nid = \"breathing\"\nwhen = { flag = \"breathing\" }\n\
        text = \"You woke up gasping.\"\n";
    let text = altered(&cautious, "  { flag = \"breathing\" },\n", "");
    let text = altered(&text, reason_of, "");
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "id = \"breathing\""));
    assert_eq!(found[0].reason, reason);
    let text = altered(
        &cautious,
        "  { flag = \"breathing\" },",
        "  { marked = { question = \"danger\", with = \"see\" } },",
    );
    guide_core::source::parse::<guide_core::assessment::Assessment>("sleep.toml", &text)
        .expect("no mistake");
}

/// In the guide's own assessment.
#[test]
fn the_outcome_of_the_warning_signs_was_deleted() {
    let begin = common::TEXT.find("[[outcomes]]\nid = \"see-doctor-first\"").expect("it");
    let end = common::TEXT.find("[[outcomes]]\nid = \"safety-first\"").expect("the next outcome");
    let text = [&common::TEXT[..begin], &common::TEXT[end..]].concat();
    let found = mistakes(&text);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].line, line_of(&text, "id = \"prompt-check\""));
}

#[test]
fn a_call_that_names_another_number_than_it_dials() {
    for (text, tel) in [
        ("Call 911", "988"),
        ("Call 911 now", "9110000"),
        ("Call 972-555-0123", "9725550132"),
        ("Call (972) 555-0123", "+19725550132"),
    ] {
        refused(
            "text = \"Call a friend\", tel = \"5550101\"",
            &format!("text = \"{text}\", tel = \"{tel}\""),
            &format!("\"{text}\" dials {tel}; let text and tel name the same number"),
        );
    }
    for (text, tel) in [
        ("Call 988, day and night (24/7)", "988"),
        ("Call 972-555-0123", "+19725550123"),
        ("Call +1 (972) 555-0123", "+19725550123"),
        ("Call 1 972.555.0123", "9725550123"),
        ("Call the lifeline", "988"),
    ] {
        taken(
            "text = \"Call a doctor\", tel = \"+15550100\"",
            &format!("text = \"{text}\", tel = \"{tel}\""),
        );
    }
}
