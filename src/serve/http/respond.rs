//! Answers one request: judges it, looks up what is there, and chooses the status.
//!
//! Judges by the head alone and before anything is looked up, so that a page of another site learns nothing but
//! that there is a preview.

use std::net::IpAddr;
use std::sync::Arc;

use hyper::body::{Body as _, Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode, Uri};

use super::body::{Content, FilePart, Outgoing};
use super::decode::{self, Fault};
use super::file::{self, Opened};
use super::host::{self, Host};
use super::ranges::{self, Wanted};
use super::reply::{self, Reply};
use super::server::Shared;
use super::socket::RequestState;
use super::validators;
use super::{Answer, Answers, Body, Payload};

/// Address of the client script.
const SCRIPT: &str = "/_hallway/live.js";

/// Address of the event stream.
const EVENTS: &str = "/_hallway/events";

/// Length of a request target: path and query.
const TARGET_BYTES_MAX: usize = 8 * 1024;

const HOST_REFUSED: &str =
    "This preview answers only to local names. To use another one, start it with `--allow-host NAME`.\n";

/// What the requests of one connection have in common.
pub(super) struct Visit {
    pub(super) shared: Arc<Shared>,
    /// Our side's address.
    pub(super) local: IpAddr,
    pub(super) request_state: Arc<RequestState>,
}

/// Answers a request.
pub(super) async fn respond(request: Request<Incoming>, visit: &Visit) -> Response<Outgoing> {
    let answering = visit.request_state.begin();
    let has_body = !request.body().is_end_stream();
    let (head, _) = request.into_parts();
    let reply = match judge(&head, has_body, visit) {
        Ok(path) => choose(path, &head, visit).await,
        Err(refusal) => refusal,
    };
    // A body is not read, so what follows it could not be told from it.
    let reply = if has_body { reply.closing() } else { reply };
    reply.finish(head.method == Method::HEAD, answering)
}

/// Returns the path that is asked for.
///
/// # Errors
/// The response to a request that is not to be answered.
fn judge(head: &Parts, has_body: bool, visit: &Visit) -> Result<String, Reply> {
    for host in hosts(&head.headers, &head.uri)? {
        if !host::is_allowed(&host, visit.local, &visit.shared.rules.allowed_hosts) {
            return Err(Reply::text(StatusCode::FORBIDDEN, HOST_REFUSED));
        }
    }
    if head.method != Method::GET && head.method != Method::HEAD {
        let reply = Reply::text(StatusCode::METHOD_NOT_ALLOWED, "Only GET and HEAD are answered.\n");
        return Err(reply.with(header::ALLOW, "GET, HEAD"));
    }
    if has_body {
        return Err(Reply::text(StatusCode::PAYLOAD_TOO_LARGE, "Requests with a body are not answered.\n"));
    }
    if head.uri.path_and_query().is_some_and(|target| target.as_str().len() > TARGET_BYTES_MAX) {
        return Err(Reply::text(StatusCode::URI_TOO_LONG, "The address is too long.\n"));
    }
    decode::decode(head.uri.path()).map_err(|fault| match fault {
        Fault::Malformed => malformed(),
        Fault::Nowhere => nothing(),
    })
}

/// Returns the hosts that a request names: the one of its header, and the one of its target if that is a whole URL.
///
/// # Errors
/// The header is missing, there several times, or no host; the target names no `http` host.
fn hosts(headers: &HeaderMap, uri: &Uri) -> Result<Vec<Host>, Reply> {
    let named = single(headers, header::HOST).ok().flatten().and_then(host::parse);
    let mut hosts = vec![named.ok_or_else(malformed)?];
    if let Some(authority) = uri.authority() {
        let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
        let target = Some(authority.as_str()).filter(|_| is_http).and_then(host::parse);
        hosts.push(target.ok_or_else(malformed)?);
    }
    Ok(hosts)
}

/// Returns the text of a header that may be there once.
///
/// # Errors
/// It is there several times, or no visible ASCII.
fn single(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, ()> {
    let mut lines = headers.get_all(name).iter();
    let (first, second) = (lines.next(), lines.next());
    match (first.map(|line| line.to_str()), second) {
        (None, _) => Ok(None),
        (Some(Ok(text)), None) => Ok(Some(text)),
        _ => Err(()),
    }
}

fn malformed() -> Reply {
    Reply::text(StatusCode::BAD_REQUEST, "This is not a valid request.\n")
}

fn nothing() -> Reply {
    Reply::text(StatusCode::NOT_FOUND, "There is nothing at this address.\n")
}

/// Answers a request that may be answered.
async fn choose(path: String, head: &Parts, visit: &Visit) -> Reply {
    let shared = &visit.shared;
    match path.as_str() {
        SCRIPT => {
            let script = &shared.rules.script;
            let content = Source::Bytes(Bytes::from_static(script.text.as_bytes()));
            found("text/javascript; charset=utf-8", Some(&script.etag), content, head)
        }
        EVENTS => events(head, shared),
        _ => {
            let answers = shared.answers.clone();
            match tokio::task::spawn_blocking(move || look_up(&*answers, &path)).await {
                Ok(answer) => answer_with(answer, head),
                // The panic has told itself on the terminal.
                Err(_) => Reply::text(StatusCode::INTERNAL_SERVER_ERROR, "The answer could not be made.\n"),
            }
        }
    }
}

/// Opens the event stream for one of our own pages.
fn events(head: &Parts, shared: &Shared) -> Reply {
    let text = |name| single(&head.headers, name);
    let is_own =
        match (text(header::ORIGIN), text(HeaderName::from_static("sec-fetch-site")), text(header::HOST)) {
            (Ok(origin), Ok(site), Ok(Some(host))) => host::is_own_page(origin, site, host),
            _ => false,
        };
    if !is_own {
        return Reply::text(StatusCode::FORBIDDEN, "The events of this preview are for its own pages.\n");
    }
    let limits = &shared.rules.limits;
    let Some(stream) = shared.hub.open(limits.streams_max, limits.heartbeat) else {
        return Reply::text(StatusCode::SERVICE_UNAVAILABLE, "Too many event streams are open.\n");
    };
    Reply::new(StatusCode::OK, Content::Events(stream))
        .with(header::CONTENT_TYPE, "text/event-stream")
        .with(header::CACHE_CONTROL, "no-store")
}

/// An answer with its file opened.
enum Opening {
    Payload {
        status: StatusCode,
        media_type: String,
        etag: Option<String>,
        source: Source,
    },
    Redirect(String),
    /// The file of the answer is gone.
    Vanished,
}

/// Content that can be sent.
enum Source {
    Bytes(Bytes),
    File(Opened),
}

/// Asks for the answer and opens its file: both may take a while.
fn look_up(answers: &dyn Answers, path: &str) -> Opening {
    let (status, payload) = match answers.answer(path) {
        Answer::Found(payload) => (StatusCode::OK, payload),
        Answer::NotFound(payload) => (StatusCode::NOT_FOUND, payload),
        Answer::Failed(payload) => (StatusCode::INTERNAL_SERVER_ERROR, payload),
        Answer::Redirect(address) => return Opening::Redirect(address),
    };
    let Payload { media_type, etag, body } = payload;
    let (etag, source) = match body {
        Body::Bytes(bytes) => (Some(etag), Source::Bytes(bytes)),
        Body::File { path, size_bytes } => match file::open(&path) {
            // Of another size it is not what the digest was made of; the next build will tell the new one.
            Ok(opened) => (Some(etag).filter(|_| opened.size_bytes == size_bytes), Source::File(opened)),
            Err(_) => return Opening::Vanished,
        },
    };
    Opening::Payload { status, media_type, etag: etag.filter(|etag| reply::is_etag(etag)), source }
}

fn answer_with(opening: Opening, head: &Parts) -> Reply {
    match opening {
        Opening::Vanished => nothing(),
        Opening::Redirect(address) => {
            Reply::new(StatusCode::FOUND, Content::Empty).with(header::LOCATION, reply::location(&address))
        }
        Opening::Payload { status: StatusCode::OK, media_type, etag, source } => {
            found(&media_type, etag.as_deref(), source, head)
        }
        Opening::Payload { status, media_type, etag: _, source } => typed(status, &media_type, whole(source)),
    }
}

/// Sends content, the part of it that is wanted, or the word that the client has it already.
fn found(media_type: &str, etag: Option<&str>, source: Source, head: &Parts) -> Reply {
    let known = head.headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    if let Some(etag) = etag.filter(|etag| validators::is_known(known, etag)) {
        return Reply::new(StatusCode::NOT_MODIFIED, Content::Empty).with_etag(etag);
    }
    let size = match &source {
        Source::Bytes(bytes) => bytes.len() as u64,
        Source::File(opened) => opened.size_bytes,
    };
    let reply = match ranges::wanted(range(head, etag), size) {
        Wanted::Whole => typed(StatusCode::OK, media_type, whole(source)),
        Wanted::Part { first, last } => {
            let reply = typed(StatusCode::PARTIAL_CONTENT, media_type, part(source, first, last));
            reply.with(header::CONTENT_RANGE, format!("bytes {first}-{last}/{size}"))
        }
        Wanted::Outside => {
            let reply =
                Reply::text(StatusCode::RANGE_NOT_SATISFIABLE, "The content ends before this range.\n");
            reply.with(header::CONTENT_RANGE, format!("bytes */{size}"))
        }
    };
    reply.with(header::ACCEPT_RANGES, "bytes").with_etag(etag.unwrap_or_default())
}

/// Returns the range header if it is to be heeded: for GET only, and not if the content has changed since.
fn range<'a>(head: &'a Parts, etag: Option<&str>) -> Option<&'a str> {
    let is_heeded = head.method == Method::GET
        && match single(&head.headers, header::IF_RANGE) {
            Ok(None) => true,
            Ok(Some(condition)) => etag.is_some_and(|etag| validators::is_same(condition, etag)),
            Err(()) => false,
        };
    single(&head.headers, header::RANGE).ok().flatten().filter(|_| is_heeded)
}

fn typed(status: StatusCode, media_type: &str, content: Content) -> Reply {
    // A type that cannot stand in a header must not leave the browser guessing.
    let fallback = Reply::new(status, content).with(header::CONTENT_TYPE, "application/octet-stream");
    fallback.with(header::CONTENT_TYPE, media_type)
}

fn whole(source: Source) -> Content {
    match source {
        Source::Bytes(bytes) => Content::Bytes(bytes),
        Source::File(Opened { file, size_bytes }) => Content::File(FilePart::new(file, 0, size_bytes)),
    }
}

/// Returns the bytes from `first` to `last`, both included; they lie inside the content.
fn part(source: Source, first: u64, last: u64) -> Content {
    let length = last.saturating_sub(first).saturating_add(1);
    match source {
        Source::Bytes(bytes) => {
            let start = usize::try_from(first).unwrap_or(usize::MAX).min(bytes.len());
            let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(bytes.len());
            Content::Bytes(bytes.slice(start..end))
        }
        Source::File(Opened { file, .. }) => Content::File(FilePart::new(file, first, length)),
    }
}
