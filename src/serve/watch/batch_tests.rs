//! Tables of what is told when, and the laws of every sequence of events; without disk and clock.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::Touched;
use super::batch::Batch;
use super::batch::Sign::{self, Arrived, Closed, Created, Folder, Gone, Modified};

const MODIFIED_MS: u64 = 40;

/// An event: milliseconds since the start, path, sign; no sign where events were lost.
type Row = (u64, &'static str, Option<Sign>);

#[expect(clippy::disallowed_methods, reason = "the tests count from an arbitrary time")]
fn start() -> Instant {
    Instant::now()
}

/// Something that was told.
#[derive(Debug)]
struct Told {
    at_ms: u64,
    /// How many events had been noted before.
    events: usize,
    touched: Touched,
}

/// Plays events against a batch and returns what is told.
fn play<'a>(events: impl IntoIterator<Item = (u64, &'a str, Option<Sign>)>, modified_ms: u64) -> Vec<Told> {
    let start = start();
    let mut batch = Batch::new(Duration::from_millis(modified_ms));
    let mut told = Vec::new();
    let mut now = start;
    let mut tell_until = |batch: &mut Batch, now: Instant, end: Option<Instant>, events: usize| {
        while let Some(due) = batch.due().filter(|due| end.is_none_or(|end| *due <= end)) {
            let at = due.max(now);
            let touched = batch.take(at).expect("what is due can be taken");
            told.push(Told { at_ms: u64::try_from((at - start).as_millis()).unwrap(), events, touched });
            assert_eq!(batch.take(at), None, "all that was due is taken at once");
        }
    };
    let mut seen = 0;
    for (at, path, sign) in events {
        let next = start + Duration::from_millis(at);
        tell_until(&mut batch, now, Some(next), seen);
        now = next;
        match sign {
            Some(sign) => batch.note(PathBuf::from(path), sign, now),
            None => batch.lose(now),
        }
        seen += 1;
    }
    tell_until(&mut batch, now, None, seen);
    told
}

/// Writes what was told as one line a batch: milliseconds and paths, `*` for everything.
fn lines(told: &[Told]) -> Vec<String> {
    let names = |touched: &Touched| match touched {
        Touched::Everything => "*".to_owned(),
        Touched::Paths(paths) => {
            paths.iter().map(|path| path.to_str().unwrap()).collect::<Vec<_>>().join(" ")
        }
    };
    told.iter().map(|told| format!("{} {}", told.at_ms, names(&told.touched))).collect()
}

fn check(name: &str, events: &[Row], expected: &[&str]) {
    assert_eq!(lines(&play(events.iter().copied(), MODIFIED_MS)), expected, "{name}");
}

#[test]
fn a_save_is_told_when_it_is_complete() {
    let cases: &[(&str, &[Row], &[&str])] = &[
        ("written and closed", &[(0, "a", Some(Modified)), (1, "a", Some(Closed))], &["4 a"]),
        ("made, written and closed", &[(0, "a", Some(Created)), (2, "a", Some(Closed))], &["5 a"]),
        ("renamed onto its name", &[(0, "a", Some(Arrived))], &["3 a"]),
        ("written, not closed", &[(0, "a", Some(Modified)), (30, "a", Some(Modified))], &["70 a"]),
        ("removed", &[(0, "a", Some(Gone))], &["40 a"]),
        (
            "renamed away, then made anew",
            &[
                (0, "a", Some(Gone)),
                (1, "a", Some(Created)),
                (2, "a", Some(Modified)),
                (3, "a", Some(Closed)),
            ],
            &["6 a"],
        ),
        (
            "closed twice with more than a moment between",
            &[(0, "a", Some(Closed)), (10, "a", Some(Modified)), (12, "a", Some(Closed))],
            &["3 a", "15 a"],
        ),
        (
            "half of it told because it paused, then the rest",
            &[(0, "a", Some(Modified)), (60, "a", Some(Modified)), (61, "a", Some(Closed))],
            &["40 a", "64 a"],
        ),
    ];
    for (name, events, expected) in cases {
        check(name, events, expected);
    }
}

#[test]
fn a_batch_waits_for_the_latest_of_its_paths() {
    let cases: &[(&str, &[Row], &[&str])] = &[
        ("two saved together", &[(0, "a", Some(Closed)), (2, "b", Some(Closed))], &["5 a b"]),
        (
            "one is still being written",
            &[(0, "a", Some(Closed)), (1, "b", Some(Created)), (20, "b", Some(Closed))],
            &["23 a b"],
        ),
        (
            "an earlier path is not forgotten when a later one is complete",
            &[(0, "a", Some(Modified)), (1, "b", Some(Closed))],
            &["40 a b"],
        ),
    ];
    for (name, events, expected) in cases {
        check(name, events, expected);
    }
}

#[test]
fn a_file_that_came_and_went_holds_nothing_up() {
    let cases: &[(&str, &[Row], &[&str])] = &[
        (
            "a probe before the save: told with it, harmless",
            &[(0, "4913", Some(Created)), (1, "4913", Some(Gone)), (2, "a", Some(Closed))],
            &["5 4913 a"],
        ),
        (
            "a temporary file that is renamed onto the name",
            &[(0, "t", Some(Created)), (1, "t", Some(Closed)), (2, "t", Some(Gone)), (2, "a", Some(Arrived))],
            &["5 a t"],
        ),
        (
            "the old file is put aside and removed",
            &[(0, "a", Some(Gone)), (0, "o", Some(Arrived)), (1, "a", Some(Arrived)), (2, "o", Some(Gone))],
            &["4 a o"],
        ),
        (
            "alone it is told late, because a scan may have seen it",
            &[(0, "t", Some(Created)), (5, "t", Some(Gone))],
            &["255 t"],
        ),
        (
            "it was there before the batch",
            &[(0, "a", Some(Gone)), (1, "a", Some(Created)), (2, "a", Some(Gone))],
            &["42 a"],
        ),
        (
            "it came again",
            &[(0, "a", Some(Created)), (1, "a", Some(Gone)), (2, "a", Some(Created))],
            &["42 a"],
        ),
    ];
    for (name, events, expected) in cases {
        check(name, events, expected);
    }
}

#[test]
fn folders_are_told_and_everything_once_more_after() {
    let cases: &[(&str, &[Row], &[&str])] = &[
        ("made", &[(0, "f", Some(Folder))], &["40 f", "290 *"]),
        (
            "events put the echo off",
            &[(0, "f", Some(Folder)), (240, "a", Some(Closed)), (400, "a", Some(Closed))],
            &["40 f", "243 a", "403 a", "650 *"],
        ),
        (
            "a folder in between asks for an echo of its own",
            &[(0, "f", Some(Folder)), (285, "g", Some(Folder))],
            &["40 f", "325 g", "575 *"],
        ),
        (
            "the echo does not tell what is not due",
            &[(0, "f", Some(Folder)), (100, "l", Some(Created)), (349, "a", Some(Created))],
            &["40 f", "140 l", "389 a", "599 *"],
        ),
    ];
    for (name, events, expected) in cases {
        check(name, events, expected);
    }
}

#[test]
fn lost_events_mean_everything() {
    let cases: &[(&str, &[Row], &[&str])] = &[
        ("lost", &[(0, "", None)], &["60 *", "310 *"]),
        (
            "paths before and after are in it",
            &[(0, "a", Some(Closed)), (1, "", None), (30, "b", Some(Closed))],
            &["90 *", "340 *"],
        ),
    ];
    for (name, events, expected) in cases {
        check(name, events, expected);
    }
}

#[test]
fn a_batch_is_never_older_than_a_second() {
    let writing = (0..60).map(|n| (n * 30, "a", Some(Modified)));
    assert_eq!(lines(&play(writing, MODIFIED_MS)), ["1000 a", "1810 a"], "written without end");
    let storm = (0..50).map(|n| (n * 50, "", None));
    assert_eq!(
        lines(&play(storm, MODIFIED_MS)),
        ["1000 *", "2000 *", "2510 *", "2760 *"],
        "lost without end"
    );
    let folder = [(0, "f", Some(Folder))];
    let log = (1..30).map(|n| (n * 100, "log", Some(Closed)));
    let told = lines(&play(folder.into_iter().chain(log), MODIFIED_MS));
    assert!(told.contains(&"2040 *".to_owned()), "a log put the echo off for ever: {told:?}");
}

#[test]
fn too_many_paths_are_everything() {
    let names: Vec<String> = (0..501).map(|n| n.to_string()).collect();
    let all = names.iter().map(|name| (0, name.as_str(), Some(Closed)));
    assert_eq!(lines(&play(all.clone(), MODIFIED_MS)), ["60 *", "310 *"]);
    let told = play(all.take(500), MODIFIED_MS);
    assert!(
        matches!(&told[..], [Told { at_ms: 3, touched: Touched::Paths(paths), .. }] if paths.len() == 500),
        "{told:?}"
    );
}

#[test]
fn where_nothing_is_told_of_closing_a_shorter_quiet_is_enough() {
    let writes = [(0, "a", Some(Modified)), (20, "a", Some(Modified))];
    assert_eq!(lines(&play(writes, 25)), ["45 a"]);
}

/// Events of a few paths at times that make all kinds of overlaps.
fn events() -> impl Strategy<Value = Vec<(u64, &'static str, Option<Sign>)>> {
    let sign = prop_oneof![
        12 => prop::sample::select(vec![Created, Modified, Closed, Arrived, Gone]).prop_map(Some),
        1 => Just(Some(Folder)),
        1 => Just(None),
    ];
    let gap = prop_oneof![4 => 0_u64..6, 3 => 0_u64..60, 1 => 0_u64..700];
    let event = (gap, prop::sample::select(vec!["a", "b", "c", "d"]), sign);
    prop::collection::vec(event, 0..80).prop_map(|rows| {
        let mut at = 0;
        let later = |(gap, path, sign)| {
            at += gap;
            (at, path, sign)
        };
        rows.into_iter().map(later).collect()
    })
}

/// Says whether `path` might be told at `at_ms`, when these are the events since paths were told last.
fn may_be_told(events: &[(u64, &str, Option<Sign>)], path: &str, at_ms: u64) -> bool {
    let too_old = events.first().is_some_and(|(first, ..)| at_ms >= first + 1000);
    let own: Vec<(u64, Sign)> =
        events.iter().filter(|row| row.1 == path).filter_map(|row| Some((row.0, row.2?))).collect();
    let came = own.iter().any(|(_, sign)| matches!(sign, Created | Arrived));
    let complete = match own.last() {
        Some((at, Closed | Arrived)) => at_ms >= at + 3,
        // What came and went is told with the others at any time.
        Some((at, Gone)) => came || at_ms >= at + 40,
        Some((at, _)) => at_ms >= at + 40,
        None => false,
    };
    complete || too_old
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_path_is_told_after_its_event_and_within_a_second(events in events()) {
        let told = play(events.iter().copied(), MODIFIED_MS);
        for (index, (at, path, _)) in events.iter().enumerate() {
            let tells = |told: &&Told| told.events > index && match &told.touched {
                Touched::Everything => true,
                Touched::Paths(paths) => paths.contains(Path::new(path)),
            };
            let in_time = told.iter().find(tells).is_some_and(|told| told.at_ms <= at + 1000);
            prop_assert!(in_time, "{path} of {at}: {:?}", lines(&told));
        }
    }

    #[test]
    fn no_path_is_told_before_its_time(events in events()) {
        let told = play(events.iter().copied(), MODIFIED_MS);
        let mut from = 0;
        for tell in &told {
            // Everything may be an echo, which falls between the events of a batch: only paths end one for sure.
            let Touched::Paths(paths) = &tell.touched else { continue };
            for path in paths {
                let path = path.to_str().unwrap();
                let may = may_be_told(&events[from..tell.events], path, tell.at_ms);
                prop_assert!(may, "{path} at {}: {:?}", tell.at_ms, lines(&told));
            }
            from = tell.events;
        }
    }

    #[test]
    fn it_ends(events in events()) {
        let told = play(events.iter().copied(), MODIFIED_MS);
        let after = told.iter().filter(|told| told.events == events.len()).count();
        prop_assert!(after <= 3, "{:?}", lines(&told));
    }
}
