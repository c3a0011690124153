//! Whole journeys in a real browser, as a patient would take them.
//!
//! `engine` starts the browser · `clinic` serves the site and opens requests · `person` presses,
//! types and reads · `answers` to the self-assessment · the other modules are the journeys.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]

mod answers;
mod clinic;
mod display;
mod embed_page;
mod embedded;
mod engine;
mod host;
mod hosts;
mod loading;
mod narrow;
mod no_program;
mod outcomes;
mod person;
mod policy;
mod print;
mod self_assessment;
mod steady;
mod wait;
mod whole_way;
mod wordpress;
