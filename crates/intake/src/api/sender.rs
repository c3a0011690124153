//! The sender of a request.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;

/// The address of the other end of the connection, which is in every request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// The sender of a request: the peer, or, where that is a trusted proxy, the last address that such a
/// proxy added to `X-Forwarded-For`. Anybody may have written the addresses before that one.
pub fn sender(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|net| net.contains(&address));
    let mut sender = peer.to_canonical();
    let forwarded = headers.get_all("x-forwarded-for").iter().rev();
    let mut hops = forwarded.flat_map(|value| value.as_bytes().rsplit(|byte| *byte == b','));
    while is_trusted(sender) {
        let hop = hops.next().and_then(|hop| address(str::from_utf8(hop).ok()?.trim()));
        let Some(hop) = hop else { break };
        sender = hop.to_canonical();
    }
    sender
}

/// The address in a hop, which some proxies write with its port: `192.0.2.1:80`, `[2001:db8::1]:80`.
fn address(hop: &str) -> Option<IpAddr> {
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().map(IpAddr::V6).ok();
    let with_port = || hop.parse().map(|it: SocketAddr| it.ip()).ok();
    hop.parse().ok().or_else(with_port).or_else(bracketed)
}
