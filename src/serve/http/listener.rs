//! Finds a port and listens on it, without taking a connection yet.

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};

/// How many ports above the wanted one are tried.
const MORE_PORTS: u16 = 20;

/// A port that is ours.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Listens on `port` of `ip`, or on the next free one of the 20 above it unless the wish is strict.
    ///
    /// Port 0 is any free port. From now on clients can connect; they wait for [`serve`](super::serve).
    ///
    /// # Errors
    /// The address is not one of this machine, the port may not be had, or all ports are taken.
    pub(crate) fn bind(ip: IpAddr, port: u16, is_strict: bool) -> io::Result<Self> {
        let last = if is_strict || port == 0 { port } else { port.saturating_add(MORE_PORTS) };
        let mut taken = None;
        for candidate in port..=last {
            match TcpListener::bind((ip, candidate)) {
                Ok(socket) => {
                    let address = socket.local_addr()?;
                    return Ok(Self { socket, address });
                }
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => taken = taken.or(Some(error)),
                Err(error) => return Err(error),
            }
        }
        Err(taken.unwrap_or_else(|| io::ErrorKind::AddrInUse.into()))
    }

    /// Returns the address that clients connect to; its port is the one found.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) fn into_socket(self) -> TcpListener {
        self.socket
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_taken_port_leads_to_the_next_unless_the_wish_is_strict() {
        let first = Listener::bind(LOCAL, 0, false).unwrap();
        let port = first.address().port();
        let strict = Listener::bind(LOCAL, port, true);
        assert_eq!(strict.unwrap_err().kind(), io::ErrorKind::AddrInUse);
        let next = Listener::bind(LOCAL, port, false).unwrap().address().port();
        assert!(next > port && next <= port + MORE_PORTS, "{next} for {port}");
    }

    #[test]
    fn an_address_of_another_machine_is_an_error_at_once() {
        // TEST-NET-1 (RFC 5737) is no machine's address.
        let elsewhere = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
        assert_ne!(Listener::bind(elsewhere, 0, false).unwrap_err().kind(), io::ErrorKind::AddrInUse);
    }
}
