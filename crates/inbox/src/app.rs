//! The start, and which screen is shown.

use clinic_core::inbox::Content;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::http::{Call, call};
use crate::browser::{clock, display, events, page};
use crate::desk::Desk;
use crate::screens::desk::DeskScreen;
use crate::screens::set_up::SetUp;
use crate::screens::unlock::Unlock;
use crate::stage::{App, Locked, Stage};

/// The beginning of the fragment of a one-time link.
const SET_UP: &str = "set-up=";

/// Fetches the content and starts the inbox.
pub fn start() {
    // Before the first component, which starts the executor of Leptos.
    page::spawn(async {
        let secret = page::take_fragment();
        let secret = secret.and_then(|it| it.strip_prefix(SET_UP).map(str::to_owned));
        match content().await {
            // Lives as long as the page.
            Some(content) => show(Box::leak(Box::new(content)), secret),
            None => page::fail(),
        }
    });
}

async fn content() -> Option<Content> {
    let path = clinic_core::inbox::FILE;
    let asked = Call { method: "GET", path, token: None, if_match: None, body: None };
    let reply = call(asked).await.filter(|reply| reply.status == 200)?;
    serde_json::from_slice(&reply.body).ok()
}

fn show(content: &'static Content, secret: Option<String>) {
    display::apply(display::theme().as_deref());
    page::clear();
    leptos::mount::mount_to_body(move || view! { <Inbox content secret /> });
}

#[component]
fn Inbox(content: &'static Content, secret: Option<String>) -> impl IntoView {
    let app = App::new(content);
    let is_setting_up = RwSignal::new(secret.is_some());
    page::set_title(&content.words.site.name);
    events::on_use(move || app.used());
    events::on_link(SET_UP, page::reload);
    // Keys that were made would be lost, or a note.
    events::ask_before_leaving(move || {
        let has_draft = |desk: Desk| {
            desk.drafts.with_untracked(|all| all.values().any(|note| !note.trim().is_empty()))
        };
        is_setting_up.get_untracked()
            || matches!(app.stage.get_untracked(), Stage::Open(desk) if has_draft(desk))
    });
    events::on_leave(move || {
        app.lock(Locked::AtStart);
        // A set-up that is left begins anew: no key stays in a page that the browser keeps.
        is_setting_up.set(false);
    });
    spawn_local(async move {
        loop {
            clock::pause(std::time::Duration::from_secs(15)).await;
            app.lock_if_idle();
        }
    });
    // The service does not know the token any more.
    Effect::new(move || {
        let Stage::Open(desk) = app.stage.get() else { return };
        match desk.ended.get() {
            Some(crate::service::ServiceError::Expired) => app.lock(Locked::Expired),
            Some(_) => app.lock(Locked::Revoked),
            None => {}
        }
    });
    Effect::new(move || {
        if let Stage::Open(desk) = app.stage.get() {
            page::set_title(&desk.title());
        }
    });
    let secret = secret.unwrap_or_default();
    move || {
        if is_setting_up.get() {
            let secret = secret.clone();
            return view! { <SetUp app secret on_done=move || is_setting_up.set(false) /> }
                .into_any();
        }
        match app.stage.get() {
            Stage::Locked(why) => view! { <Unlock app why /> }.into_any(),
            Stage::Open(desk) => view! { <DeskScreen app desk /> }.into_any(),
        }
    }
}
