//! The pages and their components as HTML, rendered natively: what a reader gets before any
//! program runs, and what assistive technology is told.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

mod checkbox;
mod choices;
mod error_summary;
mod html;
mod pages;
mod screens;
mod summary_list;
mod text_input;
