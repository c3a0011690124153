//! What the self-assessment says around the questions.

use crate::content::words::words;

words! {
    /// `[assessment]` of `interface.toml`.
    AssessmentWords {
        title: String,
        no_script: String,
        failed: String,
        retry: String,
        on_paper: String,
        only_if: String,
        reviewed: String,
        not_reviewed: String,
        start_title: String,
        start_text: Vec<String>,
        start: String,
        progress: String,
        range: String,
        proceed: String,
        back: String,
        urgent: String,
        reconsider: String,
        clear: String,
        stays_here: String,
        check_title: String,
        check_text: String,
        change: String,
        change_what: String,
        not_answered: String,
        not_yet: String,
        settled: String,
        see_early: String,
        early_title: String,
        early_text: String,
        go_on: String,
        see_result: String,
        criteria_title: String,
        points: String,
        because: String,
        because_title: String,
        links_title: String,
        also_said: String,
        flags_title: String,
        source: String,
        steps_title: String,
        bring_title: String,
        request: String,
        request_note: String,
        request_second: String,
        print: String,
        change_answers: String,
        error: String,
        errors: AnswerErrorWords,
    }
}

words! {
    /// `[assessment.errors]`.
    AnswerErrorWords {
        missing_single,
        missing_multi,
        missing_number,
        not_whole,
        out_of_range,
        not_alone,
        number_and_option,
        unknown,
    }
}
