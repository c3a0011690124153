//! Tests of the requests in memory, and of what staff see of them.

#![expect(clippy::expect_used, reason = "a test says what it expected")]

mod age;
mod details;
mod lists;
mod moment;
mod sample;
