//! In the browser: starts the app. Natively: renders the pages, as Trunk's `post_build` hook or, as the
//! program of the site kit, without any other tool.

#[cfg(target_arch = "wasm32")]
fn main() {
    migraine_guide::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    migraine_guide::site::command::run()
}
