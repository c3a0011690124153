//! Requests for tests.

use std::sync::Arc;

use clinic_core::state::State;
use guide_core::request::form::{ContactBy, Details, Need};
use guide_core::request::payload::{
    AppointmentRequest, Circumstances, Included, Needs, Patient, Preferred,
};
use inbox::model::entry::{Content, Entry, Unreadable, Work};
use jiff::Timestamp;
use uuid::Uuid;

/// A request of this name, with nothing but what it must have.
pub fn request(name: &str) -> AppointmentRequest {
    let details = Details {
        patient: Patient {
            name: name.to_owned(),
            filled_in_by: None,
            phone: Some("(972) 555-0123".to_owned()),
            email: None,
            contact_by: ContactBy::Call,
            message_ok: false,
            date_of_birth: None,
            returning: None,
            needs: None,
        },
        preferred: Preferred {
            location: "allen".to_owned(),
            earliest: None,
            days: Vec::new(),
            times: Vec::new(),
            call_times: Vec::new(),
        },
        coverage: None,
        message: Some("Light hurts.".to_owned()),
    };
    let circumstances = Circumstances {
        request_id: Uuid::nil(),
        created_at: "2026-11-23T09:30:00-06:00".to_owned(),
        language: "en".to_owned(),
        consent_version: "2026-11".to_owned(),
    };
    AppointmentRequest::new(details, Included::default(), circumstances)
}

/// The same with an interpreter.
pub fn with_interpreter(name: &str) -> AppointmentRequest {
    let mut request = request(name);
    let kinds = vec![Need::Interpreter];
    request.patient.needs =
        Some(Needs { kinds, language: Some("Spanish".to_owned()), words: None });
    request
}

/// A stored request: its number is its place in the order of arrival.
pub fn entry(number: u32, content: Content) -> Entry {
    let at = Timestamp::from_second(1_800_000_000 + i64::from(number)).expect("a moment");
    Entry {
        id: Uuid::from_u128(number.into()),
        reference: format!("AAAA-{number:04}"),
        received_at: at,
        work: Work {
            state: State::New,
            holder: None,
            tries: 0,
            version: 1,
            changed_at: at,
            notes: 0,
        },
        content,
    }
}

/// One that opened.
pub fn opened(number: u32, request: AppointmentRequest) -> Entry {
    entry(number, Content::Opened(Arc::new(request)))
}

/// One that did not.
pub fn unreadable(number: u32) -> Entry {
    entry(number, Content::Unreadable(Unreadable::Damaged))
}

/// The same in another state.
pub fn in_state(entry: Entry, state: State, holder: Option<&str>) -> Entry {
    let work = Work { state, holder: holder.map(str::to_owned), ..entry.work };
    Entry { work, ..entry }
}
