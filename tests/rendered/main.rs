//! Tests of the rendered pages and components: the HTML before the app runs, and its semantics for
//! assistive technology.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

mod article;
mod article_list;
mod article_mistakes;
mod button;
mod call_links;
mod checkbox;
mod choices;
mod claims;
mod contents;
mod decision_aid;
mod display_menu;
mod embed_builder;
mod error_summary;
mod field;
mod figure_mistakes;
mod figures;
mod flag;
mod footer;
mod head;
mod header;
mod html;
mod list;
mod messages;
mod no_phone;
mod opening;
mod pages;
mod panel;
mod paragraphs;
mod parts;
mod quick_links;
mod reading_grade;
mod request_form;
mod review;
mod screens;
mod site_digests;
mod site_files;
mod summary_list;
mod support;
mod syllables;
mod text_input;
mod urgent;
mod warning_signs;
