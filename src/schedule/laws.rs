//! What holds for every input, as properties: nothing panics, and whatever is read is complete, sorted and can be written.
//!
//! Inputs are the samples with bytes changed, cut, doubled and exchanged, and large files made to hurt.

use std::collections::HashSet;
use std::time::Duration;

use proptest::prelude::*;

use super::samples::SAMPLES;
use super::{MAX_BYTES, MAX_SESSIONS, Schedule, choose, read, read_in, to_yaml};

/// A change of a file: where, how much, and what goes there instead.
#[derive(Debug, Clone)]
struct Change {
    at: prop::sample::Index,
    removed: usize,
    added: Vec<u8>,
}

fn change() -> impl Strategy<Value = Change> {
    let marks: Vec<&[u8]> = vec![
        b"",
        b"\"",
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&#xD800;",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"null",
        b"-1",
        b"1e999",
        b"\n",
        b"\r\n ",
        b"\\",
        b"\xFF",
        b"\xE2\x82",
        b";TZID=",
        b"BEGIN:VEVENT\n",
        b"END:VEVENT\n",
        b"99999999T999999Z",
        b"-9999-01-01T00:00",
        b"P99999999999D",
        b"99:99:99",
        b"+99:99",
        b"\0",
        b"\xEF\xBB\xBF",
    ];
    let added = prop_oneof![
        4 => prop::sample::select(marks).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => (any::<u8>(), 1_usize..2000).prop_map(|(byte, count)| vec![byte; count]),
    ];
    let removed = prop_oneof![Just(0), 0_usize..4, 0_usize..400];
    (any::<prop::sample::Index>(), removed, added).prop_map(|(at, removed, added)| Change {
        at,
        removed,
        added,
    })
}

fn changed(bytes: &[u8], changes: &[Change]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for Change { at, removed, added } in changes {
        let at = at.index(bytes.len() + 1);
        let end = (at + removed).min(bytes.len());
        bytes.splice(at..end, added.iter().copied());
    }
    bytes
}

/// Asserts what the types promise in words.
fn assert_complete(schedule: &Schedule) {
    let sessions = &schedule.sessions;
    assert!(!sessions.is_empty() && sessions.len() <= MAX_SESSIONS);
    let ids: HashSet<&str> = sessions.iter().map(|session| session.id.as_str()).collect();
    assert_eq!(ids.len(), sessions.len(), "ids are unique");
    for session in sessions {
        assert!(
            session.id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)),
            "{}",
            session.id
        );
        let texts =
            [Some(&session.title), session.room.as_ref(), session.track.as_ref(), session.summary.as_ref()];
        for text in texts.into_iter().flatten().chain(session.speakers.iter().map(|speaker| &speaker.name)) {
            assert!(!text.is_empty() && !text.contains(char::is_control) && text.trim() == text, "{text:?}");
        }
        assert!(session.end.is_none() || session.end > session.start);
        for url in [&session.url, &session.slides, &session.video].into_iter().flatten() {
            assert!(url.to_ascii_lowercase().starts_with("http"), "{url}");
        }
    }
    let keys = sessions.iter().map(|s| (s.start.is_none(), s.start, &s.room, &s.title));
    assert!(keys.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_sample_is_read_or_refused(
        sample in prop::sample::select(SAMPLES.to_vec()),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let bytes = changed(sample.1, &changes);
        if let Ok(schedule) = read(&bytes) {
            assert_complete(&schedule);
            let sessions: Vec<_> = schedule.sessions.iter().collect();
            serde_yaml::from_str::<serde_yaml::Value>(&to_yaml(&sessions)).unwrap();
        }
        if let Ok(schedule) = read_in(&bytes, Some("Asia/Kolkata")) {
            assert_complete(&schedule);
        }
    }

    #[test]
    fn any_bytes_are_refused_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300), head in 0_usize..5) {
        let heads: [&[u8]; 5] = [b"", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:", b"<schedule>", b"{\"talks\":", b"[{\"sessions\":"];
        let _ = read(&[heads[head], &bytes].concat());
    }

    #[test]
    fn any_wish_is_met_or_explained(wishes in prop::collection::vec("\\PC{0,12}", 0..4), sample in 0..SAMPLES.len()) {
        let schedule = read(SAMPLES[sample].1).unwrap();
        let choice = choose(&schedule, &wishes);
        for unmet in &choice.unmet {
            prop_assert!(!unmet.problem().message.is_empty());
        }
        prop_assert!(choice.sessions.len() + choice.unmet.len() <= schedule.sessions.len() + wishes.len());
    }

    #[test]
    fn every_session_is_chosen_by_its_id(sample in 0..SAMPLES.len()) {
        let schedule = read(SAMPLES[sample].1).unwrap();
        for session in &schedule.sessions {
            prop_assert_eq!(choose(&schedule, std::slice::from_ref(&session.id)).sessions, vec![session]);
        }
    }
}

/// Size of hostile files: what takes quadratic time at this size does not end within the limit, nor the test run.
const HOSTILE_BYTES: usize = 4 * 1024 * 1024;

/// Reads on a thread, so that a reader that hangs fails instead of holding up everything.
fn read_in_time(name: &'static str, bytes: Vec<u8>) {
    let (done, finished) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let result = read(&bytes).map(|schedule| schedule.sessions.len());
        let _ = done.send(result);
    });
    let result = finished.recv_timeout(Duration::from_secs(60));
    assert!(result.is_ok(), "{name} takes too long");
}

#[test]
fn hostile_files_are_answered_in_time() {
    let many = |head: &str, part: &str, tail: &str| {
        let count = (HOSTILE_BYTES - head.len() - tail.len()) / part.len();
        format!("{head}{}{tail}", part.repeat(count)).into_bytes()
    };
    let xml = "<schedule><day><room><event><title>x</title><abstract>";
    let end = "</abstract></event></room></day></schedule>";
    let json = "{\"talks\":[{\"code\":\"x\",\"title\":\"";
    for (name, bytes) in [
        ("lines that go on", many("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:", "a\n ", "\nEND:VEVENT")),
        ("lines that are none", many("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nDESCRIPTION:", "[\n", "")),
        ("events without an end", many("", "BEGIN:VEVENT\n", "")),
        ("parameters", many("BEGIN:VEVENT\nSUMMARY", ";A=1", ":x")),
        ("open brackets in markup", many(xml, "&lt;p", end)),
        ("entities", many(xml, "&amp;", end)),
        ("links", many(json, "[a](", "\"}]}")),
        ("marks", many(&json.replace("title", "abstract"), "*`[!", "\",\"title\":\"x\"}]}")),
        ("attributes", many("<schedule ", "a='' ", "/>")),
        ("events on one line", many("<schedule><day><room>", "<event/>", "</room></day></schedule>")),
        ("empty sessions", many("{\"talks\":[", "{},", "{}]}")),
        ("same ids", many("{\"talks\":[", "{\"code\":\"x\",\"title\":\"y\"},", "{}]}")),
        ("nesting", many("", "[", "")),
        ("too large", vec![b'<'; MAX_BYTES + 1]),
    ] {
        read_in_time(name, bytes);
    }
}

#[test]
fn as_many_sessions_as_are_allowed_are_named_and_chosen() {
    let talk = "{\"code\":\"x\",\"title\":\"A talk on one of many subjects\",\"speakers\":[{\"name\":\"Ada Gander\"}]},";
    let file = format!("{{\"talks\":[{}]}}", talk.repeat(MAX_SESSIONS).trim_end_matches(','));
    let schedule = read(file.as_bytes()).unwrap();
    assert_eq!(schedule.sessions.last().unwrap().id, format!("x-{MAX_SESSIONS}"));
    assert_eq!(choose(&schedule, &["Ada".to_owned()]).sessions.len(), MAX_SESSIONS);
    assert_eq!(choose(&schedule, &["subjcts".to_owned()]).unmet.len(), 1);
    let file = format!("{{\"talks\":[{}{talk}]}}", talk.repeat(MAX_SESSIONS)).replace(",]", "]");
    assert_eq!(read(file.as_bytes()).unwrap_err().message, "this schedule has more than 20000 sessions");
}
