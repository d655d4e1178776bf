//! Says under which addresses the site can be seen, on this machine and from others.

use std::net::{IpAddr, SocketAddr, UdpSocket};

/// Returns the address of the site on this machine.
pub(super) fn url(address: SocketAddr, base: &str) -> String {
    let ip = address.ip();
    // A server that listens everywhere is here, too.
    let host = if ip.is_unspecified() { "127.0.0.1".to_owned() } else { host(ip) };
    format!("http://{host}:{}{base}", address.port())
}

fn host(ip: IpAddr) -> String {
    if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() }
}

/// Returns the address for other machines, where the server listens to them.
pub(super) fn network_address(address: SocketAddr) -> Option<SocketAddr> {
    if address.ip().is_loopback() {
        return None;
    }
    if !address.ip().is_unspecified() {
        return Some(address);
    }
    // No packet is sent: the system only chooses the address that it would send from (192.0.2.0/24 is nobody's, RFC 5737).
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    socket.connect(("192.0.2.1", 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified()).then(|| SocketAddr::new(ip, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_that_a_browser_takes() {
        let cases = [
            ("127.0.0.1:1313", "/", "http://127.0.0.1:1313/"),
            ("[::1]:80", "/sub/", "http://[::1]:80/sub/"),
            ("0.0.0.0:4000", "/", "http://127.0.0.1:4000/"),
        ];
        for (address, base, expected) in cases {
            assert_eq!(url(address.parse().unwrap(), base), expected);
        }
        assert_eq!(network_address("127.0.0.1:1".parse().unwrap()), None);
        let own = "192.0.2.7:1".parse().unwrap();
        assert_eq!(network_address(own), Some(own));
    }
}
