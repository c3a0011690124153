//! A calendar file for a time agreed on.

use std::sync::Arc;

use clinic_core::calendar;
use clinic_core::inbox::words::fill;
use guide_core::request::payload::AppointmentRequest;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use leptos::prelude::*;
use time::OffsetDateTime;

use crate::browser::{clock, files, focus};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::desk::Desk;

const DATE: &str = "appointment-date";
/// Minutes of an appointment, unless somebody says otherwise.
const MINUTES: &str = "60";
/// The longest appointment, in minutes.
const MAX_MINUTES: i64 = 24 * 60;

/// A calendar file for a time agreed on: for the clinic's own calendar, it names the reference and not the
/// patient.
#[component]
pub fn Appointment(
    /// The inbox.
    desk: Desk,
    /// The request.
    request: Arc<AppointmentRequest>,
    /// Its short name.
    reference: String,
) -> impl IntoView {
    let content = desk.content();
    let words = &content.words.appointment;
    let (date, time) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let minutes = RwSignal::new(MINUTES.to_owned());
    let error = RwSignal::new(None::<String>);
    let zone = desk.office().zone().clone();
    let save = move || {
        let asked = (date.get_untracked(), time.get_untracked(), minutes.get_untracked());
        let Some((from, to)) = span(&asked.0, &asked.1, &asked.2, &zone) else {
            error.set(Some(words.error.clone()));
            focus::focus(DATE);
            return;
        };
        error.set(None);
        let gaps = [("clinic", content.clinic.name.as_str()), ("reference", &reference)];
        let location = content.labels.locations.get(&request.preferred.location);
        let file = calendar::file(&calendar::Appointment {
            request_id: request.request_id,
            start: from,
            end: to,
            now: clock::now_utc(),
            summary: &fill(&words.summary, &gaps),
            description: &fill(&words.description, &gaps),
            location: location.map_or("", String::as_str),
        });
        let name = format!("{reference}.ics");
        match file {
            Ok(file) if files::save(&name, calendar::MEDIA_TYPE, file.as_bytes()) => {
                desk.say(&words.saved);
            }
            _ => error.set(Some(words.error.clone())),
        }
    };
    view! {
        <details class="appointment">
            <summary>{words.title.as_str()}</summary>
            <p class="hint">{words.hint.as_str()}</p>
            <div class="fields">
                <Field
                    id=DATE
                    label=words.date.as_str()
                    kind="date"
                    value=date
                    error=error
                />
                <Field id="appointment-time" label=words.time.as_str() kind="time" value=time />
                <Field id="appointment-minutes" label=words.minutes.as_str() kind="number" value=minutes />
            </div>
            <div class="actions">
                <Button label=words.save.clone() look="button secondary" on_press=save />
            </div>
        </details>
    }
}

/// Beginning and end of an appointment, by the clinic's clock.
fn span(
    date: &str,
    time: &str,
    minutes: &str,
    zone: &TimeZone,
) -> Option<(OffsetDateTime, OffsetDateTime)> {
    let (date, time): (Date, Time) = (date.parse().ok()?, time.parse().ok()?);
    let minutes: i64 = minutes.trim().parse().ok()?;
    let from = date.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp();
    let to = from.checked_add((1..=MAX_MINUTES).contains(&minutes).then_some(minutes)?.minutes());
    let moment = |at: Timestamp| OffsetDateTime::from_unix_timestamp(at.as_second()).ok();
    Some((moment(from)?, moment(to.ok()?)?))
}
