//! Asks other sites whether an address is there: one question at a time and host, with pauses, and as little as possible.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ureq::http::{Response, StatusCode, Uri};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error};

use super::guard::{Guard, is_refusal};

/// What became of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// It is there.
    Good,
    /// It is there, and has another address for good.
    Moved(String),
    /// It is not there, and why.
    Broken(String),
    /// Nobody can say, and why.
    Unknown(String),
}

/// How other sites are asked.
#[derive(Debug, Clone)]
pub struct Manners {
    /// How long a site is left in peace between two questions.
    pub pace: Duration,
    /// How long an answer may take.
    pub timeout: Duration,
    /// Waits.
    pub pause: fn(Duration),
    /// Whether servers of this machine are asked, for tests.
    pub allows_loopback: bool,
}

/// Sites that are asked at once.
const SITES: usize = 8;

/// Most hops of a redirect (Fetch Standard 4.4 has 20; nobody needs them).
const HOPS_MAX: usize = 10;

/// Most addresses of a site that did not answer that are asked for after that.
const SILENT_MAX: usize = 3;

/// Asks about addresses, each without its fragment; `tell` hears how many are done.
pub(super) fn ask(
    addresses: &[String],
    manners: &Manners,
    tell: &(dyn Fn(usize) + Sync),
) -> BTreeMap<String, Verdict> {
    let mut sites: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        let host = host_of(address).unwrap_or_default();
        sites.entry(host).or_default().push(address);
    }
    let sites: Vec<Vec<&String>> = sites.into_values().collect();
    let asker = Asker::new(manners);
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(site) = sites.get(next.fetch_add(1, Ordering::Relaxed)) {
            asker.ask_site(site, &|address, verdict| {
                if let Ok(mut found) = found.lock() {
                    found.insert(address.to_owned(), verdict);
                }
                tell(done.fetch_add(1, Ordering::Relaxed) + 1);
            });
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..SITES.min(sites.len()) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap_or_default()
}

/// Returns the host of an address in small letters, with its port.
fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.rsplit('@').next()?.to_ascii_lowercase())
}

struct Asker<'a> {
    agent: Agent,
    manners: &'a Manners,
}

/// One answer, with what it says about the site as a whole.
enum Reply {
    Settled(Verdict),
    /// The site wants to be left alone, or says nothing.
    Silent(String, IsEnough),
}

/// Whether a site is asked no more.
type IsEnough = bool;

impl<'a> Asker<'a> {
    fn new(manners: &'a Manners) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // What a proxy resolves, nobody guards.
            .proxy(None)
            .timeout_global(Some(manners.timeout))
            .user_agent(concat!(
                "hallway/",
                env!("CARGO_PKG_VERSION"),
                " (checks links; ",
                env!("CARGO_PKG_REPOSITORY"),
                ")"
            ))
            .accept("*/*")
            .build();
        Self {
            agent: Agent::with_parts(
                config,
                DefaultConnector::default(),
                Guard::new(manners.allows_loopback),
            ),
            manners,
        }
    }

    /// Asks one site about its addresses, one after the other.
    fn ask_site(&self, addresses: &[&String], tell: &dyn Fn(&str, Verdict)) {
        let (mut silent, mut closed) = (0, None);
        for (number, address) in addresses.iter().enumerate() {
            if let Some(reason) = &closed {
                tell(address, Verdict::Unknown(format!("{reason}, and was asked no more")));
                continue;
            }
            if number > 0 {
                (self.manners.pause)(self.manners.pace);
            }
            match self.ask_one(address) {
                Reply::Settled(verdict) => tell(address, verdict),
                Reply::Silent(reason, is_enough) => {
                    silent += 1;
                    if is_enough || silent >= SILENT_MAX {
                        closed = Some(reason.clone());
                    }
                    tell(address, Verdict::Unknown(reason));
                }
            }
        }
    }

    /// Follows an address to where it leads.
    fn ask_one(&self, address: &str) -> Reply {
        let mut here = address.to_owned();
        let mut is_for_good = true;
        for _ in 0..=HOPS_MAX {
            if host_of(&here).is_some_and(|host| host.ends_with(".invalid")) {
                // No such name is ever given to anyone (RFC 2606).
                return Reply::Settled(Verdict::Broken("there is no such site".to_owned()));
            }
            let Ok(uri) = encoded(&here).parse::<Uri>() else {
                return Reply::Settled(Verdict::Unknown("the address cannot be asked for".to_owned()));
            };
            let response = match self.fetch(&uri) {
                Ok(response) => response,
                Err(error) => return of_error(&error),
            };
            let status = response.status();
            let location = response.headers().get("location").and_then(|value| value.to_str().ok());
            let next =
                location.filter(|_| status.is_redirection()).and_then(|location| joined(&uri, location));
            let Some(next) = next else { return of_status(status, address, &here, is_for_good) };
            is_for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            here = next;
        }
        Reply::Settled(Verdict::Unknown(format!("it leads on more than {HOPS_MAX} times")))
    }

    /// Asks for the head alone; servers that do not like that are asked for the page, which is not read.
    fn fetch(&self, uri: &Uri) -> Result<Response<Body>, Error> {
        let head = self.agent.head(uri.clone()).call()?;
        let is_answer = head.status().is_success() || head.status().is_redirection();
        if is_answer || head.status() == StatusCode::TOO_MANY_REQUESTS {
            return Ok(head);
        }
        self.agent.get(uri.clone()).call()
    }
}

fn of_status(status: StatusCode, address: &str, here: &str, is_for_good: bool) -> Reply {
    let code = status.as_u16();
    match code {
        200..=299 if is_for_good && here != address && !is_same(address, here) => {
            Reply::Settled(Verdict::Moved(here.to_owned()))
        }
        200..=299 => Reply::Settled(Verdict::Good),
        404 | 410 => Reply::Settled(Verdict::Broken(format!("the site answers with {code}"))),
        429 => Reply::Silent("the site does not want so many questions (429)".to_owned(), true),
        500..=599 => Reply::Silent(format!("the site answers with {code}"), false),
        _ => Reply::Settled(Verdict::Unknown(format!("the site answers programs with {code}"))),
    }
}

/// An address is not another one because of the slash behind the host.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

fn of_error(error: &Error) -> Reply {
    if is_refusal(error) {
        // A redirect may have led there: the site itself can be asked on.
        return Reply::Settled(Verdict::Unknown(
            "it leads into a private network, which is not asked".to_owned(),
        ));
    }
    let text = error.to_string();
    // What resolvers of Linux, macOS and Windows say of a name that nobody has.
    let is_nobody = ["Name or service not known", "nodename nor servname provided", "No such host is known"]
        .iter()
        .any(|words| text.contains(words))
        || matches!(error, Error::HostNotFound);
    match error {
        _ if is_nobody => Reply::Settled(Verdict::Broken("there is no such site".to_owned())),
        Error::Timeout(_) => Reply::Silent("the site does not answer in time".to_owned(), false),
        _ => Reply::Silent(format!("the site cannot be asked: {text}"), false),
    }
}

/// Encodes what a browser would encode before it asks.
fn encoded(address: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    address
        .chars()
        .map(|c| match c {
            ' ' | '"' | '<' | '>' | '`' | '{' | '}' | '|' | '\\' | '^' => format!("%{:02X}", u32::from(c)),
            c if c.is_ascii() => c.to_string(),
            c => percent_encoding::utf8_percent_encode(&c.to_string(), percent_encoding::NON_ALPHANUMERIC)
                .to_string(),
        })
        .collect()
}

/// Returns where a redirect leads, if by `http` or `https`.
fn joined(from: &Uri, location: &str) -> Option<String> {
    let (scheme, host) = (from.scheme_str()?, from.authority()?);
    let location = location.trim();
    if location.starts_with("http://") || location.starts_with("https://") {
        return Some(location.to_owned());
    }
    if crate::path::has_scheme(location) {
        return None;
    }
    Some(match location.strip_prefix("//") {
        Some(rest) => format!("{scheme}://{rest}"),
        None if location.starts_with('/') => format!("{scheme}://{host}{location}"),
        None => {
            let folder = from.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            format!("{scheme}://{host}{folder}/{location}")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirects_lead_where_browsers_go() {
        let from: Uri = "https://a.org/x/y?z=1".parse().unwrap();
        for (location, expected) in [
            ("https://b.org/", Some("https://b.org/")),
            ("//c.org/d", Some("https://c.org/d")),
            ("/e", Some("https://a.org/e")),
            ("f/g", Some("https://a.org/x/f/g")),
            ("file:///etc/passwd", None),
            ("javascript:x", None),
        ] {
            assert_eq!(joined(&from, location).as_deref(), expected, "{location}");
        }
    }

    #[test]
    fn an_address_is_asked_for_as_browsers_do() {
        assert_eq!(encoded("https://a.org/é b?q=\"x\"#part"), "https://a.org/%C3%A9%20b?q=%22x%22");
    }
}
