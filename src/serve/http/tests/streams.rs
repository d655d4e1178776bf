//! Event streams, and how the server ends.

use super::*;
use crate::serve::http::Event;

const EVENTS: &str = "GET /_hallway/events";

fn event(name: &'static str, data: &str) -> Event {
    Event { name, data: data.to_owned() }
}

impl Client {
    /// Opens the event stream.
    fn open_stream(&mut self) -> Reply {
        self.request(EVENTS, &["Accept: text/event-stream"]);
        self.head()
    }

    /// Reads to the next event and returns its name and data; `None` at the end of the stream.
    fn event(&mut self) -> Option<(String, String)> {
        let mut name = None;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // Sizes of chunks, heartbeats and empty lines are passed over.
            if let Some(value) = line.strip_prefix("event: ") {
                name = Some(value.trim_end().to_owned());
            } else if let (Some(data), Some(name)) = (line.strip_prefix("data: "), &name) {
                return Some((name.clone(), data.trim_end().to_owned()));
            }
        }
    }

    fn expect(&mut self, name: &str, data: &str) {
        assert_eq!(self.event(), Some((name.to_owned(), data.to_owned())));
    }
}

#[test]
fn a_stream_is_greeted_and_then_told_what_is_published() {
    let stage = Stage::start();
    stage.hub.set_greeting(&[event("hello", "{}"), event("problems", "[]")]);
    let mut client = stage.connect();
    let head = client.open_stream();
    assert_eq!((head.status, head.header("content-type")), (200, Some("text/event-stream")));
    assert_eq!(head.header("cache-control"), Some("no-store"));
    head.check_headers();
    client.expect("hello", "{}");
    client.expect("problems", "[]");
    assert_eq!(stage.hub.streams(), 1);
    stage.hub.publish(&[event("change", "{\"generation\":2}")]);
    client.expect("change", "{\"generation\":2}");
    stage.hub.turn(&[event("hello", "3")], &[event("change", "3")]);
    client.expect("change", "3");
    let mut second = stage.connect();
    second.open_stream();
    second.expect("hello", "3");
}

#[test]
fn a_silent_stream_has_heartbeats_and_outlives_the_other_times() {
    let limits = Limits {
        heartbeat: Duration::from_millis(100),
        head_timeout: Duration::from_millis(100),
        idle_timeout: Duration::from_millis(100),
        ..Limits::default()
    };
    let stage = Stage::with(limits, None);
    let mut client = stage.connect();
    client.open_stream();
    let mut beats = 0;
    while beats < 5 {
        beats += usize::from(client.line() == ":");
    }
    stage.hub.publish(&[event("change", "1")]);
    client.expect("change", "1");
}

#[test]
fn a_stream_that_is_left_is_forgotten() {
    let limits = Limits { heartbeat: Duration::from_millis(50), streams_max: 1, ..Limits::default() };
    let stage = Stage::with(limits, None);
    stage.hub.set_greeting(&[event("hello", "{}")]);
    let mut first = stage.connect();
    assert_eq!(first.open_stream().status, 200);
    first.expect("hello", "{}");
    assert_eq!(stage.connect().open_stream().status, 503);
    drop(first);
    // The server notices the end of the connection in its own time.
    let opened = (0..100_000).any(|_| stage.connect().open_stream().status == 200);
    assert!(opened);
}

#[test]
fn a_head_request_opens_no_stream() {
    let stage = Stage::start();
    let mut client = stage.connect();
    client.request("HEAD /_hallway/events", &[]);
    assert_eq!(client.reply(true).header("content-type"), Some("text/event-stream"));
    client.request("GET /", &[]);
    assert_eq!(client.reply(false).text(), HOME);
    assert_eq!(stage.hub.streams(), 0);
}

#[test]
fn pages_of_other_sites_get_no_stream() {
    let stage = Stage::start();
    let host = "Host: localhost:1313";
    let own: [&[&str]; 4] = [
        &[host],
        &[host, "Sec-Fetch-Site: same-origin"],
        &[host, "Origin: http://localhost:1313"],
        &[host, "Origin: https://localhost:1313", "Sec-Fetch-Site: same-origin"],
    ];
    for headers in own {
        let mut client = stage.connect();
        client.request(EVENTS, headers);
        assert_eq!(client.head().status, 200, "{headers:?}");
    }
    let foreign: [&[&str]; 7] = [
        &[host, "Origin: http://evil.example"],
        &[host, "Origin: http://localhost:3000"],
        &[host, "Origin: null"],
        &[host, "Origin: http://localhost:1313", "Origin: http://evil.example"],
        &[host, "Sec-Fetch-Site: cross-site"],
        &[host, "Sec-Fetch-Site: same-site"],
        &[host, "Origin: http://localhost:1313", "Sec-Fetch-Site: cross-site"],
    ];
    for headers in foreign {
        let reply = stage.ask("GET /_%68allway/%65vents", headers);
        assert_eq!(reply.status, 403, "{headers:?}");
        reply.check_headers();
    }
}

#[test]
fn the_server_ends_streams_and_connections_when_it_stops() {
    let mut stage = Stage::start();
    stage.hub.set_greeting(&[event("hello", "{}")]);
    let mut idle = stage.connect();
    idle.request("GET /", &[]);
    assert_eq!(idle.reply(false).text(), HOME);
    let mut stream = stage.connect();
    stream.open_stream();
    stream.expect("hello", "{}");
    stage.stop();
    assert_eq!(stream.event(), None);
    assert!(idle.rest().is_empty());
}

#[test]
fn an_answer_on_its_way_arrives_but_one_that_hangs_does_not_hold_the_end() {
    let mut stage = Stage::with(Limits { grace: Duration::from_secs(20), ..Limits::default() }, None);
    let mut client = stage.connect();
    client.request("GET /wait", &["Connection: close"]);
    stage.open_gate.send(()).unwrap();
    stage.stop();
    let text = client.rest();
    assert!(text.is_empty() || text.ends_with(b"waited"), "all or nothing");

    let mut stage = Stage::with(Limits { grace: Duration::from_millis(100), ..Limits::default() }, None);
    let mut hanging = stage.connect();
    hanging.request("GET /wait", &[]);
    let mut other = stage.connect();
    other.request("GET /", &[]);
    assert_eq!(other.reply(false).text(), HOME);
    stage.stop();
    assert!(hanging.rest().is_empty());
}
