//! The inbox of the clinic's staff, a file for each concern.

mod arriving;
mod framing;
mod health;
mod hostile;
mod keys;
mod lists;
mod locking;
mod no_service;
mod notes;
mod passkey;
mod people;
mod printing;
mod screens;
mod set_up;
mod together;
mod unlock;
mod unlock_refused;
mod unreadable;
mod working;
