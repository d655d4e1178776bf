//! Starts the server on a free port and talks to it over plain sockets, so that every byte of a request is the test's.

mod content;
mod limits;
mod streams;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use super::{Answer, Answers, Body, Bytes, Hub, Limits, Listener, Payload, Rules, Script, Stop, serve};

/// Far longer than anything takes, also on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

const HOME: &str = "<!doctype html><title>Home</title>";
const SCRIPT: &str = "'use strict';";

/// A site with one address for each kind of answer.
struct Map {
    /// What lies at `/file`, and the size that is announced for it.
    file: Option<(PathBuf, u64)>,
    /// `/wait` is answered when this has something to say.
    gate: Mutex<mpsc::Receiver<()>>,
}

impl Answers for Map {
    fn answer(&self, path: &str) -> Answer {
        let page = |text: &'static str| Payload {
            media_type: "text/html; charset=utf-8".to_owned(),
            etag: "v1".to_owned(),
            body: Body::Bytes(Bytes::from_static(text.as_bytes())),
        };
        match (path, &self.file) {
            ("/", _) => Answer::Found(page(HOME)),
            ("/digits", _) => Answer::Found(page("0123456789")),
            ("/empty", _) => Answer::Found(page("")),
            ("/odd", _) => {
                Answer::Found(Payload { media_type: "a\nb".into(), etag: "a\nb".into(), ..page("odd") })
            }
            ("/blog", _) => Answer::Redirect("/blög/".to_owned()),
            ("/failed", _) => Answer::Failed(page("failed")),
            ("/panic", _) => panic!("this panic is a part of a test"),
            ("/wait", _) => {
                let _ = self.gate.lock().unwrap().recv();
                Answer::Found(page("waited"))
            }
            ("/file", Some((path, size_bytes))) => {
                let body = Body::File { path: path.clone(), size_bytes: *size_bytes };
                Answer::Found(Payload { media_type: "video/mp4".to_owned(), etag: "f1".to_owned(), body })
            }
            _ => Answer::NotFound(page("not here")),
        }
    }
}

/// A running server, which ends with the test.
struct Stage {
    address: SocketAddr,
    hub: Arc<Hub>,
    stop: Stop,
    open_gate: mpsc::Sender<()>,
    server: Option<JoinHandle<()>>,
}

impl Stage {
    fn start() -> Self {
        Self::with(Limits::default(), None)
    }

    fn with(limits: Limits, file: Option<(PathBuf, u64)>) -> Self {
        let listener = Listener::bind(IpAddr::V4(Ipv4Addr::LOCALHOST), 0, true).unwrap();
        let address = listener.address();
        let (hub, stop) = (Arc::<Hub>::default(), Stop::new());
        let (open_gate, gate) = mpsc::channel();
        let answers = Arc::new(Map { file, gate: Mutex::new(gate) });
        let script = Script { text: SCRIPT, etag: "s1".to_owned() };
        let rules = Rules { allowed_hosts: vec!["preview.example".to_owned()], script, limits };
        let (the_hub, the_stop) = (hub.clone(), stop.clone());
        let run = move || serve(listener, answers, the_hub, rules, the_stop).unwrap();
        Self { address, hub, stop, open_gate, server: Some(std::thread::spawn(run)) }
    }

    fn connect(&self) -> Client {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_write_timeout(Some(PATIENCE)).unwrap();
        Client(BufReader::new(stream))
    }

    /// Sends one request on a connection of its own; `headers` are whole lines.
    fn ask(&self, line: &str, headers: &[&str]) -> Reply {
        let mut client = self.connect();
        client.request(line, headers);
        client.reply(line.starts_with("HEAD"))
    }

    fn get(&self, path: &str) -> Reply {
        self.ask(&format!("GET {path}"), &[])
    }

    /// Stops the server and waits until it has ended.
    fn stop(&mut self) {
        self.stop.tell();
        if let Some(server) = self.server.take() {
            server.join().unwrap();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.open_gate.send(());
        self.stop();
    }
}

/// One connection to the server.
struct Client(BufReader<TcpStream>);

impl Client {
    fn send(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).unwrap();
    }

    /// Sends a request with a local host, unless the headers name one.
    fn request(&mut self, line: &str, headers: &[&str]) {
        let has_host = headers.iter().any(|header| header.to_ascii_lowercase().starts_with("host:"));
        let host = if has_host { "" } else { "Host: localhost\r\n" };
        let headers: String = headers.iter().flat_map(|header| [header, "\r\n"]).collect();
        self.send(format!("{line} HTTP/1.1\r\n{host}{headers}\r\n"));
    }

    /// Reads a line without its end; an empty one also at the end of the stream.
    fn line(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Reads the head of a response.
    fn head(&mut self) -> Reply {
        let status = self.line();
        let status =
            status.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).map(|code| code.parse().unwrap());
        let lines = std::iter::from_fn(|| Some(self.line()).filter(|line| !line.is_empty()));
        let headers = lines.map(|line| {
            line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned())).unwrap()
        });
        Reply { headers: headers.collect(), status: status.unwrap_or(0), body: Vec::new() }
    }

    /// Reads a response with its body.
    fn reply(&mut self, is_head: bool) -> Reply {
        let mut reply = self.head();
        let length =
            reply.header("content-length").filter(|_| !is_head).map_or(0, |value| value.parse().unwrap());
        reply.body = vec![0; length];
        self.0.read_exact(&mut reply.body).unwrap();
        reply
    }

    /// Reads to the end of the connection, be it in good manners or not.
    fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        if let Err(error) = self.0.read_to_end(&mut rest) {
            assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "the connection is still open");
        }
        rest
    }
}

/// A response.
#[derive(Debug)]
struct Reply {
    /// 0 if the connection has ended without a response.
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Reply {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// Checks the headers that every response has, and that no other site is let in by one.
    fn check_headers(&self) {
        let common = [
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
            ("x-frame-options", "SAMEORIGIN"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
        ];
        for (name, value) in common {
            assert_eq!(self.header(name), Some(value), "{self:?}");
        }
        assert!(self.header("cache-control").is_some(), "{self:?}");
        assert!(!self.headers.iter().any(|(name, _)| name.starts_with("access-control")), "{self:?}");
    }
}
