//! Turns the dates, times, durations and zone names of schedules into local time of the conference.
//!
//! Knows how each format writes them. Does not know the machine's zone or clock: the zone database is bundled.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, ToSpan};

use super::Problem;

/// Names that Windows, and so Outlook, has for zones (CLDR, windowsZones, the first territory of each).
const WINDOWS_ZONES: [(&str, &str); 17] = [
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("Central Standard Time", "America/Chicago"),
    ("China Standard Time", "Asia/Shanghai"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("Eastern Standard Time", "America/New_York"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("GMT Standard Time", "Europe/London"),
    ("India Standard Time", "Asia/Kolkata"),
    ("Mountain Standard Time", "America/Denver"),
    ("New Zealand Standard Time", "Pacific/Auckland"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Singapore Standard Time", "Asia/Singapore"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("W. Europe Standard Time", "Europe/Berlin"),
];

/// A zone and its IANA name.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    /// IANA name.
    pub(super) name: String,
    zone: TimeZone,
}

impl Zone {
    /// Returns the zone of a name as files have it: IANA's, with a vendor's path before it, or Windows's.
    pub(super) fn find(name: &str) -> Option<Self> {
        let name = name.trim().trim_matches('"');
        let windows = WINDOWS_ZONES.iter().find(|(windows, _)| *windows == name).map(|(_, iana)| *iana);
        let name = windows.unwrap_or(name);
        // Mozilla and others write `/mozilla.org/20050126_1/Europe/Berlin`.
        let tails = name.match_indices('/').map(|(at, _)| name.get(at + 1..).unwrap_or_default());
        std::iter::once(name).chain(tails).filter(|name| !name.is_empty() && name.len() < 64).find_map(
            |name| {
                let zone = TimeZone::get(name).ok()?;
                let name = zone.iana_name().unwrap_or(name).to_owned();
                Some(Self { name, zone })
            },
        )
    }

    /// Whether it is UTC by any name, which says nothing about where a conference is.
    pub(super) fn is_utc(&self) -> bool {
        let last = self.name.rsplit('/').next().unwrap_or_default().to_ascii_uppercase();
        matches!(
            last.as_str(),
            "UTC" | "GMT" | "UCT" | "ZULU" | "UNIVERSAL" | "GREENWICH" | "GMT0" | "GMT+0" | "GMT-0"
        )
    }
}

/// A time as it is written: what the clock on the wall shows, and how far that is from UTC if the file says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moment {
    /// Date and time as written.
    pub(super) wall: DateTime,
    offset: Option<Offset>,
}

impl Moment {
    /// Reads ISO 8601 with or without an offset: `2026-02-02T09:30`, `2026-02-02 09:30:00+01:00`, `2026-02-02T08:30:00Z`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // An offset begins after the time, and a time after ten characters of date.
        let tail = text.get(10..)?;
        let Some(at) = tail.find(['Z', 'z', '+', '-']).map(|at| at + 10) else {
            return Some(Self { wall: text.parse().ok()?, offset: None });
        };
        let (wall, offset) = text.split_at_checked(at)?;
        Some(Self { wall: wall.trim_end().parse().ok()?, offset: Some(parse_offset(offset)?) })
    }

    /// Returns what `wall` is in UTC.
    pub(super) fn utc(wall: DateTime) -> Self {
        Self { wall, offset: Some(Offset::UTC) }
    }

    /// Returns a time of which only the clock on the wall is known.
    pub(super) fn local(wall: DateTime) -> Self {
        Self { wall, offset: None }
    }

    /// Returns what `wall` is in `zone`, as an offset from UTC.
    pub(super) fn zoned(wall: DateTime, zone: &Zone) -> Self {
        Self {
            wall,
            offset: zone.zone.to_ambiguous_zoned(wall).compatible().ok().map(|zoned| zoned.offset()),
        }
    }
}

/// Reads `Z`, `+01:00`, `+0100` or `-05`.
fn parse_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = (text.get(..1)?, text.get(1..)?.replace(':', ""));
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..4).map_or(Some(0), |minutes| minutes.parse().ok())?;
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).ok()
}

/// What turns times into local ones: the zone of the conference, as far as it is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    zone: Option<Zone>,
    is_fixed: bool,
}

impl Clock {
    /// Returns a clock in the zone that the author named, whatever the file says.
    pub(super) fn fixed(name: &str) -> Result<Self, Problem> {
        let zone = Zone::find(name).ok_or_else(|| {
            Problem::new(format!("there is no time zone `{name}`"))
                .with_hint("zones have names such as `Europe/Brussels` or `America/New_York`")
        })?;
        Ok(Self { zone: Some(zone), is_fixed: true })
    }

    /// Returns the clock set to the zone that the file names, unless the author has named one.
    pub(super) fn or_zone(self, zone: Option<Zone>) -> Self {
        if self.is_fixed { self } else { Self { zone, is_fixed: false } }
    }

    /// Whether a zone is known.
    pub(super) fn has_zone(&self) -> bool {
        self.zone.is_some()
    }

    /// Returns the IANA name of the zone.
    pub(super) fn name(&self) -> Option<String> {
        self.zone.as_ref().map(|zone| zone.name.clone())
    }

    /// Returns the local time of the conference at `moment`; without a zone or an offset, the time as it is written.
    pub(super) fn local(&self, moment: Moment) -> DateTime {
        let (Some(zone), Some(offset)) = (&self.zone, moment.offset) else { return moment.wall };
        offset.to_timestamp(moment.wall).map_or(moment.wall, |at| zone.zone.to_datetime(at))
    }
}

/// Reads the date at the beginning of `2026-02-02` or `2026-02-02T00:00:00+01:00`.
pub(super) fn date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}

/// Reads `09:30` or `09:30:00`.
pub(super) fn time(text: &str) -> Option<Time> {
    let mut parts = text.trim().split(':').map(|part| part.parse::<i8>().ok());
    Time::new(parts.next()??, parts.next()??, 0, 0).ok()
}

/// Reads a duration as frab and its heirs write it: `00:50`, `00:50:00`, or with days `1:02:00`.
///
/// Three parts are hours, minutes and seconds (voc's XSD), unless the first has one digit: pretalx writes days so.
pub(super) fn duration(text: &str) -> Option<Span> {
    let text = text.trim();
    let parts: Vec<i64> =
        text.split(':').map(|part| part.parse::<u16>().ok().map(i64::from)).collect::<Option<_>>()?;
    let has_days = text.find(':') == Some(1);
    match *parts.as_slice() {
        [minutes] => Some(minutes.minutes()),
        [hours, minutes] => Some((hours * 60 + minutes).minutes()),
        [days, hours, minutes] if has_days => Some(((days * 24 + hours) * 60 + minutes).minutes()),
        [hours, minutes, _] => Some((hours * 60 + minutes).minutes()),
        [days, hours, minutes, _] => Some(((days * 24 + hours) * 60 + minutes).minutes()),
        _ => None,
    }
}

/// Reads a duration of RFC 5545, section 3.3.6: `PT50M`, `P1DT2H`.
pub(super) fn iso_duration(text: &str) -> Option<Span> {
    let text = text.trim();
    if text.len() > 32 || !text.trim_start_matches('+').starts_with(['P', 'p']) {
        return None;
    }
    text.trim_start_matches('+').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_turned_into_the_zone_of_the_conference() {
        let ghent = Clock::default().or_zone(Zone::find("Europe/Brussels"));
        let nowhere = Clock::default();
        for (text, in_ghent, anywhere) in [
            ("2026-02-02T08:30:00Z", "2026-02-02T09:30:00", "2026-02-02T08:30:00"),
            ("2026-02-02T09:30:00+01:00", "2026-02-02T09:30:00", "2026-02-02T09:30:00"),
            ("2026-02-02T03:30:00-05:00", "2026-02-02T09:30:00", "2026-02-02T03:30:00"),
            ("2026-07-02 09:30:00+0200", "2026-07-02T09:30:00", "2026-07-02T09:30:00"),
            ("2026-02-02T09:30", "2026-02-02T09:30:00", "2026-02-02T09:30:00"),
        ] {
            let moment = Moment::parse(text).unwrap();
            assert_eq!(ghent.local(moment).to_string(), in_ghent, "{text}");
            assert_eq!(nowhere.local(moment).to_string(), anywhere, "{text}");
        }
        for text in ["", "soon", "2026-02-02T", "2026-13-02T09:30", "2026-02-02T09:30+99:99", "日本語日本語"]
        {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn zones_are_found_by_the_names_that_files_have() {
        for (name, iana) in [
            ("Europe/Brussels", Some("Europe/Brussels")),
            ("/mozilla.org/20050126_1/Europe/Berlin", Some("Europe/Berlin")),
            ("W. Europe Standard Time", Some("Europe/Berlin")),
            ("Middle Earth", None),
            ("", None),
        ] {
            assert_eq!(Zone::find(name).map(|zone| zone.name).as_deref(), iana, "{name}");
        }
        assert!(Zone::find("Etc/UTC").unwrap().is_utc());
        assert!(!Zone::find("Europe/London").unwrap().is_utc());
    }

    #[test]
    fn durations_are_minutes_in_every_spelling() {
        let minutes = |span: Option<Span>| span.map(|span| span.get_minutes());
        for (text, expected) in [
            ("00:50", Some(50)),
            ("01:30:00", Some(90)),
            ("1:02:00", Some(26 * 60)),
            ("45", Some(45)),
            ("x", None),
            ("1:2:3:4:5", None),
        ] {
            assert_eq!(minutes(duration(text)), expected, "{text}");
        }
        assert_eq!(minutes(iso_duration("PT50M")), Some(50));
        assert!(iso_duration("50 minutes").is_none());
    }
}
