//! The service and its commands, tried from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod audit;
mod backup;
mod backup_age;
mod commands;
mod connections;
mod contract;
mod crash;
mod deleting;
mod deletion;
mod deploy;
mod deployment;
mod durability;
mod export;
mod flood;
mod fuzz;
mod harness;
mod headers;
mod health;
mod hostile;
mod key_files;
mod key_shares;
mod limits;
mod lost_machine;
mod mark;
mod notices;
mod opening;
mod operations;
mod pages;
mod postgres;
mod printed;
mod proxies;
mod recipients;
mod recovery;
mod requests;
mod restore;
mod rewrap;
mod senders;
mod settings;
mod staff;
mod store;
mod time_limits;
mod tokens;
mod unavailable;
mod unread;
mod upkeep;
mod verify_site;
