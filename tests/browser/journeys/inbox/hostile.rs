//! Whatever a request says stays text: in the page, in a table, in a link and in a calendar file.

use guide_core::request::form::{ContactBy, CoverageKind, MAX_NAME, Need};
use guide_core::request::payload::{AppointmentRequest, Coverage, Needs, Policyholder};
use rstest_reuse::apply;
use serde_json::{Value, json};

use crate::harness::engine::{Engine, in_every_engine};
use crate::harness::line::Line;
use crate::harness::office::colleague::Colleague;
use crate::harness::office::{Office, words};

/// Text that would do something if it were taken for anything but text.
const HOSTILE: [&str; 12] = [
    "<img src=x onerror='window.hacked = 1'>Trial",
    "<script>window.hacked = 1</script>Trial",
    "</bdi></h1><iframe src='javascript:parent.hacked = 1'></iframe>Trial",
    "{name} {reference} {{hacked}} Trial",
    "\u{202e}txet desrever\u{202c} Trial",
    "\u{2066}\u{200f}Trial \u{5d0}\u{5d1}",
    "=HYPERLINK(\"http://203.0.113.7/\",\"Trial\")",
    "+1+cmd|' /C calc'!A0 Trial",
    "-2+3 Trial",
    "@SUM(1+1) Trial",
    "\t=1+1 Trial",
    "Trial\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:x@example.org\r\n\",=1+1",
];

/// Addresses that a mail program could take for more than one recipient.
const ADDRESSES: [&str; 6] = [
    "x?bcc=other%40example.org&subject=y@example.org",
    "x,other%40example.org@example.org",
    "x%0d%0abcc:other@example.org",
    "x;other@example.org",
    "\"x\"<other>@example.org",
    "x&body=y@example.org",
];

/// A request that says this wherever somebody can type.
fn request(office: &mut Office, text: &str, email: &str) -> AppointmentRequest {
    let mut request = office.request(text);
    let given = || Some(text.to_owned());
    request.patient.filled_in_by = given();
    request.patient.email = Some(email.to_owned());
    request.patient.contact_by = ContactBy::Email;
    request.patient.needs =
        Some(Needs { kinds: vec![Need::Interpreter], language: given(), words: given() });
    request.preferred.location = text.to_owned();
    request.coverage = Some(Coverage {
        kind: CoverageKind::Insurance,
        carrier: given(),
        member_number: given(),
        policyholder: Some(Policyholder::Other(text.to_owned())),
    });
    request.message = Some(format!("{text}\n{text}"));
    let assessment = json!({
        "version": text, "complete": true, "answers": {}, "criteria": {},
        "flags": [text], "outcome": text, "because": [text],
    });
    request.assessment = Some(serde_json::from_value(assessment).expect("an assessment"));
    request
}

/// As texts are shown: what steers is written as its number.
fn shown(text: &str) -> String {
    clinic_core::readable::shown(text)
}

/// An office that has received all of it, and somebody who has opened the inbox.
async fn received(engine: Engine) -> (Office, Line, Colleague) {
    let mut office = Office::open(engine).await;
    let long = "W".repeat(MAX_NAME);
    let texts = HOSTILE.into_iter().chain([&*long]).zip(ADDRESSES.into_iter().cycle());
    let requests: Vec<AppointmentRequest> =
        texts.map(|(text, email)| request(&mut office, text, email)).collect();
    office.receives(requests);
    let staff = office.staff_file("First Person", "list,mark");
    let line = Line::to(office.operations_port()).await;
    line.calls_first(include_str!("../../scripts/policy_violations.js"), &json!([]));
    let colleague = Colleague::arrives_at(&office, &line.address("/"), &staff).await;
    colleague.unlocks().await;
    colleague.waits_for_rows(HOSTILE.len() + 1).await;
    (office, line, colleague)
}

#[apply(in_every_engine)]
async fn what_a_request_says_stays_text_in_the_page(engine: Engine) {
    let (_office, _line, colleague) = received(engine).await;
    let long = "W".repeat(MAX_NAME);
    for text in HOSTILE.into_iter().chain([&*long]) {
        // Browsers show line breaks in a name as spaces.
        let title = shown(text).trim().to_owned();
        colleague.opens_request(&title).await;
        let message = colleague.texts("blockquote").await;
        let lines: Vec<String> = [text, text].join("\n").split('\n').map(shown).collect();
        assert_eq!(message, [lines.join("\n").trim()]);
        colleague.unfolds(&words().request.answers).await;
        let inside = "return document.querySelectorAll('#main :is(script, iframe, img, object, \
            embed, link, style, base, meta)').length";
        assert_eq!(colleague.person.runs(inside).await, json!(0), "{title}");
        // Nothing of it makes the page wider than the window.
        let wide = "return document.documentElement.scrollWidth - innerWidth";
        let wide = colleague.person.runs(wide).await;
        assert!(wide.as_i64().is_some_and(|it| it <= 0), "{title}: {wide}");
    }
    colleague.person.has_screen(360, 780).await;
    colleague.presses(&words().request.back).await;
    colleague.opens_request(&long).await;
    let fits = "const { scrollWidth, clientWidth } = document.documentElement; \
        return scrollWidth === clientWidth && innerWidth === 360";
    assert_eq!(colleague.person.runs(fits).await, json!(true), "on a phone");

    assert_eq!(colleague.person.runs("return window.hacked ?? null").await, Value::Null);
    assert_eq!(colleague.person.runs("return forbidden").await, json!([]));
    let alert = colleague.person.engine().client.get_alert_text().await;
    assert!(alert.is_err(), "{alert:?}");
}

#[apply(in_every_engine)]
async fn links_reach_the_patient_alone(engine: Engine) {
    let (mut office, _line, colleague) = received(engine).await;
    for text in &HOSTILE[..ADDRESSES.len()] {
        colleague.opens_request(shown(text).trim()).await;
        let links = colleague.person.links(".contact a").await;
        assert!(links.iter().all(|it| !it.starts_with("mailto:")), "{text}: {links:?}");
        assert!(links.iter().any(|it| it.starts_with("tel:")), "the number is a plain one");
    }
    // One that is a plain address has a link, with subject and reference, and no word of health.
    let plain = office.request("Trial Plain");
    let reference = crate::harness::office::requests::reference(&plain);
    office.receives([plain]);
    colleague.waits_for_rows(HOSTILE.len() + 2).await;
    colleague.opens_request("Trial Plain").await;
    let links = colleague.person.links(".contact a").await;
    let mail = links.iter().find(|it| it.starts_with("mailto:")).expect("a link");
    let mail = url::Url::parse(mail).expect("a URL");
    assert_eq!(mail.path(), "patient@example.org");
    let parts: Vec<(String, String)> =
        mail.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["subject", "body"]);
    assert_eq!(parts[0].1, words().request.mail_subject.replace("{reference}", &reference));
    assert!(parts.iter().all(|(_, value)| !value.contains("Trial Plain")));
}

#[apply(in_every_engine)]
async fn the_table_and_the_calendar_file_hold_text_alone(engine: Engine) {
    let (_office, _line, colleague) = received(engine).await;
    let downloads = colleague.saves_files();
    colleague.unfolds(&words().export.title).await;
    colleague.presses(&words().export.table).await;
    colleague.waits_for_message(&words().export.saved).await;
    let table = downloads.reads(".csv").await;
    let rows = cells(table.trim_start_matches('\u{feff}'));
    assert_eq!(rows.len(), HOSTILE.len() + 2, "the head, and a row for each");
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        for cell in row {
            let begins = cell.trim_start().chars().next();
            assert!(!begins.is_some_and(|it| "=+-@\t\r".contains(it)), "{cell:?}");
            assert!(!cell.contains(['\t', '\r', '\u{202e}', '\u{2066}']), "{cell:?}");
        }
    }
    assert!(table.contains("HYPERLINK"), "what was written is there");

    let event = HOSTILE[11];
    colleague.opens_request(shown(event).trim()).await;
    colleague.unfolds(&words().appointment.title).await;
    for (id, value) in [("appointment-date", "2026-12-01"), ("appointment-time", "14:30")] {
        let set = "const field = document.getElementById(arguments[0]); field.value = arguments[1]; \
            field.dispatchEvent(new Event('input', { bubbles: true })); return true";
        colleague.waits_for_script(set, &json!([id, value])).await;
    }
    colleague.presses(&words().appointment.save).await;
    colleague.waits_for_message(&words().appointment.saved).await;
    let calendar = downloads.reads(".ics").await;
    // Long lines go on in the next one, which begins with a space.
    let calendar = calendar.replace("\r\n ", "");
    let count = |begin: &str| calendar.lines().filter(|line| line.starts_with(begin)).count();
    assert_eq!((count("BEGIN:VEVENT"), count("END:VEVENT")), (1, 1), "{calendar}");
    for begin in ["ATTENDEE", "ORGANIZER", "ATTACH", "URL", "METHOD", "BEGIN:VALARM"] {
        assert_eq!(count(begin), 0, "{calendar}");
    }
    assert!(!calendar.contains("Trial"), "it does not name the patient");
    // By the clinic's clock, in winter six hours behind.
    assert_eq!(count("DTSTART:20261201T203000Z"), 1, "{calendar}");
    assert_eq!(count("DTEND:20261201T213000Z"), 1, "{calendar}");
}

/// The cells of a table (RFC 4180).
fn cells(table: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut signs = table.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                rows.push(std::mem::take(&mut row));
            }
            sign => cell.push(sign),
        }
    }
    assert!(!quoted && cell.is_empty() && row.is_empty(), "it ends with a line");
    rows
}
