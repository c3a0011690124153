//! Another person: a token, and a staff file under a passphrase that they type themselves.

use clinic_core::staff_file::StaffFile;
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::{clock, files, focus};
use crate::components::button::Button;
use crate::components::field::Field;
use crate::components::new_passphrase::{NewPassphrase, NewPassphraseFields};
use crate::desk::Desk;
use crate::desk::files::{file_name, staff_file};
use crate::desk::unlock::open_staff_file;
use crate::service::ServiceError;
use crate::service::people::NewPerson;
use crate::stage::App;
use clinic_core::inbox::words::fill;

const NAME: &str = "person-name";
const OWN: &str = "own-passphrase";

/// A form for another person.
#[component]
pub fn AddPerson(
    /// What the screens share.
    app: App,
    /// The inbox.
    desk: Desk,
    /// Called when somebody was added.
    on_change: impl Fn() + Copy + 'static,
) -> impl IntoView {
    let words = &desk.content().words.people;
    let name = RwSignal::new(String::new());
    let name_error = RwSignal::new(None::<String>);
    let own = RwSignal::new(String::new());
    let own_error = RwSignal::new(None::<String>);
    let (may_delete, may_all) = (RwSignal::new(false), RwSignal::new(false));
    let passphrase = NewPassphrase::new(["person-passphrase", "person-passphrase-again"]);
    let is_busy = RwSignal::new(false);
    let made = RwSignal::new(None::<(String, String)>);
    let save = move || {
        if let Some((file, json)) = made.get_untracked() {
            files::save(&file, "application/json", json.as_bytes());
        }
    };
    let add = move || {
        name_error.set(None);
        own_error.set(None);
        let typed_name = name.get_untracked().trim().to_owned();
        if typed_name.is_empty() || typed_name.chars().any(char::is_control) {
            name_error.set(Some(words.name_missing.clone()));
            focus::focus(NAME);
            return;
        }
        let Some(theirs) = passphrase.take() else { return };
        let own_typed = own.get_untracked();
        let scopes = scopes(may_delete.get_untracked(), may_all.get_untracked());
        is_busy.set(true);
        spawn_local(async move {
            let added = add(app, desk, (&typed_name, scopes), &own_typed, &theirs).await;
            is_busy.try_set(false);
            match added {
                Ok(json) => {
                    name.try_set(String::new());
                    own.try_set(String::new());
                    passphrase.clear();
                    made.try_set(Some((file_name(&typed_name), json)));
                    save();
                    desk.say(&fill(&words.added, &[("name", &typed_name)]));
                    focus::focus("person-added");
                    on_change();
                }
                Err(AddError::OwnPassphrase) => {
                    own_error.try_set(Some(app.content.words.unlock.wrong_passphrase.clone()));
                    focus::focus(OWN);
                }
                Err(AddError::Service(ServiceError::Conflict)) => {
                    name_error.try_set(Some(words.name_taken.clone()));
                    focus::focus(NAME);
                }
                Err(AddError::Service(error)) => desk.say_error(error),
            }
        });
    };
    let checkbox = move |label: &'static str, checked: RwSignal<bool>| {
        view! {
            <label class="row">
                <input
                    type="checkbox"
                    prop:checked=move || checked.get()
                    on:change=move |event| checked.set(event_target_checked(&event))
                />
                {label}
            </label>
        }
    };
    view! {
        <details class="panel">
            <summary>{words.add_title.as_str()}</summary>
            <p>{words.add_text.as_str()}</p>
            <Field id=NAME label=words.name.as_str() value=name error=name_error />
            <fieldset>
                <legend>{words.may.as_str()}</legend>
                <p class="hint">{words.may_hint.as_str()}</p>
                {checkbox(words.may_delete.as_str(), may_delete)}
                {checkbox(words.may_all.as_str(), may_all)}
            </fieldset>
            <NewPassphraseFields
                passphrase
                label=words.their_passphrase.as_str()
                hint=words.their_passphrase_hint.as_str()
                words=&app.content.words.passphrase
            />
            <Field
                id=OWN
                label=words.own_passphrase.as_str()
                hint=words.own_passphrase_hint.as_str()
                kind="password"
                value=own
                error=own_error
            />
            <div class="actions">
                <Button label=words.add.clone() is_busy on_press=add />
            </div>
            <div id="person-added" tabindex="-1" hidden=move || made.with(Option::is_none)>
                <p>
                    {words.file_saved.as_str()} " "
                    <code>{move || made.with(|it| it.as_ref().map(|(file, _)| file.clone()))}</code>
                </p>
                <div class="actions">
                    <Button label=words.save_again.clone() look="button secondary" on_press=save />
                </div>
            </div>
        </details>
    }
}

/// Why a person is not added.
enum AddError {
    /// The passphrase of the staff file of whoever adds them is another.
    OwnPassphrase,
    /// The service refused.
    Service(ServiceError),
}

/// Makes a token and a staff file. The clinic's keys come out of the staff file of whoever adds the person,
/// for as long as this takes.
async fn add(
    app: App,
    desk: Desk,
    (name, scopes): (&str, Vec<&'static str>),
    own: &str,
    theirs: &str,
) -> Result<String, AddError> {
    let file = app.file.get_untracked().ok_or(AddError::OwnPassphrase)?;
    let own = open_staff_file(&file.bytes, own).await.map_err(|_| AddError::OwnPassphrase)?;
    let session = desk.session().ok_or(AddError::Service(ServiceError::Unexpected))?;
    let person = NewPerson { name: name.to_owned(), scopes, expires: in_a_year() };
    let token = session.service.add_person(&person).await.map_err(AddError::Service)?;
    let unexpected = AddError::Service(ServiceError::Unexpected);
    let content = StaffFile::new(name, &token, own.keys().to_vec());
    match content {
        Ok(content) => staff_file(&content, theirs).await.ok_or(unexpected),
        Err(_) => Err(unexpected),
    }
}

fn scopes(may_delete: bool, may_all: bool) -> Vec<&'static str> {
    match (may_all, may_delete) {
        (true, _) => vec!["admin"],
        (false, true) => vec!["list", "mark", "delete"],
        (false, false) => vec!["list", "mark"],
    }
}

/// The last day of a new token, as `intake token new` sets it.
fn in_a_year() -> Option<String> {
    let today = clock::now().to_zoned(TimeZone::UTC).date();
    today.checked_add(1.year()).ok().map(|day| day.to_string())
}
