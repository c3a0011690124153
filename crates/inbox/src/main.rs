//! Starts the inbox.

use std::alloc::System;

use zeroizing_alloc::ZeroAlloc;

/// Overwrites what is freed: once the inbox is locked, no request and no token is left in its memory.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() {
    inbox::app::start();
}
