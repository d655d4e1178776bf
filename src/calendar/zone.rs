//! Turns a zone of the zone database into a `VTIMEZONE` (RFC 5545, 3.6.5).
//!
//! Covers whole years, from that of the first time used to that of the last, so that a calendar that grows within a year keeps
//! its zones. Which changes of the clock become one rule is decided by `rule`.

use jiff::civil::{DateTime, date};
use jiff::tz::{Offset, TimeZone, TimeZoneTransition};
use jiff::{SignedDuration, Timestamp};

use super::rule::{self, Observance, Onset};
use super::text::{Lines, date_time, escaped};

/// Years after the last used one that are looked at. The calendar repeats its weekdays after 28: a rule that holds as long
/// holds for good.
const HORIZON_YEARS: i16 = 30;

/// A zone, and between which instants a calendar uses it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used<'a> {
    /// Its name in the zone database.
    pub(super) name: &'a str,
    /// The zone.
    pub(super) zone: &'a TimeZone,
    /// The first instant.
    pub(super) first: Timestamp,
    /// The last one.
    pub(super) last: Timestamp,
}

impl Used<'_> {
    /// Takes in the instants of the same zone that another entry uses.
    pub(super) fn widen(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

/// Returns the name that a calendar gives a zone; none for zones that are written in UTC.
///
/// Those are UTC itself, fixed distances from it, and zones that are no more than rules or that nobody knows.
pub(super) fn tzid(zone: &TimeZone) -> Option<&str> {
    let changes =
        || zone.preceding(Timestamp::MAX).next().is_some() || zone.following(Timestamp::MIN).next().is_some();
    zone.iana_name().filter(|name| !name.trim().is_empty() && !zone.is_unknown() && changes())
}

/// Writes the definition of a zone for the times that use it.
pub(super) fn write(lines: &mut Lines, name: &str, used: &Used<'_>) {
    lines.push("BEGIN:VTIMEZONE");
    lines.push(&format!("TZID:{}", escaped(name)));
    for onset in onsets(used) {
        write_onset(lines, &onset);
    }
    lines.push("END:VTIMEZONE");
}

/// Writes the definition of UTC, which no time needs.
pub(super) fn write_utc(lines: &mut Lines) {
    let at = Timestamp::UNIX_EPOCH;
    let (onset, utc) = (TimeZone::UTC.to_datetime(at), Offset::UTC);
    let only = Observance { at, onset, from: utc, to: utc, name: "UTC".to_owned(), is_daylight: false };
    lines.push("BEGIN:VTIMEZONE");
    lines.push("TZID:Etc/UTC");
    write_onset(lines, &Onset { change: only, rule: None });
    lines.push("END:VTIMEZONE");
}

fn write_onset(lines: &mut Lines, onset: &Onset) {
    let Onset { change, rule } = onset;
    let component = if change.is_daylight { "DAYLIGHT" } else { "STANDARD" };
    lines.push(&format!("BEGIN:{component}"));
    lines.push(&format!("DTSTART:{}", date_time(change.onset)));
    if let Some(rule) = rule {
        lines.push(&format!("RRULE:{rule}"));
    }
    lines.push(&format!("TZOFFSETFROM:{}", utc_offset(change.from)));
    lines.push(&format!("TZOFFSETTO:{}", utc_offset(change.to)));
    lines.text("TZNAME", "", &change.name);
    lines.push(&format!("END:{component}"));
}

/// Returns the changes that cover the years used.
fn onsets(used: &Used<'_>) -> Vec<Onset> {
    let year = |instant| TimeZone::UTC.to_datetime(instant).year();
    let start = start_of(year(used.first), Timestamp::MIN);
    let end = start_of(year(used.last).saturating_add(1), Timestamp::MAX);
    let horizon_year = year(used.last).saturating_add(HORIZON_YEARS);
    let horizon = start_of(horizon_year.saturating_add(1), Timestamp::MAX);
    let mut changes = vec![state_at(used.zone, start)];
    let later = used.zone.following(start).take_while(|change| change.timestamp() < horizon);
    changes.extend(later.map(|change| observance(used.zone, &change)));
    rule::onsets(changes, horizon_year, end)
}

/// Returns the start of a year in UTC, and `otherwise` for years that do not exist.
fn start_of(year: i16, otherwise: Timestamp) -> Timestamp {
    let start = DateTime::new(year, 1, 1, 0, 0, 0, 0).and_then(|start| Offset::UTC.to_timestamp(start));
    start.unwrap_or(otherwise)
}

/// Returns what the clock shows at an instant, as the change that made it so.
///
/// Before the first change that the database knows, the instant itself takes its place, with nothing changing.
fn state_at(zone: &TimeZone, instant: Timestamp) -> Observance {
    let just_after = instant.checked_add(SignedDuration::from_nanos(1)).unwrap_or(instant);
    if let Some(change) = zone.preceding(just_after).next()
        && TimeZone::UTC.to_datetime(change.timestamp()).date() >= date(1583, 1, 1)
    {
        return observance(zone, &change);
    }
    let info = zone.to_offset_info(instant);
    let to = info.offset();
    let name = info.abbreviation().to_owned();
    Observance {
        at: instant,
        onset: to.to_datetime(instant),
        from: to,
        to,
        name,
        is_daylight: info.dst().is_dst(),
    }
}

/// Returns a change of the clock with what was before it.
///
/// The bundled database calls the later time of a year summer time in all zones, in Dublin and Casablanca too, whose laws say the
/// opposite; that is what calendar programs expect of `DAYLIGHT`.
fn observance(zone: &TimeZone, change: &TimeZoneTransition<'_>) -> Observance {
    let at = change.timestamp();
    let from = zone.to_offset(at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(at));
    let (to, name) = (change.offset(), change.abbreviation().to_owned());
    Observance { at, onset: from.to_datetime(at), from, to, name, is_daylight: change.dst().is_dst() }
}

/// Returns a distance from UTC: `+0100`, and with seconds where the clock followed the sun (RFC 5545, 3.3.14).
fn utc_offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    /// Returns a definition in short: kind, onset, distances and name, and the rule if there is one.
    fn definition(name: &str, years: (i16, i16)) -> Vec<String> {
        let zone = TimeZone::get(name).unwrap();
        let [first, last] =
            [years.0, years.1].map(|year| zone.to_timestamp(datetime(year, 6, 15, 12, 0, 0, 0)).unwrap());
        let mut lines = Lines::default();
        write(&mut lines, name, &Used { name, zone: &zone, first, last });
        let text = lines.into_text().replace("\r\n ", "");
        let (head, observances) = text.split_once("\r\nBEGIN:").unwrap();
        assert_eq!(head, format!("BEGIN:VTIMEZONE\r\nTZID:{name}"));
        let observances = observances.strip_suffix("\r\nEND:VTIMEZONE\r\n").unwrap();
        observances.split("\r\nBEGIN:").map(short).collect()
    }

    fn short(observance: &str) -> String {
        let lines: Vec<_> = observance.lines().filter(|line| !line.starts_with("END:")).collect();
        lines
            .iter()
            .map(|line| line.rsplit_once(':').map_or(*line, |(_, value)| value))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn zones_have_the_changes_of_the_years_used() {
        for (name, years, expected) in [
            (
                "Europe/Paris",
                (2026, 2026),
                vec![
                    "STANDARD 20251026T030000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU +0200 +0100 CET",
                    "DAYLIGHT 20260329T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU +0100 +0200 CEST",
                ],
            ),
            (
                "America/New_York",
                (2006, 2007),
                vec![
                    "STANDARD 20051030T020000 -0400 -0500 EST",
                    "DAYLIGHT 20060402T020000 -0500 -0400 EDT",
                    "STANDARD 20061029T020000 -0400 -0500 EST",
                    "DAYLIGHT 20070311T020000 FREQ=YEARLY;BYMONTH=3;BYDAY=2SU -0500 -0400 EDT",
                    "STANDARD 20071104T020000 FREQ=YEARLY;BYMONTH=11;BYDAY=1SU -0400 -0500 EST",
                ],
            ),
            (
                "Australia/Lord_Howe",
                (2026, 2030),
                vec![
                    "DAYLIGHT 20251005T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=1SU +1030 +1100 +11",
                    "STANDARD 20260405T020000 FREQ=YEARLY;BYMONTH=4;BYDAY=1SU +1100 +1030 +1030",
                ],
            ),
            (
                "Africa/Casablanca",
                (2020, 2020),
                vec![
                    "DAYLIGHT 20190609T020000 +0000 +0100 +01",
                    "STANDARD 20200419T030000 +0100 +0000 +00",
                    "DAYLIGHT 20200531T020000 +0000 +0100 +01",
                ],
            ),
            (
                "Europe/Dublin",
                (2026, 2026),
                vec![
                    "STANDARD 20251026T020000 FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU +0100 +0000 GMT",
                    "DAYLIGHT 20260329T010000 FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU +0000 +0100 IST",
                ],
            ),
            (
                "America/Santiago",
                (2026, 2026),
                vec![
                    "DAYLIGHT 20250907T000000 FREQ=YEARLY;BYMONTH=9;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8 -0400 -0300 -03",
                    "STANDARD 20260405T000000 FREQ=YEARLY;BYMONTH=4;BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8 -0300 -0400 -04",
                ],
            ),
            (
                "Europe/Istanbul",
                (2016, 2020),
                vec![
                    "STANDARD 20151108T040000 +0300 +0200 EET",
                    "DAYLIGHT 20160327T030000 +0200 +0300 EEST",
                    "STANDARD 20160907T000000 +0300 +0300 +03",
                ],
            ),
            ("Asia/Kolkata", (2026, 2030), vec!["STANDARD 19451015T000000 +0630 +0530 IST"]),
            ("Asia/Dubai", (2026, 2026), vec!["STANDARD 19200101T000000 +034112 +0400 +04"]),
            ("Europe/Lisbon", (1912, 1912), vec!["STANDARD 19111231T232315 -003645 +0000 WET"]),
            ("Asia/Dubai", (1900, 1900), vec!["STANDARD 19000101T034112 +034112 +034112 LMT"]),
        ] {
            assert_eq!(definition(name, years), expected, "{name}");
        }
    }

    #[test]
    fn zones_are_used_from_the_first_to_the_last_time() {
        let [early, late] = [0, 9].map(|second| Timestamp::from_second(second).unwrap());
        let zone = TimeZone::UTC;
        let used = |first, last| Used { name: "UTC", zone: &zone, first, last };
        for (mut one, other) in
            [(used(early, early), used(late, late)), (used(late, late), used(early, early))]
        {
            one.widen(&other);
            assert_eq!((one.first, one.last), (early, late));
        }
    }

    #[test]
    fn zones_without_name_or_changes_are_none_to_define() {
        for (zone, expected) in [
            (TimeZone::get("Europe/Brussels").unwrap(), Some("Europe/Brussels")),
            (TimeZone::get("asia/kolkata").unwrap(), Some("Asia/Kolkata")),
            (TimeZone::get("UTC").unwrap(), None),
            (TimeZone::get("Etc/GMT+12").unwrap(), None),
            (TimeZone::UTC, None),
            (TimeZone::unknown(), None),
            (TimeZone::fixed(jiff::tz::offset(2)), None),
            (TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap(), None),
        ] {
            assert_eq!(tzid(&zone), expected);
        }
    }

    #[test]
    fn distances_have_seconds_only_where_they_must() {
        for (seconds, expected) in [
            (0, "+0000"),
            (19_800, "+0530"),
            (-12_600, "-0330"),
            (13_272, "+034112"),
            (-30, "-000030"),
            (50_400, "+1400"),
        ] {
            assert_eq!(utc_offset(Offset::from_seconds(seconds).unwrap()), expected);
        }
    }
}
