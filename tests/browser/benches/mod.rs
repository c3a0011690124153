//! Measurements: `make bench-browser`, `make bench-inbox`, `make bench-page` and `make bench-pages`. Their figures are
//! printed, and decide nothing.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod answering;
mod inbox;
mod page;
mod pages;
