//! In the browser: starts the app. Natively: renders the pages, as Trunk's `post_build` hook; with
//! `check-content` it only checks the content.

#[cfg(not(target_arch = "wasm32"))]
use migraine_guide::site;

#[cfg(target_arch = "wasm32")]
fn main() {
    migraine_guide::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let only_check = std::env::args().nth(1).is_some_and(|it| it == "check-content");
    let run = if only_check { site::check } else { site::run };
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::from(error.exit_code())
        }
    }
}
