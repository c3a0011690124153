//! Reviews of the self-assessment and of the articles: missing, half there, or of a day to come.

use std::process::Command;

use crate::copy::Copy;
use crate::keys::{checked, with_expiring_key};

/// Files that a clinician reviews.
const FILES: [&str; 3] = ["en/assessment.toml", "en/guide.md", "en/articles/what-ketamine-is.md"];

/// The content with these lines in place of a file's empty `reviewed-by`.
fn reviewed(file: &str, lines: &str) -> Copy {
    let copy = Copy::new();
    copy.spoil(file, "reviewed-by = \"\"\n", lines);
    copy
}

#[test]
fn a_text_without_a_review_is_a_warning_with_its_line() {
    let copy = Copy::new();
    with_expiring_key(&copy, "\"2999-12-31\"");
    let (code, said) = checked(&copy);
    assert_eq!(code, Some(0), "{said}");
    for file in FILES {
        let line = copy.text(file).lines().position(|it| it.starts_with("reviewed-by = "));
        let line = line.expect("it is there") + 1;
        let warning = format!("{file}:{line}: not yet reviewed by a clinician");
        assert!(said.contains(&warning), "{warning} is missing: {said}");
    }
    assert!(!said.contains("privacy.md"), "{said}");
    let (_, output) = copy.build();
    assert!(String::from_utf8_lossy(&output.stderr).contains("not yet reviewed by a clinician"));
}

#[test]
fn a_reviewed_text_is_no_warning() {
    for file in FILES {
        let copy =
            reviewed(file, "reviewed-by = \"Ada Example, M.D.\"\nreviewed-on = 2026-11-25\n");
        with_expiring_key(&copy, "\"2999-12-31\"");
        let (code, said) = checked(&copy);
        assert_eq!(code, Some(0), "{said}");
        assert!(!said.contains(file), "{said}");
        assert!(said.contains("not yet reviewed by a clinician"), "of the others: {said}");
    }
}

#[test]
fn half_a_review() {
    for file in FILES {
        reviewed(file, "reviewed-by = \"Ada Example, M.D.\"\n").expect(
            file,
            "reviewed-by = ",
            "a clinician, but no day; add a line such as reviewed-on = 2026-11-23",
        );
        reviewed(file, "reviewed-by = \"\"\nreviewed-on = 2026-11-25\n").expect(
            file,
            "reviewed-on = ",
            "a day, but no clinician; write who reviewed it in reviewed-by",
        );
    }
}

#[test]
fn a_review_at_an_hour() {
    for file in FILES {
        let lines = "reviewed-by = \"Ada Example, M.D.\"\nreviewed-on = 2026-11-25T10:00:00\n";
        reviewed(file, lines).expect(file, "reviewed-on = ", "year, month and day alone");
    }
}

#[test]
fn a_review_on_a_day_to_come_stops_check_and_build() {
    for file in FILES {
        let copy =
            reviewed(file, "reviewed-by = \"Ada Example, M.D.\"\nreviewed-on = 2999-11-25\n");
        with_expiring_key(&copy, "\"2999-12-31\"");
        let (code, said) = checked(&copy);
        assert_eq!(code, Some(1), "{said}");
        let line = copy.text(file).lines().position(|it| it.starts_with("reviewed-on = "));
        let mistake = format!("{file}:{}: this day is still to come", line.expect("there") + 1);
        assert!(said.contains(&mistake), "{mistake} is missing: {said}");
        let (_, output) = copy.build();
        assert!(!output.status.success());
    }
}

/// It was found only once the clinic had a key, and the copy to sign showed the day.
#[test]
fn a_review_on_a_day_to_come_was_no_mistake_without_a_key() {
    let lines = "reviewed-by = \"Ada Example, M.D.\"\nreviewed-on = 2999-11-25\n";
    for file in FILES {
        let (_, said) = checked(&reviewed(file, lines));
        assert!(said.contains("this day is still to come"), "{said}");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_migraine-guide"))
        .arg("review")
        .env("GUIDE_CONTENT", reviewed(FILES[0], lines).content())
        .output()
        .expect("the program runs");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("this day is still to come"));
}

/// The message led from one mistake to the next: into quotation marks and out of them.
#[test]
fn a_day_that_is_none() {
    for file in FILES {
        for day in ["2026-02-30", "11/20/2026", "2026-9-3", "\"2026-11-20\""] {
            let lines = format!("reviewed-by = \"Ada Example, M.D.\"\nreviewed-on = {day}\n");
            reviewed(file, &lines).expect(
                file,
                "reviewed-on = ",
                "a day that exists, such as 2026-11-23",
            );
        }
    }
}
