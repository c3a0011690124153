//! In the browser: starts the app. Natively: renders the pages, as Trunk's `post_build` hook; with
//! `check-content` it only checks the content, with `review` it writes the self-assessment's copy for a
//! clinician.

#[cfg(not(target_arch = "wasm32"))]
use migraine_guide::site;

#[cfg(target_arch = "wasm32")]
fn main() {
    migraine_guide::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let done = match std::env::args().nth(1).as_deref() {
        Some("check-content") => site::check(),
        Some("review") => site::write_review(),
        _ => site::run(),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(error.exit_code())
        }
    }
}
