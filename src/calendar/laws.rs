//! What holds for every calendar, of whatever words and times.

use jiff::civil::{Date, DateTime, date};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use super::reading::{Reading, instant, read, read_time};
use super::{Calendar, Entry, Status, When, write};

/// Words as authors may have them, and worse.
fn words() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        4 => any::<char>().prop_map(String::from),
        2 => "[ -~]{0,12}",
        1 => prop::sample::select(vec![
            "\r\n", "\n", "\r", "\0", "\"", ",", ";", ":", "\\", "\\n", "^", "\t", " ", "e\u{301}\u{323}", "👩‍👩‍👧‍👦",
            "🏳️‍🌈", "\u{2028}", "\u{85}", "\u{feff}", "END:VEVENT", "日本語のカンファレンス", "مؤتمر", "\u{1f}",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

fn zone() -> impl Strategy<Value = TimeZone> {
    let names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    prop::sample::select(names).prop_map(|name| TimeZone::get(&name).unwrap())
}

fn day() -> impl Strategy<Value = Date> {
    // Mostly the years of people who blog.
    prop_oneof![4 => 0..20_000_i64, 1 => -130_000..400_000_i64]
        .prop_map(|days| date(1995, 1, 1) + days.days())
}

fn time() -> impl Strategy<Value = DateTime> {
    (day(), 0..86_400_i64).prop_map(|(day, second)| day.at(0, 0, 0, 0) + second.seconds())
}

fn when() -> impl Strategy<Value = When> {
    let length = prop::option::of(-3_600..400_000_i64);
    prop_oneof![
        (day(), -1..40_i64).prop_map(|(first, length)| When::Days { first, last: first + length.days() }),
        (time(), length.clone(), zone()).prop_map(|(start, length, zone)| {
            When::Zoned { start, end: length.map(|length| start + length.seconds()), zone }
        }),
        (time(), length).prop_map(|(start, length)| {
            When::Floating { start, end: length.map(|length| start + length.seconds()) }
        }),
    ]
}

fn entry() -> impl Strategy<Value = Entry> {
    let texts = (words(), prop::option::of(words()), prop::option::of(words()), prop::option::of(words()));
    let status = prop::sample::select(vec![Status::Tentative, Status::Confirmed, Status::Cancelled]);
    let state = (status, any::<u32>(), any::<bool>(), prop::option::of(0..4_000_000_000_i64));
    let place = prop::option::of((-91.0..91.0, -181.0..181.0));
    let more = (prop::collection::vec(words(), 0..4), prop::option::of("https?://[ -~é]{1,90}"));
    ("[a-c]|[ -~é]{1,90}", texts, when(), state, place, more).prop_map(
        |(uid, texts, when, state, geo, more)| {
            let (title, description, location, organizer) = texts;
            let (status, sequence, transparent, changed) = state;
            let (categories, url) = more;
            let changed = changed.and_then(|second| Timestamp::from_second(second).ok());
            let entry = Entry::new(uid, title, when);
            Entry {
                description,
                location,
                organizer,
                status,
                sequence,
                transparent,
                changed,
                geo,
                categories,
                url,
                ..entry
            }
        },
    )
}

fn calendar() -> impl Strategy<Value = Calendar> {
    (words(), prop::option::of(words()), prop::collection::vec(entry(), 0..6)).prop_map(
        |(name, description, entries)| Calendar { name, description, entries, ..Calendar::default() },
    )
}

/// Returns a text as it can be in a calendar: one kind of line end, no other control characters than tabs; nothing if that is blank.
fn readable(text: &str) -> Option<String> {
    let ends = ["\r\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"];
    let text = ends.iter().fold(text.to_owned(), |text, end| text.replace(end, "\n"));
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
    // A line that is broken is something to be seen.
    (!text.replace('\n', "n").trim().is_empty()).then_some(text)
}

/// Returns start or end of an entry that was read: whole days as midnight in UTC, floating times as if in UTC.
fn moment(reading: &Reading, event: usize, name: &str) -> Option<Timestamp> {
    let (parameters, value) = reading.events[event].get(name)?;
    if parameters.get("VALUE").is_some_and(|kind| kind == "DATE") {
        return Some(utc(read_time(&format!("{value}T000000"))));
    }
    match parameters.get("TZID") {
        Some(zone) => Some(instant(&reading.zones[zone], read_time(value))),
        None => Some(utc(read_time(value.trim_end_matches('Z')))),
    }
}

fn utc(time: DateTime) -> Timestamp {
    jiff::tz::Offset::UTC.to_timestamp(time).unwrap()
}

/// Returns start and end as the writer was told, in the same terms.
fn told(when: &When) -> (Timestamp, Option<Timestamp>) {
    let (start, end) = match when {
        When::Days { first, last } => {
            let [start, after] = [*first, *last + 1.day()].map(|day| utc(day.at(0, 0, 0, 0)));
            return (start, Some(if after > start { after } else { utc((*first + 1.day()).at(0, 0, 0, 0)) }));
        }
        When::Zoned { start, end, zone } => {
            let instant = |time| zone.to_timestamp(time).unwrap();
            (instant(*start), end.map(instant))
        }
        When::Floating { start, end } => (utc(*start), end.map(utc)),
    };
    (start, end.filter(|end| *end > start))
}

/// Asserts that an entry reads as it was written.
fn assert_same(reading: &Reading, at: usize, entry: &Entry) {
    let event = &reading.events[at];
    let value = |name: &str| event.get(name).map(|(_, value)| value.clone());
    assert_eq!(value("SUMMARY"), readable(&entry.title));
    assert_eq!(value("DESCRIPTION"), entry.description.as_deref().and_then(readable));
    assert_eq!(value("LOCATION"), entry.location.as_deref().and_then(readable));
    assert_eq!(value("CONTACT"), entry.organizer.as_deref().and_then(readable));
    assert_eq!(value("SEQUENCE"), Some(entry.sequence.to_string()));
    assert_eq!(value("STATUS"), Some(format!("{:?}", entry.status).to_uppercase()));
    assert_eq!(value("TRANSP").unwrap() == "TRANSPARENT", entry.transparent);
    assert_eq!(value("LAST-MODIFIED").is_some(), entry.changed.is_some());
    assert!(value("DTSTAMP").unwrap().ends_with('Z'));
    assert_eq!(value("URL").is_some(), entry.url.is_some());
    assert!(value("URL").is_none_or(|url| url.bytes().all(|byte| byte.is_ascii_graphic())));
    let mut categories: Vec<_> = entry.categories.iter().filter_map(|category| readable(category)).collect();
    let mut seen = Vec::new();
    categories.retain(|category| {
        !seen.contains(category) && {
            seen.push(category.clone());
            true
        }
    });
    assert_eq!(split_list(&value("CATEGORIES").unwrap_or_default()), categories);
    assert_eq!((moment(reading, at, "DTSTART").unwrap(), moment(reading, at, "DTEND")), told(&entry.when));
}

/// Splits a list of texts at the commas that are not escaped.
fn split_list(list: &str) -> Vec<String> {
    let marked =
        list.replace("\\\\", "\u{1}").replace("\\,", "\u{2}").replace("\\;", ";").replace("\\n", "\n");
    let whole = |part: &str| part.replace('\u{1}', "\\").replace('\u{2}', ",");
    marked.split(',').filter(|part| !part.is_empty()).map(whole).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_are_short_whole_and_ended(calendar in calendar()) {
        let text = write(&calendar);
        prop_assert!(text.ends_with("END:VCALENDAR\r\n"));
        for line in text.strip_suffix("\r\n").unwrap().split("\r\n") {
            prop_assert!(line.len() <= 75 && !line.is_empty());
            prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'));
        }
        let starts = text.lines().filter(|line| *line == "BEGIN:VEVENT").count();
        prop_assert_eq!(starts, text.lines().filter(|line| *line == "END:VEVENT").count());
    }

    #[test]
    fn what_is_written_reads_the_same(entry in entry(), name in words()) {
        let entries = vec![entry.clone()];
        let reading = read(&write(&Calendar { name: name.clone(), entries, ..Calendar::default() }));
        if entry.uid.trim().is_empty() {
            prop_assert!(reading.events.is_empty());
        } else {
            assert_same(&reading, 0, &entry);
            prop_assert_eq!(&reading.events[0]["UID"].1, &entry.uid);
        }
        let named = reading.head.get("X-WR-CALNAME").map(|(_, name)| name.clone());
        prop_assert_eq!(named, readable(&name));
    }

    #[test]
    fn entries_of_all_kinds_read_the_same_together(calendar in calendar()) {
        let reading = read(&write(&calendar));
        for (at, event) in reading.events.iter().enumerate() {
            let start = moment(&reading, at, "DTSTART").unwrap();
            let of = calendar.entries.iter().filter(|entry| entry.uid == event["UID"].1);
            prop_assert!(of.clone().any(|entry| told(&entry.when).0 == start));
            prop_assert!(of.clone().all(|entry| told(&entry.when).0 >= start));
        }
        let mut known: Vec<_> = calendar.entries.iter().map(|entry| &entry.uid).filter(|uid| !uid.trim().is_empty()).collect();
        known.sort();
        known.dedup();
        prop_assert_eq!(reading.events.len(), known.len());
    }

    #[test]
    fn order_does_not_matter(calendar in calendar(), seed in any::<u64>()) {
        let text = write(&calendar);
        let mut turned = calendar.clone();
        turned.entries.sort_by_key(|entry| entry.title.len() as u64 ^ seed);
        prop_assert_eq!(&write(&turned), &text);
        turned.entries.reverse();
        prop_assert_eq!(&write(&turned), &text);
    }
}

/// Every zone there is, in every hour around every change of its clock, over whole years, and once a month.
#[test]
fn zones_are_those_of_the_database() {
    let names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    assert!(names.len() > 400);
    for (name, years) in names.iter().flat_map(|name| [(name, (1996, 2046)), (name, (1870, 1975))]) {
        let zone = TimeZone::get(name).unwrap();
        let entry = |year: i16| {
            let start = date(year, 6, 15).at(12, 0, 0, 0);
            Entry::new(year.to_string(), "", When::Zoned { start, end: None, zone: zone.clone() })
        };
        let entries = vec![entry(years.0), entry(years.1)];
        let reading = read(&write(&Calendar { entries, ..Calendar::default() }));
        let Some(observances) = reading.zones.get(name) else {
            assert!(zone.following(Timestamp::MIN).next().is_none(), "{name}");
            continue;
        };
        let [start, end] = [years.0, years.1 + 1].map(|year| utc(date(year, 1, 1).at(0, 0, 0, 0)));
        let changes =
            zone.following(start).map(|change| change.timestamp()).take_while(|change| *change < end);
        let around = changes.flat_map(|change| (-3..=3).map(move |hours| change + hours.hours()));
        let months = (0..600).map(|months| start + (months * 700).hours());
        for instant_there in around.chain(months).filter(|instant| (start..end).contains(instant)) {
            let local = zone.to_datetime(instant_there);
            if let AmbiguousOffset::Unambiguous { .. } = zone.to_ambiguous_timestamp(local).offset() {
                assert_eq!(instant(observances, local), instant_there, "{name} {local}");
            }
        }
    }
}
