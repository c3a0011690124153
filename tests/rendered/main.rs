//! The pages and their components as HTML, rendered natively: what a reader gets before any
//! program runs, and what assistive technology is told.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

mod article_mistakes;
mod checkbox;
mod choices;
mod claims;
mod display;
mod embed_builder;
mod error_summary;
mod figure_mistakes;
mod figures;
mod head;
mod html;
mod pages;
mod reading_grade;
mod screens;
mod site_files;
mod summary_list;
mod syllables;
mod text_input;
