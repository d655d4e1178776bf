//! Whole calendars and entries, against the text that RFC 5545 wants.

use jiff::civil::{date, datetime};
use jiff::tz::TimeZone;

use super::*;

fn calendar(entries: Vec<Entry>) -> Calendar {
    Calendar { name: "Talks".to_owned(), entries, ..Calendar::default() }
}

fn days(first: Date, last: Date) -> When {
    When::Days { first, last }
}

fn zoned(name: &str, start: DateTime, end: Option<DateTime>) -> When {
    When::Zoned { start, end, zone: TimeZone::get(name).expect("a zone") }
}

/// Returns the lines of the only entry.
fn event(entry: Entry) -> Vec<String> {
    let text = write(&calendar(vec![entry]));
    let (_, event) = text.split_once("BEGIN:VEVENT\r\n").expect("an entry");
    let (event, _) = event.split_once("END:VEVENT").expect("an end");
    event.replace("\r\n ", "").lines().map(ToOwned::to_owned).collect()
}

fn line(entry: Entry, name: &str) -> Option<String> {
    event(entry).into_iter().find(|line| line.split([':', ';']).next() == Some(name))
}

#[test]
fn a_calendar_has_all_that_is_known_in_one_order() {
    let entry = Entry {
        description: Some("First line\nsecond, line".to_owned()),
        location: Some("ULB; Brussels".to_owned()),
        geo: Some((50.8125, 4.3811)),
        url: Some("https://a.example/fosdem/".to_owned()),
        status: Status::Tentative,
        sequence: 2,
        categories: vec!["rust".to_owned(), "free, open".to_owned(), "rust".to_owned(), " ".to_owned()],
        organizer: Some("FOSDEM VZW".to_owned()),
        changed: "2026-01-02T03:04:05.9+01:00".parse().ok(),
        transparent: true,
        ..Entry::new(
            uid("event", "fosdem-2026", "A.example"),
            "FOSDEM",
            days(date(2026, 1, 31), date(2026, 2, 1)),
        )
    };
    let all = Calendar {
        name: "Talks".to_owned(),
        description: Some("Where I speak".to_owned()),
        language: Some("en-GB".to_owned()),
        url: Some("https://a.example/events/".to_owned()),
        source: Some("https://a.example/events/calendar.ics".to_owned()),
        entries: vec![entry],
    };
    let expected = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Hallway//EN\nCALSCALE:GREGORIAN\nNAME;LANGUAGE=en-GB:Talks\n\
        X-WR-CALNAME:Talks\nDESCRIPTION;LANGUAGE=en-GB:Where I speak\nX-WR-CALDESC:Where I speak\n\
        URL:https://a.example/events/\nSOURCE;VALUE=URI:https://a.example/events/calendar.ics\n\
        REFRESH-INTERVAL;VALUE=DURATION:P1D\nX-PUBLISHED-TTL:P1D\n\
        BEGIN:VEVENT\nUID:event-fosdem-2026@a.example\nDTSTAMP:20260102T020405Z\nLAST-MODIFIED:20260102T020405Z\n\
        SEQUENCE:2\nDTSTART;VALUE=DATE:20260131\nDTEND;VALUE=DATE:20260202\nSUMMARY;LANGUAGE=en-GB:FOSDEM\n\
        DESCRIPTION;LANGUAGE=en-GB:First line\\nsecond\\, line\nLOCATION:ULB\\; Brussels\nGEO:50.812500;4.381100\n\
        URL:https://a.example/fosdem/\nCONTACT:FOSDEM VZW\nCATEGORIES:rust,free\\, open\nSTATUS:TENTATIVE\n\
        TRANSP:TRANSPARENT\nEND:VEVENT\nEND:VCALENDAR\n";
    assert_eq!(write(&all).replace("\r\n", "\n"), expected);
}

#[test]
fn a_calendar_without_entries_has_a_component_all_the_same() {
    let expected = "BEGIN:VTIMEZONE\r\nTZID:Etc/UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n\
        TZOFFSETTO:+0000\r\nTZNAME:UTC\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n";
    assert!(write(&calendar(Vec::new())).ends_with(expected));
}

#[test]
fn the_end_of_days_is_the_day_after_the_last_one() {
    for (first, last, start, end) in [
        (date(2026, 1, 31), date(2026, 1, 31), "20260131", Some("20260201")),
        (date(2026, 1, 31), date(2026, 2, 1), "20260131", Some("20260202")),
        (date(2024, 2, 28), date(2024, 2, 28), "20240228", Some("20240229")),
        (date(2024, 2, 28), date(2024, 2, 29), "20240228", Some("20240301")),
        (date(2025, 2, 28), date(2025, 2, 28), "20250228", Some("20250301")),
        (date(2100, 2, 28), date(2100, 2, 28), "21000228", Some("21000301")),
        (date(2025, 12, 27), date(2025, 12, 31), "20251227", Some("20260101")),
        (date(2026, 3, 2), date(2026, 3, 1), "20260302", Some("20260303")),
        (date(9999, 12, 30), date(9999, 12, 31), "99991230", Some("99991231")),
        (date(9999, 12, 31), date(9999, 12, 31), "99991231", None),
    ] {
        let entry = Entry::new("u", "t", days(first, last));
        assert_eq!(line(entry.clone(), "DTSTART"), Some(format!("DTSTART;VALUE=DATE:{start}")), "{first}");
        assert_eq!(
            line(entry, "DTEND"),
            end.map(|end| format!("DTEND;VALUE=DATE:{end}")),
            "{first} to {last}"
        );
    }
}

#[test]
fn times_are_on_the_clock_of_their_zone() {
    let at = |hour, minute| datetime(2026, 3, 29, hour, minute, 0, 0);
    for (when, start, end) in [
        (
            zoned("Europe/Paris", at(1, 30), Some(at(4, 0))),
            ";TZID=Europe/Paris:20260329T013000",
            ";TZID=Europe/Paris:20260329T040000",
        ),
        (zoned("Europe/Paris", at(9, 0), Some(at(9, 0))), ";TZID=Europe/Paris:20260329T090000", ""),
        // The clock jumps from 2 to 3.
        (zoned("Europe/Paris", at(2, 30), None), ";TZID=Europe/Paris:20260329T033000", ""),
        (zoned("Europe/Paris", at(2, 30), Some(at(3, 15))), ";TZID=Europe/Paris:20260329T033000", ""),
        (zoned("europe/paris", at(9, 0), None), ";TZID=Europe/Paris:20260329T090000", ""),
        (zoned("UTC", at(9, 0), Some(at(10, 0))), ":20260329T090000Z", ":20260329T100000Z"),
        (zoned("Etc/GMT+12", at(23, 59), None), ":20260330T115900Z", ""),
        (zoned("Etc/Unknown", at(9, 0), None), ":20260329T090000Z", ""),
        (When::Floating { start: at(9, 0), end: Some(at(9, 45)) }, ":20260329T090000", ":20260329T094500"),
        (When::Floating { start: at(9, 0), end: Some(at(9, 0)) }, ":20260329T090000", ""),
    ] {
        let entry = Entry::new("u", "t", when.clone());
        assert_eq!(line(entry.clone(), "DTSTART"), Some(format!("DTSTART{start}")), "{when:?}");
        let end = (!end.is_empty()).then(|| format!("DTEND{end}"));
        assert_eq!(line(entry, "DTEND"), end, "{when:?}");
    }
    let zone = TimeZone::fixed(jiff::tz::offset(-7));
    let when = When::Zoned { start: datetime(2026, 3, 29, 9, 0, 0, 900_000_000), end: None, zone };
    assert_eq!(line(Entry::new("u", "t", when), "DTSTART").as_deref(), Some("DTSTART:20260329T160000Z"));
    let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
    let when = When::Zoned { start: at(9, 0), end: None, zone };
    assert_eq!(line(Entry::new("u", "t", when), "DTSTART").as_deref(), Some("DTSTART:20260329T130000Z"));
}

#[test]
fn an_end_may_be_under_another_rule_than_its_start() {
    let [start, end] = [2006, 2007].map(|year| datetime(year, 3, 25, 9, 0, 0, 0));
    let text = write(&calendar(vec![Entry::new("u", "t", zoned("America/New_York", start, Some(end)))]));
    assert!(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\n"), "{text}");
}

#[test]
fn what_cannot_be_written_is_left_out() {
    let day = |year| days(date(year, 6, 1), date(year, 6, 1));
    let start = datetime(9999, 12, 31, 23, 0, 0, 0);
    let ends = When::Zoned { start, end: None, zone: TimeZone::fixed(jiff::tz::offset(-7)) };
    for entry in [
        Entry::new("", "t", day(2026)),
        Entry::new("\u{0} ", "t", day(2026)),
        Entry::new("u", "t", day(1582)),
        Entry::new("u", "t", day(-44)),
        Entry::new("u", "t", ends),
    ] {
        assert!(!write(&calendar(vec![entry.clone()])).contains("VEVENT"), "{entry:?}");
    }
    let entry = Entry {
        url: Some("/talks/".to_owned()),
        description: Some("\n".to_owned()),
        ..Entry::new("u", "", day(2026))
    };
    assert_eq!(line(entry.clone(), "URL"), None);
    assert_eq!(line(entry.clone(), "SUMMARY"), None);
    assert_eq!(line(entry, "DESCRIPTION").as_deref(), Some("DESCRIPTION:\\n"));
}

#[test]
fn a_version_is_a_day_that_does_not_change() {
    let day = days(date(2026, 6, 1), date(2026, 6, 3));
    assert_eq!(
        line(Entry::new("u", "t", day.clone()), "DTSTAMP").as_deref(),
        Some("DTSTAMP:20260601T000000Z")
    );
    assert_eq!(line(Entry::new("u", "t", day.clone()), "LAST-MODIFIED"), None);
    let late = zoned("America/Los_Angeles", datetime(2026, 6, 1, 23, 0, 0, 0), None);
    assert_eq!(line(Entry::new("u", "t", late), "DTSTAMP").as_deref(), Some("DTSTAMP:20260601T000000Z"));
    let ancient = Entry { changed: Some(Timestamp::MIN), ..Entry::new("u", "t", day) };
    assert_eq!(line(ancient.clone(), "DTSTAMP").as_deref(), Some("DTSTAMP:20260601T000000Z"));
    assert_eq!(line(ancient, "LAST-MODIFIED"), None);
}

#[test]
fn places_are_on_earth_to_six_decimals() {
    for (latitude, longitude, expected) in [
        (50.85, 4.35, Some("GEO:50.850000;4.350000")),
        (-33.868_820_04, 151.209_295_96, Some("GEO:-33.868820;151.209296")),
        (-0.000_000_1, -0.0, Some("GEO:0.000000;0.000000")),
        (90.0, -180.0, Some("GEO:90.000000;-180.000000")),
        (90.01, 0.0, None),
        (0.0, 180.1, None),
        (f64::NAN, 0.0, None),
        (0.0, f64::INFINITY, None),
    ] {
        let entry = Entry {
            geo: Some((latitude, longitude)),
            ..Entry::new("u", "t", days(date(2026, 1, 1), date(2026, 1, 1)))
        };
        assert_eq!(line(entry, "GEO").as_deref(), expected, "{latitude} {longitude}");
    }
}

#[test]
fn languages_are_tags_or_nothing() {
    for (tag, expected) in [
        ("pt-BR", "NAME;LANGUAGE=pt-BR:Talks"),
        ("zh-Hans-CN", "NAME;LANGUAGE=zh-Hans-CN:Talks"),
        ("", "NAME:Talks"),
        ("en_US", "NAME:Talks"),
        ("en:x\r\nX", "NAME:Talks"),
    ] {
        let text = write(&Calendar { language: Some(tag.to_owned()), ..calendar(Vec::new()) });
        assert!(text.contains(&format!("\r\n{expected}\r\n")), "{tag:?}: {text}");
    }
}

#[test]
fn entries_are_in_order_of_start_and_identity_and_there_once() {
    let at = |hour| datetime(2026, 6, 1, hour, 0, 0, 0);
    let day = |day| days(date(2026, 6, day), date(2026, 6, day));
    let newest = Entry { sequence: 3, ..Entry::new("twice", "newest", day(3)) };
    let entries = vec![
        newest.clone(),
        Entry::new("b", "noon in Paris", zoned("Europe/Paris", at(12), None)),
        Entry::new("twice", "older", day(3)),
        Entry::new("twice", "later", day(4)),
        Entry::new("c", "noon in UTC", zoned("UTC", at(12), None)),
        Entry::new("a", "the day", day(1)),
        Entry::new("0", "the day too", day(1)),
    ];
    let mut turned = entries.clone();
    turned.reverse();
    let text = write(&calendar(entries));
    let titles: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).collect();
    assert_eq!(titles, ["the day too", "the day", "noon in Paris", "noon in UTC", "newest"]);
    assert_eq!(write(&calendar(turned)), text);
    let [one, other] = ["one", "other"].map(|title| Entry::new("u", title, day(1)));
    assert_eq!(write(&calendar(vec![one.clone(), other.clone()])), write(&calendar(vec![other, one])));
}

#[test]
fn identities_have_a_kind_a_name_and_a_host() {
    assert_eq!(uid("talk", "2026/rust", "Blog.Example"), "talk-2026/rust@blog.example");
}
