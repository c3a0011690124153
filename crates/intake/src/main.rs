//! The binary `intake`; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    intake::commands::run()
}
