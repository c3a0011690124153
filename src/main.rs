//! In the browser: starts the islands. Natively: renders the pages, as Trunk's `post_build` hook.

#[cfg(target_arch = "wasm32")]
fn main() {
    migraine_guide::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match migraine_guide::prerender::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}
