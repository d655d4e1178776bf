//! Keeps requests away from private networks: a link in a stranger's post must not reach into ours.
//!
//! Looks at addresses after names are resolved, of every hop of a redirect, so that no name can hide one.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// What a refusal is told by.
const PRIVATE: &str = "it is in a private network";

/// Resolves names as the system does, and drops private addresses.
#[derive(Debug, Default)]
pub(super) struct Guard {
    inner: DefaultResolver,
    /// Whether this machine itself may be asked, for tests.
    allows_loopback: bool,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        for address in found.iter().filter(|address| self.allows(address.ip())) {
            kept.push(*address);
        }
        if kept.is_empty() { Err(Error::Io(std::io::Error::other(PRIVATE))) } else { Ok(kept) }
    }
}

impl Guard {
    pub(super) fn new(allows_loopback: bool) -> Self {
        Self { allows_loopback, ..Self::default() }
    }

    fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.allows_loopback && address.is_loopback()
    }
}

/// Says whether an error is a refusal of ours.
pub(super) fn is_refusal(error: &Error) -> bool {
    matches!(error, Error::Io(inner) if inner.to_string() == PRIVATE)
}

/// Says whether an address can be that of a public server (IANA special-purpose registries, RFC 6890).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped().or_else(|| translated(address)) {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(address),
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || a == 0
        || a >= 240
        // Shared by carriers (RFC 6598), protocols (RFC 6890), benchmarks (RFC 2544).
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b)))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    // Global unicast is 2000::/3 (RFC 4291); documentation, Teredo and benchmarks lie within it.
    (0x2000..0x4000).contains(&first)
        && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
        && first != 0x3fff
}

/// The IPv4 address that a translator sends to: 64:ff9b::/96 (RFC 6052), 2002::/16 (RFC 3056).
fn translated(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [first, second, third, _, _, _, seventh, eighth] = address.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match first {
        0x0064 if second == 0xff9b => Some(of(seventh, eighth)),
        0x2002 => Some(of(second, third)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_asked() {
        for (address, expected) in [
            ("93.184.216.34", true),
            ("2606:2800:220:1:248:1893:25c8:1946", true),
            ("2002:5db8:d822::1", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.31.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("198.19.0.1", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("ff02::1", false),
            ("2001:db8::1", false),
            ("::ffff:127.0.0.1", false),
            ("64:ff9b::7f00:1", false),
            ("2002:7f00:1::", false),
        ] {
            assert_eq!(is_public(address.parse().unwrap()), expected, "{address}");
        }
    }
}
