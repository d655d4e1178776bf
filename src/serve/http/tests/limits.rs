//! Who is let in, and what is too much.

use super::*;

#[test]
fn a_request_is_judged_by_host_header_and_target() {
    let stage = Stage::start();
    let cases: [(&str, &[&str], u16); 17] = [
        ("GET /", &["Host: 127.0.0.1:1313"], 200),
        ("GET /", &["Host: preview.example"], 200),
        ("GET /", &["Host: evil.example"], 403),
        ("GET /", &["Host: 192.0.2.1"], 403),
        ("GET /", &["Host:"], 400),
        ("GET /", &["Host: local host"], 400),
        ("GET /", &["Host: user@localhost"], 400),
        ("GET /", &["Host: localhost", "Host: localhost"], 400),
        ("GET /", &["Host: localhost", "Host: evil.example"], 400),
        ("GET http://localhost:1/", &[], 200),
        ("GET http://evil.example/", &[], 403),
        ("GET http://localhost/", &["Host: evil.example"], 403),
        ("GET http://user@localhost/", &[], 400),
        ("GET ftp://localhost/", &[], 400),
        ("GET localhost", &[], 400),
        ("CONNECT localhost:80", &[], 400),
        ("OPTIONS *", &[], 405),
    ];
    for (line, headers, status) in cases {
        assert_eq!(stage.ask(line, headers).status, status, "{line} {headers:?}");
    }
    let mut client = stage.connect();
    client.send("GET / HTTP/1.1\r\n\r\n");
    assert_eq!(client.reply(false).status, 400, "no host");
    let mut client = stage.connect();
    client.send("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assert!(String::from_utf8(client.rest()).unwrap().ends_with(HOME), "an old client");
}

#[test]
fn only_get_and_head_without_body_are_answered() {
    let stage = Stage::start();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "BREW"] {
        let reply = stage.ask(&format!("{method} /"), &["Content-Length: 0"]);
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let mut client = stage.connect();
    client.request("POST /", &["Content-Length: 100000"]);
    client.send([b'x'; 50_000]);
    let reply = client.reply(false);
    assert_eq!((reply.status, reply.header("connection")), (405, Some("close")));
    assert!(client.rest().is_empty());
    let mut client = stage.connect();
    client.request("GET /", &["Transfer-Encoding: chunked"]);
    client.send("1d\r\nGET / HTTP/1.1\r\nHost: evil\r\n0\r\n\r\n");
    assert_eq!(client.reply(false).status, 413);
    assert!(client.rest().is_empty(), "what follows is no request");
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let stage = Stage::start();
    let long = "a".repeat(9000);
    assert_eq!(stage.get(&format!("/{long}")).status, 414);
    assert_eq!(stage.get(&format!("/?{long}")).status, 414);
    assert_eq!(stage.get(&format!("/?{}", "a".repeat(8000))).status, 200);
    assert_eq!(stage.ask("GET /", &[&format!("X: {}", "a".repeat(17_000))]).status, 431);
    assert_eq!(stage.ask("GET /", &[&format!("X: {}", "a".repeat(15_000))]).status, 200);
    assert_eq!(stage.ask("GET /", &vec!["X: y"; 101]).status, 431);
    assert_eq!(stage.ask("GET /", &vec!["X: y"; 90]).status, 200);
    let mut client = stage.connect();
    client.send(vec![b'a'; 100_000]);
    assert!(!client.rest().is_empty(), "the client is told why");
}

#[test]
fn a_head_that_does_not_end_is_not_waited_for() {
    let limits = Limits { head_timeout: Duration::from_millis(300), ..Limits::default() };
    let stage = Stage::with(limits, None);
    let mut silent = stage.connect();
    silent.send("GET / HTTP/1.1\r\nHost: loc");
    let mut dripping = stage.connect();
    dripping.0.get_mut().set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    dripping.send("GET / HTTP/1.1\r\nX: ");
    // A byte now and then does not prolong the time. The read sets the pace.
    let is_open = |client: &mut Client| {
        let read = client.0.get_mut().read(&mut [0; 16]);
        read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    };
    let drips = (0..3000)
        .take_while(|_| is_open(&mut dripping) && dripping.0.get_mut().write_all(b"x").is_ok())
        .count();
    assert!(drips < 3000);
    assert!(silent.rest().is_empty());
    // Answered requests do not count: a connection may be used for longer than the time of one head.
    let mut steady = stage.connect();
    steady.request("GET /wait", &[]);
    let mut dripping = stage.connect();
    dripping.send("GET");
    assert!(dripping.rest().is_empty(), "more than the time of a head goes by");
    stage.open_gate.send(()).unwrap();
    assert_eq!(steady.reply(false).text(), "waited");
    steady.request("GET /", &[]);
    assert_eq!(steady.reply(false).text(), HOME);
}

#[test]
fn an_idle_connection_is_closed() {
    let stage = Stage::with(Limits { idle_timeout: Duration::from_millis(200), ..Limits::default() }, None);
    let mut never = stage.connect();
    let mut once = stage.connect();
    once.request("GET /", &[]);
    assert_eq!(once.reply(false).text(), HOME);
    assert!(once.rest().is_empty());
    assert!(never.rest().is_empty());
}

#[test]
fn a_client_that_takes_nothing_is_cut_off_and_makes_room() {
    const SIZE: u64 = 256 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    std::fs::File::create(&path).unwrap().set_len(SIZE).unwrap();
    let limits =
        Limits { write_timeout: Duration::from_millis(200), connections_max: 1, ..Limits::default() };
    let stage = Stage::with(limits, Some((path, SIZE)));
    let mut greedy = stage.connect();
    greedy.request("GET /file", &[]);
    assert_eq!(greedy.head().status, 200);
    // The one place is taken until the server gives up on the first client.
    assert_eq!(stage.get("/").status, 200);
    assert!((greedy.rest().len() as u64) < SIZE);
}

#[test]
fn more_connections_than_allowed_wait_for_their_turn() {
    let stage = Stage::with(Limits { connections_max: 2, ..Limits::default() }, None);
    let mut open: Vec<Client> = (0..8).map(|_| stage.connect()).collect();
    for client in &mut open {
        client.request("GET /", &["Connection: close"]);
    }
    for client in &mut open {
        assert_eq!(client.reply(false).text(), HOME);
    }
}

#[test]
fn hundreds_of_connections_are_served_at_a_time() {
    let stage = Stage::start();
    let mut open: Vec<Client> = (0..300).map(|_| stage.connect()).collect();
    for round in 0..3 {
        for (number, client) in open.iter_mut().enumerate() {
            client.request(&format!("GET /{}", if number % 2 == 0 { "" } else { "digits" }), &[]);
        }
        for (number, client) in open.iter_mut().enumerate() {
            let text = if number % 2 == 0 { HOME } else { "0123456789" };
            assert_eq!(client.reply(false).text(), text, "round {round}, connection {number}");
        }
    }
}

#[test]
fn requests_that_wait_in_one_connection_are_answered_in_order() {
    let stage = Stage::start();
    let mut client = stage.connect();
    let requests: String = ["/", "/digits", "/nowhere", "/"]
        .iter()
        .map(|path| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .collect();
    client.send(requests);
    let texts: Vec<String> = (0..4).map(|_| client.reply(false).text().to_owned()).collect();
    assert_eq!(texts, [HOME, "0123456789", "not here", HOME]);
}
