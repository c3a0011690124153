//! One way for all tests to run the service, to speak HTTP with it, and to make sealed requests.

pub mod clinic;
pub mod database;
pub mod http;
pub mod office;
pub mod postgres;
pub mod program;
pub mod receivers;
pub mod service;

/// Runs what waits.
pub fn wait_for<T>(task: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(task)
}
