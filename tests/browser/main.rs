//! Whole journeys in a real browser, as a patient would take them.
//!
//! `engine` starts the browser · `clinic` serves the site and opens requests · `line` is what is
//! between them · `person` presses, types and reads · `answers` to the self-assessment · the other
//! modules are the journeys.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expected")]

mod answers;
mod back_and_forward;
mod clinic;
mod display;
mod embed_page;
mod embedded;
mod engine;
mod every_question;
mod filling_in;
mod host;
mod hostile_host;
mod hosts;
mod line;
mod loading;
mod narrow;
mod never_lost;
mod no_program;
mod outcomes;
mod overheard;
mod person;
mod policy;
mod print;
mod refusals;
mod removed;
mod sealed;
mod self_assessment;
mod steady;
mod wait;
mod whole_way;
mod wordpress;
