//! Stores sealed appointment requests, and opens them for the clinic that holds the key.
//!
//! | module | holds |
//! |---|---|
//! | [`settings`] | what the program is told, by flags, environment and file, and every mistake in it |
//! | [`store`] | the sealed requests on disk, in SQLite or PostgreSQL |
//! | [`api`] | the HTTP interface: routes, answers, problems |
//! | [`site`] | the built pages, and how long they may be kept |
//! | [`headers`] | what every answer says to browsers |
//! | [`server`] | listening, time limits, stopping |
//! | [`log`] | what is written of each request, and what never is |
//! | [`metrics`] | what is counted, for Prometheus |
//! | [`tokens`] | what the staff's programs show to be let in |
//! | [`keys`] | the clinic's keys: made, kept, read |
//! | [`seal`] | sealing as the page does, for trials |
//! | [`open`] | opening a sealed request |
//! | [`readable`] | an opened request as text, safe for a terminal |
//! | [`export`] | opened requests as a table, JSON or FHIR |
//! | [`notices`] | that a request arrived, told by e-mail and webhook |
//! | [`upkeep`] | what is done once a day |
//! | [`backup`] | copies of the database, made and put back |
//! | [`commands`] | the command line |

pub mod api;
pub mod backup;
pub mod commands;
pub mod export;
pub mod headers;
pub mod keys;
pub mod log;
pub mod metrics;
pub mod min_rate;
pub mod network;
pub mod notices;
pub mod open;
pub mod readable;
pub mod seal;
pub mod server;
pub mod settings;
pub mod site;
pub mod store;
pub mod tokens;
pub mod upkeep;
