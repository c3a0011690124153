//! Whole journeys in a real browser, as a patient would take them.
//!
//! - `harness`: the browser, the intake, the proxy between them, and the person at the keyboard.
//! - `journeys`: the tests, a file for each concern.
//! - `hosts`: pages of other sites that embed the guide, served to the journeys.
//! - `benches` and `screenshots`: measure and picture the same pages with the same harness. They
//!   test nothing, so they are ignored unless `make` asks for one of them. As targets of their own
//!   each would compile the harness again, and no compiler could say which of it nobody uses.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]

mod benches;
mod harness;
mod journeys;
mod screenshots;
