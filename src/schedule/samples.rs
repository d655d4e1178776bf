//! Reads every file of `samples/` and compares what was understood with the text beside it.
//!
//! The samples are made up, in the shapes that the real generators write. A new one is a file, its `.txt`, and a line here.

use std::fmt::Write as _;

use super::{Schedule, Session, read, read_in};

/// Names a sample, takes its content and the expected reading from the files beside.
macro_rules! sample {
    ($name:literal) => {
        ($name, include_bytes!(concat!("samples/", $name)), include_str!(concat!("samples/", $name, ".txt")))
    };
}

/// Names, contents and expected readings of the samples.
pub(super) const SAMPLES: [(&str, &[u8], &str); 13] = [
    sample!("sched.ics"),
    sample!("pretalx.ics"),
    sample!("google.ics"),
    sample!("frab.xml"),
    sample!("fosdem.xml"),
    sample!("pretalx.xml"),
    sample!("frab.json"),
    sample!("pretalx.json"),
    sample!("widget.json"),
    sample!("api.json"),
    sample!("sessionize-all.json"),
    sample!("sessionize-grid.json"),
    sample!("sessionize-sessions.json"),
];

/// Returns everything that is known about a schedule, a field a line.
fn show(schedule: &Schedule) -> String {
    let Schedule { format, name, start, end, timezone, url, city, venue, sessions, warnings } = schedule;
    let mut shown = format!("{} `{name}`\n", format.name());
    let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let fields =
        [("start", day(start)), ("end", day(end)), ("timezone", timezone.clone()), ("url", url.clone())];
    for (key, value) in fields.into_iter().chain([("city", city.clone()), ("venue", venue.clone())]) {
        if let Some(value) = value {
            let _ = writeln!(shown, "{key}: {value}");
        }
    }
    for warning in warnings {
        let hint = warning.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
        let _ = writeln!(shown, "warning: {warning}{hint}");
    }
    sessions.iter().for_each(|session| shown.push_str(&show_session(session)));
    shown
}

fn show_session(session: &Session) -> String {
    let mut shown = format!("\n[{}] {}\n", session.id, session.title);
    let time = |at: Option<jiff::civil::DateTime>| {
        at.map_or("?".to_owned(), |at| at.strftime("%F %H:%M").to_string())
    };
    let _ = writeln!(shown, "  {} to {}", time(session.start), time(session.end));
    for speaker in &session.speakers {
        let _ = writeln!(shown, "  by {} {}", speaker.name, speaker.url.as_deref().unwrap_or("-"));
    }
    let flags = [(session.is_break, "break"), (session.is_unrecorded, "unrecorded")];
    for (_, flag) in flags.iter().filter(|(is_set, _)| *is_set) {
        let _ = writeln!(shown, "  {flag}");
    }
    let kind = session.kind.map(|kind| kind.name().to_owned());
    let fields = [
        ("subtitle", &session.subtitle),
        ("room", &session.room),
        ("track", &session.track),
        ("kind", &kind),
        ("language", &session.language),
        ("url", &session.url),
        ("slides", &session.slides),
        ("video", &session.video),
        ("summary", &session.summary),
    ];
    for (key, value) in fields {
        if let Some(value) = value {
            let _ = writeln!(shown, "  {key}: {value}");
        }
    }
    shown
}

#[test]
fn every_sample_is_understood() {
    for (name, bytes, expected) in SAMPLES {
        let schedule = read(bytes).unwrap_or_else(|problem| panic!("{name}: {problem} {:?}", problem.hint));
        let shown = show(&schedule);
        assert_eq!(shown, expected, "{name}\n{shown}");
    }
}

#[test]
fn line_breaks_of_any_system_and_a_byte_order_mark_change_nothing() {
    for (name, bytes, _) in SAMPLES {
        let text = String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n");
        let plain = read(text.as_bytes()).unwrap();
        let windows = format!("\u{FEFF}\r\n{}", text.replace('\n', "\r\n"));
        let sessions = read(windows.as_bytes()).unwrap().sessions;
        assert_eq!(sessions, plain.sessions, "{name}");
    }
}

#[test]
fn the_author_may_name_the_zone() {
    let (_, bytes, _) = SAMPLES.into_iter().find(|(name, ..)| *name == "sched.ics").unwrap();
    let schedule = read_in(bytes, Some("Europe/Brussels")).unwrap();
    assert_eq!(schedule.sessions.first().unwrap().start.unwrap().to_string(), "2026-03-02T08:30:00");
    assert_eq!((schedule.timezone.as_deref(), schedule.warnings.len()), (Some("Europe/Brussels"), 0));
    let problem = read_in(bytes, Some("Featherton")).unwrap_err();
    assert_eq!(problem.to_string(), "there is no time zone `Featherton`");
}

#[test]
fn what_is_no_schedule_is_said_to_be_none() {
    for (bytes, hint) in [
        (&b""[..], "the file is empty"),
        (b"  \n", "the file is empty"),
        (b"Hello", "the page of the schedule often has an export as iCalendar, XML or JSON"),
        (b"%PDF-1.7", "it is a PDF: look for an export as iCalendar, XML or JSON"),
        (b"<!DOCTYPE html><html>", "this is a web page: look there for an export as iCalendar, XML or JSON"),
        (b"<rss/>", "this is XML, but begins with `rss` instead of `schedule`"),
        (b"[]", "this is JSON, but neither `schedule.json` of frab or pretalx nor Sessionize's view `All`"),
        (
            br#"[{"fullName": "Ada", "sessions": [{"id": 1, "name": "x"}]}]"#,
            "this has speakers only: Sessionize's view `All` has the sessions",
        ),
    ] {
        let problem = read(bytes).unwrap_err();
        assert!(problem.message.starts_with("this is no schedule that is known"), "{problem}");
        assert_eq!(problem.hint.as_deref(), Some(hint));
    }
}

#[test]
fn problems_say_where_they_are() {
    for (bytes, expected) in [
        (&b"<schedule>\n <conference>\xFF"[..], "2:14: this is no UTF-8 text"),
        (b"<schedule>\n  </x>", "2:3: this XML is broken"),
        (b"{\"talks\": [\n  1,\n}", "3:1: this JSON is broken: expected value"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR", "there is no session in this iCalendar file"),
    ] {
        let problem = read(bytes).unwrap_err().to_string();
        assert!(problem.starts_with(expected), "{problem}");
    }
}
