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
mod changes;
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
mod inbox;
mod key_files;
mod key_shares;
mod limits;
mod listing;
mod lost_machine;
mod mark;
mod marking;
mod migration;
mod notices;
mod opening;
mod operations;
mod pages;
mod people;
mod postgres;
mod printed;
mod proxies;
mod recipients;
mod recovery;
mod requests;
mod restore;
mod rewrap;
mod sealed_notes;
mod senders;
mod set_up;
mod settings;
mod staff;
mod staff_files;
mod status;
mod store;
mod time_limits;
mod tokens;
mod trials;
mod unavailable;
mod unread;
mod upkeep;
mod verify_site;
