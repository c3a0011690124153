//! Private networks, and networks of trusted proxies.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// Networks that no address on the public Internet is in: of this machine (RFC 1122, RFC 4291), of
/// organizations and containers (RFC 1918, RFC 4193, RFC 6598), of one wire (RFC 3927, RFC 4291).
const PRIVATE: [IpNet; 9] = [
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(127, 0, 0, 0), 8)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::LOCALHOST, 128)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(10, 0, 0, 0), 8)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(172, 16, 0, 0), 12)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(192, 168, 0, 0), 16)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(100, 64, 0, 0), 10)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7)),
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(169, 254, 0, 0), 16)),
    IpNet::V6(Ipv6Net::new_assert(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10)),
];

/// The private network that an address is in.
pub fn private_network(address: IpAddr) -> Option<IpNet> {
    let address = address.to_canonical();
    PRIVATE.into_iter().find(|network| network.contains(&address))
}

/// Returns `true` if the address is on no public network.
pub fn is_private(address: IpAddr) -> bool {
    private_network(address).is_some()
}

/// Returns `true` for a host that is reached without a network.
pub fn is_this_machine(host: &str) -> bool {
    let host = host.trim_matches(['[', ']']);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Networks of proxies whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// The networks.
    pub fn as_slice(&self) -> &[IpNet] {
        &self.0
    }

    /// Returns `true` if the address is in one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// A word that is no network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no address or network, such as 10.0.0.0/8; or give private or none")]
pub struct NotANetwork(String);

impl FromStr for TrustedProxies {
    type Err = NotANetwork;

    /// Parses an address, a network, `private` for all private networks, or `none`.
    fn from_str(word: &str) -> Result<Self, NotANetwork> {
        match word {
            "none" => Ok(Self::default()),
            "private" => Ok(Self(PRIVATE.to_vec())),
            _ => word
                .parse()
                .or_else(|_| word.parse::<IpAddr>().map(IpNet::from))
                .map(|network| Self(vec![network]))
                .map_err(|_| NotANetwork(word.to_owned())),
        }
    }
}

impl FromIterator<Self> for TrustedProxies {
    fn from_iter<I: IntoIterator<Item = Self>>(several: I) -> Self {
        Self(several.into_iter().flat_map(|proxies| proxies.0).collect())
    }
}
