//! Sends requests, several times where that may help, and says in words what came back.
//!
//! A request goes out again after 429, 5xx, a broken connection and an answer that ends too early, later each time. The
//! clock and the waiting come in.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use ureq::http::{Request, Response, StatusCode};
use ureq::{Agent, Body as Answer};

use super::super::store::{Body, Trouble};
use super::credentials::Credentials;
use super::sign::{Scope, Unsigned, encoded_query, hex, sha256, sign};

/// How requests are sent.
pub(super) struct Wire {
    agent: Agent,
    credentials: Credentials,
    surroundings: Surroundings,
}

/// Time, for who sends requests.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings {
    /// The clock, by which requests are signed.
    pub now: fn() -> Timestamp,
    /// Waits.
    pub pause: fn(Duration),
    /// How long the other side may take to answer.
    pub timeout: Duration,
}

/// A request that has no signature yet.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) method: &'static str,
    pub(super) scheme: &'a str,
    pub(super) host: &'a str,
    /// Percent-encoded.
    pub(super) path: String,
    pub(super) query: Vec<(&'a str, String)>,
    /// Lower-case names.
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Body<'a>,
    pub(super) scope: &'a Scope,
    /// What this is about, for messages.
    pub(super) subject: &'a str,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    headers: ureq::http::HeaderMap,
    pub(super) bytes: Vec<u8>,
}

/// How often a request is sent.
const ATTEMPTS: u32 = 6;
/// First wait between two; each is twice as long as the one before.
const WAIT: Duration = Duration::from_millis(200);
/// Longest wait, also where the other side asks for more.
const WAIT_MAX: Duration = Duration::from_secs(30);
/// Most bytes of an answer that are read.
const ANSWER_MAX_BYTES: u64 = 5 << 30;
/// Largest file that is held in memory while it is sent.
const HELD_MAX_BYTES: u64 = 8 << 20;

/// What became of one attempt.
enum Attempt {
    Answered(Reply),
    /// Worth another one, perhaps after a time that the other side names.
    Failed(String, Option<Duration>),
}

impl Wire {
    pub(super) fn new(credentials: Credentials, surroundings: Surroundings) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(surroundings.timeout.min(Duration::from_secs(10))))
            .timeout_per_read(Some(surroundings.timeout))
            .timeout_per_write(Some(surroundings.timeout))
            .timeout_recv_response(Some(surroundings.timeout))
            .max_idle_connections_per_host(16)
            .user_agent(concat!("hallway/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { agent: config.into(), credentials, surroundings }
    }

    /// Sends a request until it is answered for good; the answer may be an error of the caller's.
    pub(super) fn send(&self, call: &Call<'_>) -> Result<Reply, Trouble> {
        let body = Held::of(call.body)?;
        let mut wait = WAIT;
        let mut last = String::new();
        for attempt in 1..=ATTEMPTS {
            match self.attempt(call, &body)? {
                Attempt::Answered(reply) => return Ok(reply),
                Attempt::Failed(reason, asked) => {
                    last = reason;
                    if attempt < ATTEMPTS {
                        (self.surroundings.pause)(asked.unwrap_or(wait).min(WAIT_MAX));
                        wait *= 2;
                    }
                }
            }
        }
        Err(Trouble::Remote(format!("{}: {last} ({ATTEMPTS} attempts)", call.subject)))
    }

    fn attempt(&self, call: &Call<'_>, body: &Held<'_>) -> Result<Attempt, Trouble> {
        let unsigned = Unsigned {
            method: call.method,
            host: call.host,
            path: &call.path,
            query: &call.query,
            headers: &call.headers,
            payload: &body.digest,
        };
        let signed = sign(&unsigned, &self.credentials, call.scope, (self.surroundings.now)());
        let query = encoded_query(&call.query);
        let query = if query.is_empty() { query } else { format!("?{query}") };
        let url = format!("{}://{}{}{query}", call.scheme, call.host, call.path);
        let mut request = Request::builder().method(call.method).uri(url);
        for (name, value) in call.headers.iter().chain(&signed) {
            request = request.header(name, value);
        }
        let failed = |error: ureq::http::Error| Trouble::Remote(format!("{}: {error}", call.subject));
        let sent = match &body.source {
            Source::Nothing if call.method == "PUT" => {
                // A length of zero is said: without one, the body would be announced in chunks, which S3 refuses.
                self.agent.run(request.body(&[][..]).map_err(failed)?)
            }
            Source::Nothing => self.agent.run(request.body(()).map_err(failed)?),
            Source::Bytes(bytes) => self.agent.run(request.body(&bytes[..]).map_err(failed)?),
            Source::File(file) => {
                let open = File::open(file).map_err(|error| Trouble::of_file(file, "read", &error))?;
                self.agent.run(request.body(open).map_err(failed)?)
            }
        };
        Ok(match sent {
            Ok(response) => judge(response),
            Err(error) => Attempt::Failed(in_words(&error), None),
        })
    }
}

/// Reads an answer and says whether the request is worth another attempt.
fn judge(response: Response<Answer>) -> Attempt {
    let (parts, mut answer) = response.into_parts();
    let read = answer.with_config().limit(ANSWER_MAX_BYTES).read_to_vec();
    let reply = match read {
        Ok(bytes) => Reply { status: parts.status, headers: parts.headers, bytes },
        Err(error) => return Attempt::Failed(format!("the answer broke off: {}", in_words(&error)), None),
    };
    let code = reply.code();
    let is_passing = matches!(reply.status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
        || matches!(
            code.as_deref(),
            Some("RequestTimeout" | "SlowDown" | "OperationAborted" | "ConditionalRequestConflict")
        );
    if !is_passing {
        return Attempt::Answered(reply);
    }
    let asked =
        reply.header("retry-after").and_then(|value| value.trim().parse().ok()).map(Duration::from_secs);
    Attempt::Failed(reply.in_words(), asked)
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the code of an error of S3 or CloudFront.
    pub(super) fn code(&self) -> Option<String> {
        self.element("Code")
    }

    fn element(&self, name: &str) -> Option<String> {
        if self.status.is_success() || self.bytes.len() > 1 << 16 {
            return None;
        }
        let text = String::from_utf8_lossy(&self.bytes);
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        let (value, _) = rest.split_once("</")?;
        Some(value.chars().filter(|c| !c.is_control()).take(200).collect())
    }

    /// Says what came back, for a message.
    pub(super) fn in_words(&self) -> String {
        let status = self.status.as_u16();
        match (self.code(), self.element("Message")) {
            (Some(code), Some(message)) => format!("{status} {code}: {}", message.trim_end_matches('.')),
            (Some(code), None) => format!("{status} {code}"),
            _ => format!("{status} {}", self.status.canonical_reason().unwrap_or_default()).trim().to_owned(),
        }
    }
}

fn in_words(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::ConnectionFailed => "the connection failed".to_owned(),
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        error => error.to_string().to_lowercase(),
    }
}

/// A body with its digest.
struct Held<'a> {
    source: Source<'a>,
    digest: String,
}

enum Source<'a> {
    Nothing,
    Bytes(std::borrow::Cow<'a, [u8]>),
    /// Too large to be held.
    File(&'a Path),
}

impl<'a> Held<'a> {
    fn of(body: Body<'a>) -> Result<Self, Trouble> {
        match body {
            Body::Bytes([]) => Ok(Self { source: Source::Nothing, digest: sha256(b"") }),
            Body::Bytes(bytes) => Ok(Self { digest: sha256(bytes), source: Source::Bytes(bytes.into()) }),
            Body::File(file) => {
                let failed = |error: std::io::Error| Trouble::of_file(file, "read", &error);
                let mut open = File::open(file).map_err(failed)?;
                if open.metadata().map_err(failed)?.len() <= HELD_MAX_BYTES {
                    let mut bytes = Vec::new();
                    open.read_to_end(&mut bytes).map_err(failed)?;
                    return Ok(Self { digest: sha256(&bytes), source: Source::Bytes(bytes.into()) });
                }
                Ok(Self { digest: sha256_of(open).map_err(failed)?, source: Source::File(file) })
            }
        }
    }
}

fn sha256_of(mut file: File) -> std::io::Result<String> {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(hex(context.finish().as_ref()));
        };
        context.update(bytes);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    /// Answers requests on loopback, one after the other, and returns the heads of those that came.
    fn answered(answers: &'static [&'static str], call: impl Fn(&str, &Wire)) -> Vec<String> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let server = std::thread::spawn(move || {
            let mut heads = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                    head.push(byte[0]);
                }
                heads.push(String::from_utf8(head).unwrap().to_lowercase());
                stream.write_all(answer.as_bytes()).unwrap();
            }
            heads
        });
        let credentials =
            Credentials { access_key: "AK".to_owned(), secret_key: "SK".to_owned(), session_token: None };
        let surroundings = Surroundings {
            now: || "2026-02-01T00:00:00Z".parse().unwrap(),
            pause: |_| {},
            timeout: Duration::from_secs(20),
        };
        call(&host, &Wire::new(credentials, surroundings));
        server.join().unwrap()
    }

    fn send(method: &'static str, host: &str, wire: &Wire) -> Result<Reply, Trouble> {
        let scope = Scope { region: "us-east-1".to_owned(), service: "s3" };
        wire.send(&Call {
            method,
            scheme: "http",
            host,
            path: "/b/k".to_owned(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::Bytes(b""),
            scope: &scope,
            subject: "k",
        })
    }

    const GOOD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    #[test]
    fn a_copy_says_that_it_has_no_body() {
        let heads = answered(&[GOOD], |host, wire| assert_eq!(send("PUT", host, wire).unwrap().bytes, b"ok"));
        assert!(
            heads[0].contains("content-length: 0\r\n") && !heads[0].contains("transfer-encoding"),
            "{}",
            heads[0]
        );
        assert!(heads[0].contains("authorization: aws4-hmac-sha256 credential=ak/20260201/"), "{}", heads[0]);
    }

    #[test]
    fn what_passes_is_tried_again_and_what_does_not_is_not() {
        const BUSY: &str = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        const CUT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nConnection: close\r\n\r\nok";
        let heads = answered(&[BUSY, CUT, "", GOOD], |host, wire| {
            assert_eq!(send("GET", host, wire).unwrap().bytes, b"ok");
        });
        assert_eq!(heads.len(), 4);
        const DENIED: &str = "HTTP/1.1 403 Forbidden\r\nContent-Length: 71\r\nConnection: close\r\n\r\n\
            <Error><Code>AccessDenied</Code><Message>Not for you.</Message></Error>";
        answered(&[DENIED], |host, wire| {
            assert_eq!(send("GET", host, wire).unwrap().in_words(), "403 AccessDenied: Not for you");
        });
    }
}
