//! What the clinic's programs share, tried from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod calendar;
mod contact;
mod file_kind;
mod keys;
mod note;
mod open;
mod staff_file;
