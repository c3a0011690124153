//! Measurements: `make bench-browser`, `make bench-page` and `make bench-pages`. Their figures are printed, and decide
//! nothing.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

mod answering;
mod page;
mod pages;
