//! Decides by the names in a request whether it comes from a page or a program that may see the preview.
//!
//! A page of another site can make the browser ask any address, and by changing its own name's address (DNS rebinding)
//! even read the answer as its own. What it cannot change is the name in the `Host` header. So the name has to be local,
//! or one that the author has allowed. Decides by text alone and never asks a name server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A host as a header has it, without its port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Host {
    /// In lower case, without the dot that may end a full name.
    Name(String),
    /// An address; one of IPv6 that stands for one of IPv4 is that one.
    Address(IpAddr),
}

/// Reads `NAME`, `NAME:PORT`, `ADDRESS:PORT` or `[ADDRESS]:PORT`; `None` where it is none of them.
pub(super) fn parse(text: &str) -> Option<Host> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        let address: Ipv6Addr = address.parse().ok().filter(|_| is_port)?;
        return Some(Host::Address(IpAddr::V6(address).to_canonical()));
    }
    let name = match text.split_once(':') {
        Some((name, port)) => Some(name).filter(|_| is_port(port))?,
        None => text,
    };
    if let Ok(address) = name.parse::<Ipv4Addr>() {
        return Some(Host::Address(IpAddr::V4(address)));
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    name.split('.').all(is_label).then(|| Host::Name(name.to_ascii_lowercase()))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

/// Says whether a request for this host may be answered on a connection to the address `local`.
///
/// Allowed are loopback addresses, `localhost` and names below it (RFC 6761, 6.3: they never leave the machine), the
/// address itself that the client has connected to, and what `allowed` lists: names, addresses (one that is translated
/// on the way is not the one connected to), and `.example.org` for all names below it.
pub(super) fn is_allowed(host: &Host, local: IpAddr, allowed: &[String]) -> bool {
    let is_local = match host {
        // The unspecified address is no address of anyone; some systems take it for the loopback one.
        Host::Address(address) => {
            address.is_loopback() || (*address == local.to_canonical() && !address.is_unspecified())
        }
        Host::Name(name) => name == "localhost" || name.ends_with(".localhost"),
    };
    is_local || allowed.iter().any(|entry| matches(host, entry))
}

fn matches(host: &Host, entry: &str) -> bool {
    match host {
        Host::Name(name) if entry.starts_with('.') => name.ends_with(&entry.to_ascii_lowercase()),
        _ => parse(entry).as_ref() == Some(host),
    }
}

/// Says whether the page that opens an event stream is one of our own.
///
/// `origin` and `site` are the headers `Origin` and `Sec-Fetch-Site`, `host` is the header `Host`. A browser sends no
/// origin with a page's request to its own server; where there is one, it has to be this very host and port, also when
/// the address in between is `https` of a proxy. Programs that are no browsers send neither.
pub(super) fn is_own_page(origin: Option<&str>, site: Option<&str>, host: &str) -> bool {
    let is_own_origin = origin.is_none_or(|origin| {
        let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        rest.is_some_and(|rest| rest.eq_ignore_ascii_case(host))
    });
    is_own_origin && site.is_none_or(|site| matches!(site, "same-origin" | "none"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_let_in(text: &str, local: &str) -> bool {
        let allowed = ["Preview.example.org", ".Lan.Example", "192.0.2.99", ""].map(str::to_owned);
        parse(text).is_some_and(|host| is_allowed(&host, local.parse().unwrap(), &allowed))
    }

    #[test]
    fn local_and_allowed_names_are_let_in() {
        let hosts = [
            "localhost",
            "localhost:1313",
            "LOCALHOST:1313",
            "localhost.",
            "blog.localhost:80",
            "127.0.0.1",
            "127.0.0.1:1313",
            "127.9.8.7:65535",
            "[::1]",
            "[::1]:1313",
            "[0:0:0:0:0:0:0:1]",
            "[::ffff:127.0.0.1]:1",
            "preview.example.org",
            "Preview.Example.ORG:8080",
            "desk.lan.example",
            "a.b.lan.example:1",
            "192.0.2.99:1313",
        ];
        for host in hosts {
            assert!(is_let_in(host, "127.0.0.1"), "{host}");
        }
    }

    #[test]
    fn all_other_names_are_not() {
        let hosts = [
            "",
            ":",
            ":1313",
            "evil.example",
            "localhost.evil.example",
            "evil-localhost",
            "notlocalhost",
            "localhost..",
            "localhost:",
            "localhost:port",
            "localhost:65536",
            "localhost:+1",
            "localhost:1:2",
            "localhost@evil.example",
            "user@localhost",
            "localhost evil",
            "localhost/",
            "localhost\\",
            "localhost#",
            "127.0.0.1.evil.example",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0177.0.0.1",
            "127.0.0.01",
            "0.0.0.0",
            "0.0.0.0:1313",
            "[::]",
            "::1",
            "[::1",
            "[::1]1313",
            "[::1]:",
            "[::1%25lo]",
            "[127.0.0.1]",
            "192.168.0.9",
            "10.0.0.1",
            "example.org",
            "x.preview.example.org",
            "lan.example",
            ".lan.example",
            "evil-lan.example",
            "lokalhost",
            "ｌocalhost",
            "*",
        ];
        for host in hosts {
            assert!(!is_let_in(host, "127.0.0.1"), "{host}");
        }
    }

    #[test]
    fn the_address_that_was_connected_to_is_let_in() {
        assert!(is_let_in("192.0.2.7:1313", "192.0.2.7"));
        assert!(is_let_in("192.0.2.7", "::ffff:192.0.2.7"));
        assert!(is_let_in("[2001:db8::7]:1313", "2001:db8::7"));
        assert!(!is_let_in("192.0.2.8", "192.0.2.7"));
        assert!(!is_let_in("0.0.0.0", "0.0.0.0"));
    }

    #[test]
    fn only_our_own_pages_open_the_stream() {
        let host = "127.0.0.1:1313";
        let own = [
            (None, None),
            (None, Some("same-origin")),
            (None, Some("none")),
            (Some("http://127.0.0.1:1313"), Some("same-origin")),
            (Some("https://127.0.0.1:1313"), None),
        ];
        for (origin, site) in own {
            assert!(is_own_page(origin, site, host), "{origin:?} {site:?}");
        }
        let foreign = [
            (Some("null"), None),
            (Some(""), None),
            (Some("http://evil.example"), None),
            (Some("http://127.0.0.1"), None),
            (Some("http://127.0.0.1:3000"), None),
            (Some("http://localhost:1313"), None),
            (Some("http://127.0.0.1:1313/"), None),
            (Some("http://127.0.0.1:1313.evil.example"), None),
            (Some("http://x@127.0.0.1:1313"), None),
            (Some("ftp://127.0.0.1:1313"), None),
            (Some("HTTP://127.0.0.1:1313"), None),
            (Some("http://127.0.0.1:1313 http://127.0.0.1:1313"), None),
            (None, Some("cross-site")),
            (None, Some("same-site")),
            (None, Some("")),
            (Some("http://127.0.0.1:1313"), Some("cross-site")),
        ];
        for (origin, site) in foreign {
            assert!(!is_own_page(origin, site, host), "{origin:?} {site:?}");
        }
    }
}
