//! Stores sealed appointment requests, and opens them for the clinic that holds the key.
//!
//! A module uses only modules of lower levels; a file of a module uses only files that do not use it.
//!
//! | level | module | holds |
//! |---|---|---|
//! | 1 | [`audit`] | who did what and when, as lines chained by their hashes |
//! | | [`keys`] | the clinic's keys: made, stored, read |
//! | | [`log`] | the log of this process |
//! | | [`metrics`] | metrics for Prometheus |
//! | | [`min_rate`] | minimum rates of reading and writing |
//! | | [`network`] | private networks, and those of trusted proxies |
//! | | [`private_file`] | files and folders that only their owner can read |
//! | | [`seal`] | sealing as the page does, for trials |
//! | | [`site`] | the built pages and inbox, and how long caches may keep them |
//! | | [`tokens`] | bearer tokens of the staff |
//! | 2 | [`open`] | opening a sealed request |
//! | | [`store`] | the sealed requests on disk, in SQLite or PostgreSQL |
//! | | [`verify_site`] | the pages as a server sends them, compared with what was built |
//! | 3 | [`backup`] | copies of the database, made and restored |
//! | | [`notices`] | notices of new requests, by e-mail and webhook |
//! | | [`rewrap`] | making a stored request openable by another key |
//! | 4 | [`settings`] | settings by flags, environment and file, and every mistake in them |
//! | 5 | [`api`] | the HTTP interface: routes, responses, problems |
//! | | [`headers`] | headers of every response, for browsers |
//! | | [`upkeep`] | deletion of settled requests and cut-off trials, every hour; warnings of keys that expire |
//! | 6 | [`server`] | listening, time limits, access log, stopping |
//! | 7 | [`commands`] | the command line |

pub mod api;
pub mod audit;
pub mod backup;
pub mod commands;
pub mod headers;
pub mod keys;
pub mod log;
pub mod metrics;
pub mod min_rate;
pub mod network;
pub mod notices;
pub mod open;
pub mod private_file;
pub mod rewrap;
pub mod seal;
pub mod server;
pub mod settings;
pub mod site;
pub mod store;
pub mod tokens;
pub mod upkeep;
pub mod verify_site;
