//! How other sites are asked about links to them: against a server of this machine, which counts what it is asked.

#![expect(clippy::disallowed_methods, reason = "tests write sites")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A site that answers by what it is asked for.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (now, most_at_once) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Self { port, asked: Arc::clone(&asked), most_at_once: Arc::clone(&most_at_once) };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (asked, now, most) = (Arc::clone(&asked), Arc::clone(&now), Arc::clone(&most_at_once));
                std::thread::spawn(move || answer(&stream.unwrap(), &asked, &now, &most));
            }
        });
        server
    }

    fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

fn answer(stream: &TcpStream, asked: &Mutex<Vec<String>>, now: &AtomicUsize, most: &AtomicUsize) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    loop {
        let mut first = String::new();
        if reader.read_line(&mut first).unwrap_or(0) == 0 {
            return;
        }
        most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        let mut line = String::new();
        while reader.read_line(&mut line).unwrap_or(0) > 2 {
            line.clear();
        }
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        asked.lock().unwrap().push(format!("{method} {path}"));
        let (status, location) = match (method, path) {
            (_, "/good") | ("GET", "/shy") | (_, "/caf%C3%A9") => ("200 OK", ""),
            (_, "/shy") => ("405 Method Not Allowed", ""),
            (_, "/moved") => ("301 Moved Permanently", "/good"),
            (_, "/led") => ("302 Found", "/good"),
            (_, "/circle") => ("301 Moved Permanently", "/circle"),
            (_, "/inward") => ("302 Found", "http://10.0.0.1/secret"),
            (_, "/locked") => ("403 Forbidden", ""),
            (_, "/ill") => ("503 Service Unavailable", ""),
            (_, "/busy") => ("429 Too Many Requests", ""),
            (_, "/slow") => {
                std::thread::sleep(Duration::from_secs(4));
                now.fetch_sub(1, Ordering::SeqCst);
                return;
            }
            _ => ("404 Not Found", ""),
        };
        let location = if location.is_empty() { String::new() } else { format!("location: {location}\r\n") };
        now.fetch_sub(1, Ordering::SeqCst);
        let _ = write!(&mut &*stream, "HTTP/1.1 {status}\r\n{location}content-length: 0\r\n\r\n");
    }
}

/// Writes a site with a link to each path and returns what a check says of them.
fn check(folder: &std::path::Path, server: &Server, paths: &[&str], words: &[&str]) -> Vec<(String, String)> {
    std::fs::create_dir_all(folder.join("content")).unwrap();
    std::fs::write(folder.join("hallway.yaml"), "title: T\nbaseURL: https://t.example/\n").unwrap();
    let links: String =
        paths.iter().map(|path| format!("[a link](http://127.0.0.1:{}{path})\n\n", server.port)).collect();
    std::fs::write(folder.join("content/a.md"), format!("---\ntitle: A\n---\n\n{links}")).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_hallway"))
        .args(["check", "--format", "json", "--clock", "2026-01-01"])
        .args(words)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let told = |value: &serde_json::Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let found = lines.filter(|line| told(line, "code").starts_with("outside-"));
    found
        .map(|line| {
            let message = told(&line, "message");
            assert_eq!(told(&line, "path"), "content/a.md", "{line}");
            let path = message.split(&format!(":{}", server.port)).nth(1).unwrap_or_default();
            let path = path.split('`').next().unwrap_or_default();
            (path.to_owned(), told(&line, "code").trim_start_matches("outside-").to_owned())
        })
        .collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(path, code)| ((*path).to_owned(), (*code).to_owned())).collect()
}

#[test]
fn every_answer_has_its_meaning_and_one_question_goes_out_at_a_time() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start());
    let paths =
        ["/good", "/good#part", "/shy", "/café", "/gone", "/moved", "/led", "/circle", "/locked", "/inward"];
    let found = check(place.path(), &server, &paths, &["--external", "--allow-loopback"]);
    let expected = [
        ("/gone", "broken"),
        ("/moved", "moved"),
        ("/circle", "unknown"),
        ("/locked", "unknown"),
        ("/inward", "unknown"),
    ];
    assert_eq!(found, pairs(&expected));
    let asked = server.take_asked();
    assert_eq!(
        asked.iter().filter(|line| *line == "HEAD /good").count(),
        3,
        "itself, and where two lead: {asked:?}"
    );
    assert_eq!(asked.iter().filter(|line| line.ends_with("/shy")).count(), 2, "{asked:?}");
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
    // What was learned is not asked for again.
    let again = check(place.path(), &server, &paths, &["--external", "--allow-loopback"]);
    assert_eq!(again, pairs(&expected));
    assert_eq!(server.take_asked(), Vec::<String>::new());
}

#[test]
fn a_site_that_wants_its_peace_or_says_nothing_is_asked_no_more() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start());
    let found = check(place.path(), &server, &["/busy", "/z1", "/z2"], &["--external", "--allow-loopback"]);
    assert_eq!(found, pairs(&[("/busy", "unknown"), ("/z1", "unknown"), ("/z2", "unknown")]));
    assert_eq!(server.take_asked(), ["HEAD /busy"]);
    let place = tempfile::tempdir().unwrap();
    let found =
        check(place.path(), &server, &["/ill", "/slow", "/zgone"], &["--external", "--allow-loopback"]);
    assert_eq!(found, pairs(&[("/ill", "unknown"), ("/slow", "unknown"), ("/zgone", "broken")]));
}

#[test]
fn nobody_is_asked_unless_that_is_wanted_and_private_networks_never() {
    let (place, server) = (tempfile::tempdir().unwrap(), Server::start());
    assert_eq!(check(place.path(), &server, &["/gone"], &[]), pairs(&[]));
    assert_eq!(check(place.path(), &server, &["/gone"], &["--external"]), pairs(&[("/gone", "unknown")]));
    assert_eq!(server.take_asked(), Vec::<String>::new());
}
