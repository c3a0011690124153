//! Waiting for conditions, never for time.

use std::net::TcpListener;
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(180);
/// Between two looks at a condition.
const GLANCE: Duration = Duration::from_millis(25);

/// Looks again and again until `look` finds something.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    let found = within_patience(look).await;
    found.unwrap_or_else(|| panic!("waited in vain for {what}"))
}

/// Looks again and again until `look` finds something; `None` where that takes longer than anything here does.
pub async fn within_patience<T>(mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let found = look().await;
        if found.is_some() {
            return found;
        }
        tokio::time::sleep(GLANCE).await;
    }
    None
}

/// Returns a free port of the loopback.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}
