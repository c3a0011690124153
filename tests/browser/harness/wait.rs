//! Waiting for conditions, never for time.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// Longer than anything here takes on a busy machine; only a failing test waits so long.
pub const PATIENCE: Duration = Duration::from_secs(180);
/// Between the first two looks at a condition; then the pause grows, since each look takes time from what is waited for.
const FIRST_PAUSE: Duration = Duration::from_millis(20);
/// The longest pause between two looks.
const LONGEST_PAUSE: Duration = Duration::from_millis(160);
/// Ports that were returned.
static RETURNED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Looks again and again until `look` finds something.
pub async fn until<T>(what: &str, look: impl AsyncFnMut() -> Option<T>) -> T {
    let found = within_patience(look).await;
    found.unwrap_or_else(|| panic!("waited in vain for {what}"))
}

/// Looks again and again until `look` finds something; `None` where that takes longer than anything here does.
pub async fn within_patience<T>(mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
    let begun = Instant::now();
    let mut pause = FIRST_PAUSE;
    while begun.elapsed() < PATIENCE {
        let found = look().await;
        if found.is_some() {
            return found;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    None
}

/// Returns a free port of the loopback, each only once: a browser that stays keeps what it has by its address.
pub fn free_port() -> u16 {
    let mut returned = RETURNED.lock().expect("nothing panics while it is locked");
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        if returned.insert(port) {
            return port;
        }
    }
}
