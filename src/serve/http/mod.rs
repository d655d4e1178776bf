//! Serves the preview over HTTP/1.1: takes connections, judges requests, and asks [`Answers`] what there is at an
//! address; carries Server-Sent Events from a [`Hub`] to the open tabs.
//!
//! Knows nothing about sites, builds and media types: whoever implements [`Answers`] does. Looks up no file by its
//! address: a file is sent only when an answer names it. Takes no request bodies, speaks no TLS and no HTTP/2. The only
//! user of hyper and tokio.
//!
//! A request that the parser of hyper refuses (400 for bytes that are no HTTP, 431 for a head over its limits) never
//! comes here: hyper answers it with an empty body and ends the connection, without the headers that all
//! other responses have. There is nothing in such a response that they could protect.

mod body;
mod connection;
mod decode;
mod events;
mod file;
mod host;
mod listener;
mod ranges;
mod reply;
mod respond;
mod server;
mod socket;
mod stop;
#[cfg(test)]
mod tests;
mod validators;

use std::path::PathBuf;
use std::time::Duration;

pub(crate) use hyper::body::Bytes;

pub(crate) use events::{Event, Hub};
pub(crate) use listener::Listener;
pub(crate) use server::serve;
pub(crate) use stop::Stop;

/// What the site has at an address.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The file that is there: status 200.
    Found(Payload),
    /// Another address, percent-encoded as it goes into `Location`: status 302, so that no browser remembers it.
    Redirect(String),
    /// Nothing, and the page that says so: status 404.
    NotFound(Payload),
    /// Something that could not be made, and what says why: status 500.
    Failed(Payload),
}

/// What is sent.
#[derive(Debug)]
pub(crate) struct Payload {
    /// Value of `Content-Type`, with the character set where there is one.
    pub(crate) media_type: String,
    /// Digest of the content without quotes: visible ASCII without `"`. Where it is not, the response has no `ETag`.
    pub(crate) etag: String,
    /// The content.
    pub(crate) body: Body,
}

/// The content of a [`Payload`].
#[derive(Debug)]
pub(crate) enum Body {
    /// The content itself.
    Bytes(Bytes),
    /// A regular file, read while it is sent.
    File {
        /// Where it lies. A symbolic link in its place is not followed.
        path: PathBuf,
        /// Its size when the digest was made. A file of another size by now is sent as it is, without `ETag`.
        size_bytes: u64,
    },
}

/// Looks up what the site has at an address.
pub(crate) trait Answers: Send + Sync + 'static {
    /// Returns the answer for a path that is decoded and clean.
    ///
    /// It starts with `/` and has no NUL, control character, `\`, and no segment that is `.`, `..` or empty; a `/` may
    /// stand at the end. May take long, because a picture is made: it runs on a thread where waiting is allowed. A panic
    /// is a response with status 500.
    fn answer(&self, path: &str) -> Answer;
}

/// The script that pages of the preview load from `/_hallway/live.js`.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// The program text.
    pub(crate) text: &'static str,
    /// Digest of the text without quotes.
    pub(crate) etag: String,
}

/// What the server lets in, and how much of it.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    /// Names and addresses that the `Host` header may have besides local ones; `.example.org` allows all names below
    /// `example.org`. Ports do not matter.
    pub(crate) allowed_hosts: Vec<String>,
    /// The client script.
    pub(crate) script: Script,
    /// Limits of connections, sizes and times.
    pub(crate) limits: Limits,
}

/// Limits of connections and times; the sizes are fixed in `connection` and `respond`.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// Open connections. More wait in the system's queue: a tab that loads late is better than one that fails.
    pub(crate) connections_max: u32,
    /// Open event streams; one more is refused with 503.
    pub(crate) streams_max: usize,
    /// Time from the first byte of a request to the end of its head.
    pub(crate) head_timeout: Duration,
    /// Time that a connection may stay open without a request.
    pub(crate) idle_timeout: Duration,
    /// Time that the client may take none of what is sent to it.
    pub(crate) write_timeout: Duration,
    /// Time between two signs of life on a silent event stream.
    pub(crate) heartbeat: Duration,
    /// Time that open responses have to come to their end when the server stops.
    pub(crate) grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 512,
            streams_max: 256,
            head_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            write_timeout: Duration::from_secs(30),
            heartbeat: Duration::from_secs(15),
            grace: Duration::from_millis(800),
        }
    }
}
