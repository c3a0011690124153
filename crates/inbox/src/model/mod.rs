//! The requests in memory, and what staff see of them. Pure: no browser, no clock.
//!
//! | module | holds |
//! |---|---|
//! | [`requests`] | all requests that were listed, and which of them a list shows |
//! | [`filter`] | filters, search and order |
//! | [`lists`] | the lists: new, mine, waiting, … |
//! | [`entry`] | a request: what the service knows of it, and what opening it gave |
//! | [`details`] | an opened request as labelled lines |
//! | [`age`] | the age of a request in office hours |
//! | [`moment`] | moments in words, in the clinic's time zone |

pub mod age;
pub mod details;
pub mod entry;
pub mod filter;
pub mod lists;
pub mod moment;
pub mod requests;
