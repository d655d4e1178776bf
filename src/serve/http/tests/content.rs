//! What is sent for which request.

use super::*;

#[test]
fn a_page_has_its_type_length_and_digest() {
    let stage = Stage::start();
    let reply = stage.get("/");
    assert_eq!((reply.status, reply.text()), (200, HOME));
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(reply.header("etag"), Some("\"v1\""));
    assert_eq!(reply.header("cache-control"), Some("no-cache"));
    assert_eq!(reply.header("accept-ranges"), Some("bytes"));
    let script = stage.get("/_hallway/live.js?x=1");
    assert_eq!((script.status, script.text(), script.header("etag")), (200, SCRIPT, Some("\"s1\"")));
    assert_eq!(script.header("content-type"), Some("text/javascript; charset=utf-8"));
}

#[test]
fn a_head_request_gets_the_same_headers_and_no_body() {
    let stage = Stage::start();
    for path in ["/", "/digits", "/empty", "/nowhere", "/blog", "/failed", "/_hallway/live.js", "/a//b"] {
        let date = |headers: Vec<(String, String)>| {
            headers.into_iter().filter(|(name, _)| name != "date").collect::<Vec<_>>()
        };
        let mut client = stage.connect();
        client.request(&format!("HEAD {path}"), &[]);
        let head = client.reply(true);
        // What follows would not be a status line if there were a body.
        client.request(&format!("GET {path}"), &[]);
        let reply = client.reply(false);
        assert_eq!(head.status, reply.status, "{path}");
        assert_eq!(date(head.headers), date(reply.headers), "{path}");
    }
    // Ranges are for GET (RFC 9110, 14.2).
    let reply = stage.ask("HEAD /digits", &["Range: bytes=2-4"]);
    assert_eq!((reply.status, reply.header("content-length")), (200, Some("10")));
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let stage = Stage::start();
    for value in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"] {
        for method in ["GET", "HEAD"] {
            let mut client = stage.connect();
            client.request(&format!("{method} /"), &[&format!("If-None-Match: {value}")]);
            let reply = client.reply(false);
            assert_eq!((reply.status, reply.header("etag")), (304, Some("\"v1\"")), "{value}");
            assert_eq!(reply.header("content-length"), None);
            reply.check_headers();
            client.request("GET /", &[]);
            assert_eq!(client.reply(false).text(), HOME, "the connection goes on");
        }
    }
    assert_eq!(stage.ask("GET /", &["If-None-Match: \"v0\""]).status, 200);
    assert_eq!(stage.ask("GET /nowhere", &["If-None-Match: *"]).status, 404);
    assert_eq!(stage.ask("GET /_hallway/live.js", &["If-None-Match: \"s1\""]).status, 304);
}

#[test]
fn a_part_is_sent_of_bytes_and_of_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    #[expect(clippy::disallowed_methods, reason = "the test makes the file that it asks for")]
    std::fs::write(&path, "0123456789").unwrap();
    let stage = Stage::with(Limits::default(), Some((path, 10)));
    for (path, etag) in [("/digits", "\"v1\""), ("/file", "\"f1\"")] {
        let line = format!("GET {path}");
        for (range, content, part) in
            [("2-4", "bytes 2-4/10", "234"), ("-3", "bytes 7-9/10", "789"), ("8-", "bytes 8-9/10", "89")]
        {
            let reply = stage.ask(&line, &[&format!("Range: bytes={range}")]);
            assert_eq!((reply.status, reply.text()), (206, part), "{path} {range}");
            assert_eq!(reply.header("content-range"), Some(content));
            assert_eq!(reply.header("etag"), Some(etag));
        }
        let reply = stage.ask(&line, &["Range: bytes=10-"]);
        assert_eq!((reply.status, reply.header("content-range")), (416, Some("bytes */10")));
        let reply = stage.ask(&line, &["Range: bytes=0-1,4-5"]);
        assert_eq!((reply.status, reply.text()), (200, "0123456789"));
        let same = stage.ask(&line, &["Range: bytes=2-4", &format!("If-Range: {etag}")]);
        assert_eq!((same.status, same.text()), (206, "234"));
        let other = stage.ask(&line, &["Range: bytes=2-4", "If-Range: \"v0\""]);
        assert_eq!((other.status, other.text()), (200, "0123456789"));
        let known = stage.ask(&line, &["Range: bytes=2-4", &format!("If-None-Match: {etag}")]);
        assert_eq!(known.status, 304);
    }
    assert_eq!(stage.ask("GET /empty", &["Range: bytes=0-"]).status, 416);
}

#[test]
fn every_kind_of_answer_has_its_status_and_body() {
    let stage = Stage::start();
    let missing = stage.get("/nowhere/");
    assert_eq!((missing.status, missing.text(), missing.header("etag")), (404, "not here", None));
    let failed = stage.get("/failed");
    assert_eq!((failed.status, failed.text()), (500, "failed"));
    let moved = stage.get("/blog");
    assert_eq!((moved.status, moved.header("location")), (302, Some("/bl%C3%B6g/")));
    let odd = stage.get("/odd");
    assert_eq!((odd.status, odd.text(), odd.header("etag")), (200, "odd", None));
    assert_eq!(odd.header("content-type"), Some("application/octet-stream"));
}

#[test]
fn every_response_has_the_headers_of_all() {
    let stage = Stage::start();
    let requests: [(&str, &[&str], u16); 14] = [
        ("GET /", &[], 200),
        ("GET /digits", &["Range: bytes=1-2"], 206),
        ("GET /digits", &["Range: bytes=11-"], 416),
        ("GET /blog", &[], 302),
        ("GET /nowhere", &[], 404),
        ("GET /a//b", &[], 404),
        ("GET /%00", &[], 400),
        ("GET /failed", &[], 500),
        ("POST /", &[], 405),
        ("POST /", &["Content-Length: 3"], 405),
        ("GET /", &["Content-Length: 3"], 413),
        ("GET /", &["Host: evil.example"], 403),
        ("GET /_hallway/events", &["Origin: http://evil.example"], 403),
        ("GET /_hallway/live.js", &["Origin: http://evil.example"], 200),
    ];
    for (line, headers, status) in requests {
        let reply = stage.ask(line, headers);
        assert_eq!(reply.status, status, "{line} {headers:?}");
        reply.check_headers();
    }
    assert_eq!(stage.ask("POST /", &[]).header("allow"), Some("GET, HEAD"));
    assert!(stage.ask("GET /", &["Host: evil.example"]).text().contains("--allow-host"));
}

#[test]
fn a_file_that_is_not_what_it_was_is_not_sent_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let stage = Stage::with(Limits::default(), Some((path.clone(), 10)));
    assert_eq!(stage.get("/file").status, 404, "vanished");
    #[expect(clippy::disallowed_methods, reason = "the test makes the file that it asks for")]
    std::fs::write(&path, "longer than it was").unwrap();
    let changed = stage.ask("GET /file", &["If-None-Match: \"f1\""]);
    assert_eq!((changed.status, changed.text(), changed.header("etag")), (200, "longer than it was", None));
    assert_eq!(stage.ask("GET /file", &["Range: bytes=0-1", "If-Range: \"f1\""]).status, 200);
    #[cfg(unix)]
    {
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(Stage::with(Limits::default(), Some((link, 18))).get("/file").status, 404, "a link");
    }
    let inside = Stage::with(Limits::default(), Some((folder.path().to_owned(), 10)));
    assert_eq!(inside.get("/file").status, 404, "a folder");
}

#[test]
fn a_file_that_shrinks_while_it_is_sent_ends_the_connection() {
    // No system buffers this much, so that something is left to send when the file is cut.
    const SIZE: u64 = 256 << 20;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(SIZE).unwrap();
    let stage = Stage::with(Limits::default(), Some((path, SIZE)));
    let mut client = stage.connect();
    client.request("GET /file", &[]);
    assert_eq!(client.head().header("content-length"), Some(SIZE.to_string().as_str()));
    file.set_len(1).unwrap();
    assert!((client.rest().len() as u64) < SIZE);
    assert_eq!(stage.get("/").status, 200);
}

#[test]
fn a_panic_is_the_end_of_one_answer_only() {
    let stage = Stage::start();
    let mut client = stage.connect();
    for _ in 0..3 {
        client.request("GET /panic", &[]);
        let reply = client.reply(false);
        assert_eq!(reply.status, 500);
        reply.check_headers();
        client.request("GET /", &[]);
        assert_eq!(client.reply(false).text(), HOME);
    }
}
