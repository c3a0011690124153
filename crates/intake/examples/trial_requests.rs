//! Puts trial requests into a database, sealed as the page seals them: `make serve` shows them in the trial
//! inbox, and the tests of the inbox use them.
//!
//! ```text
//! cargo run --example trial_requests -- DATABASE PUBLIC_KEY_FILE COUNT
//! ```
//!
//! Their values are made up: nobody is called so, and the numbers are reserved for fiction.

use std::env;
use std::path::Path;
use std::process::ExitCode;

use guide_core::assessment::{Answer, Answers};
use guide_core::by_id::ById;
use guide_core::request::form::{
    CalendarDate, ContactBy, CoverageKind, Day, Details, Need, PartOfDay,
};
use guide_core::request::payload::{
    AppointmentRequest, Circumstances, Coverage, Included, IncludedAssessment, IncludedMatters,
    Needs, Patient, Policyholder, Preferred,
};
use intake::keys::read_public;
use intake::seal::seal;
use intake::store::{Database, STORE_TIMEOUT, Store};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use uuid::Uuid;

/// Requests that are stored at once.
const GROUP: usize = 100;

type Error = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [database, key, count] = arguments.as_slice() else {
        eprintln!("give DATABASE PUBLIC_KEY_FILE COUNT");
        return ExitCode::from(2);
    };
    match put(database, Path::new(key), count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("trial_requests: {error}");
            ExitCode::FAILURE
        }
    }
}

fn put(database: &str, key: &Path, count: &str) -> Result<(), Error> {
    let (database, count): (Database, u32) = (database.parse()?, count.parse()?);
    let keys = read_public(key)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let store = Store::open(&database, STORE_TIMEOUT).await?;
        let all: Vec<u32> = (0..count).collect();
        for group in all.chunks(GROUP) {
            // The store puts those that come at once into one transaction.
            let mut under_way = tokio::task::JoinSet::new();
            for nth in group {
                let id = Uuid::new_v4();
                let payload = request(*nth, id)?.to_padded_json()?;
                let (store, envelope) = (store.clone(), seal(&payload, id, &keys)?);
                under_way.spawn(async move { store.insert(id, &envelope).await });
            }
            while let Some(stored) = under_way.join_next().await {
                stored??;
            }
        }
        store.close().await;
        Ok(())
    })
}

/// One of a few kinds of requests, by its number.
fn request(nth: u32, request_id: Uuid) -> Result<AppointmentRequest, Error> {
    let created_at = OffsetDateTime::now_utc().truncate_to_second().format(&Rfc3339)?;
    let circumstances = Circumstances {
        request_id,
        created_at,
        language: "en".to_owned(),
        consent_version: "2026-11".to_owned(),
    };
    let assessment = (nth % 3 != 2).then(|| assessment(nth)).transpose()?;
    let matters = IncludedMatters::read("2026.12 clear-head much cost much few-visits some");
    let included = Included { assessment, matters: matters.filter(|_| nth % 3 == 2) };
    Ok(AppointmentRequest::new(details(nth)?, included, circumstances))
}

fn details(nth: u32) -> Result<Details, Error> {
    let for_another = nth % 5 == 3;
    let insured = nth % 4 == 1;
    let contact_by = match nth % 3 {
        0 => ContactBy::Call,
        1 => ContactBy::Text,
        _ => ContactBy::Email,
    };
    let needs = (nth % 4 == 2).then(|| Needs {
        kinds: vec![Need::Interpreter, Need::DimRoom],
        language: Some("Spanish".to_owned()),
        words: None,
    });
    let coverage = Coverage {
        kind: if insured { CoverageKind::Insurance } else { CoverageKind::SelfPay },
        carrier: insured.then(|| "Example Insurance".to_owned()),
        member_number: insured.then(|| format!("TRIAL-{nth}")),
        policyholder: insured.then_some(Policyholder::Patient),
    };
    Ok(Details {
        patient: Patient {
            name: format!("Trial Patient {}", nth + 1),
            filled_in_by: for_another.then(|| "Trial Relative".to_owned()),
            phone: (contact_by != ContactBy::Email).then(|| format!("972 555 01{:02}", nth % 100)),
            email: (contact_by == ContactBy::Email).then(|| format!("patient{nth}@example.org")),
            contact_by,
            message_ok: nth.is_multiple_of(2),
            date_of_birth: insured.then(birth).transpose()?,
            returning: Some(nth.is_multiple_of(6)),
            needs,
        },
        preferred: Preferred {
            location: "allen".to_owned(),
            earliest: None,
            days: if nth.is_multiple_of(2) { vec![Day::Monday, Day::Thursday] } else { Vec::new() },
            times: vec![PartOfDay::Morning],
            call_times: vec![PartOfDay::Afternoon],
        },
        coverage: (nth % 4 != 3).then_some(coverage),
        message: (nth % 2 == 1).then(|| {
            "This is a trial request.\nLight hurts, and two medicines did not help so far."
                .to_owned()
        }),
    })
}

/// A self-assessment as it is included: ids of the questions as they are in content/en/assessment.toml.
fn assessment(nth: u32) -> Result<IncludedAssessment, Error> {
    let flags = if nth.is_multiple_of(3) { r#"["cautions"]"# } else { "[]" };
    let json = format!(
        r#"{{"version": "trial", "complete": {}, "answers": {{}}, "criteria": {{}}, "flags": {flags},
            "outcome": "worth-asking", "because": []}}"#,
        nth.is_multiple_of(2)
    );
    let mut included: IncludedAssessment = serde_json::from_str(&json)?;
    let answers = [("headache-days".to_owned(), Answer::Number(nth % 30))];
    included.answers = Answers(answers.into_iter().collect::<ById<Answer>>());
    Ok(included)
}

fn birth() -> Result<CalendarDate, Error> {
    "1984-02-29".parse().map_err(|_| "no date".into())
}
