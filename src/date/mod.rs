//! Turns what authors write for a date into an instant with its zone, and that into text.
//!
//! Reads every form that Hugo reads and no other, so that a site means the same day in both, and can say what
//! a refused date probably was. Knows no clock and no languages: names of days and months are English, as in
//! addresses and feeds.

mod check;
mod hint;
mod layout;
mod read;

use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};
use toml::value::{Datetime, Time};

pub use check::{LayoutProblem, check_layout};
pub use hint::hint_for_refused;
pub use layout::{DateNames, format_go, format_go_with};

/// The forms that are read, as Go layouts, the most frequent first (Hugo 0.168, recorded).
///
/// A fraction may follow every `05`; an hour may have one digit. Hugo also reads a time or a day without a
/// year, as one in the year 0; those are refused here.
const ACCEPTED: &[&str] = &[
    "2006-01-02",
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "2006-01-02 15:04:05",
    "2006-01-02 15:04:05 -0700",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05Z07:00",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05Z0700",
    "02 Jan 2006",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "02 Jan 06 15:04 -0700",
    "02 Jan 06 15:04 MST",
    "Monday, 02-Jan-06 15:04:05 MST",
    "2006-01-02 15:04:05 -0700 MST",
    "Mon Jan _2 15:04:05 2006",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
];

/// Reads a date; without an offset in `text` it is in `zone`, the site's.
///
/// An offset as written becomes the date's own fixed zone, because addresses use the day as the author wrote
/// it. A zone by name (`GMT`, `CEST`) says nothing: the date is in `zone` (Hugo 0.168, recorded). `None` is
/// for text that is no date, the empty one included; see [`hint_for_refused`].
pub fn parse(text: &str, zone: &TimeZone) -> Option<Zoned> {
    let stamp = ACCEPTED.iter().find_map(|form| read::read(form, text))?;
    Some(match stamp.offset {
        Some(offset) => at_offset(stamp.reading, offset),
        None => in_zone(stamp.reading, zone),
    })
}

/// Reads a number in front matter: seconds since 1970, in UTC; `None` outside the years that exist.
pub fn from_unix(seconds: i64) -> Option<Zoned> {
    Some(Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC))
}

/// Reads a native TOML date or date-time, which may lack its seconds; a time alone is `None`.
pub fn parse_toml(date: &Datetime, zone: &TimeZone) -> Option<Zoned> {
    let day = date.date?;
    let midnight = Time { hour: 0, minute: 0, second: None, nanosecond: None };
    let Time { hour, minute, second, nanosecond } = date.time.unwrap_or(midnight);
    let small = |number: u8| i8::try_from(number).ok();
    let reading = DateTime::new(
        i16::try_from(day.year).ok()?,
        small(day.month)?,
        small(day.day)?,
        small(hour)?,
        small(minute)?,
        small(second.unwrap_or(0))?,
        i32::try_from(nanosecond.unwrap_or(0)).ok()?,
    );
    let reading = reading.ok()?;
    Some(match date.offset {
        None => in_zone(reading, zone),
        Some(toml::value::Offset::Z) => at_offset(reading, Offset::UTC),
        Some(toml::value::Offset::Custom { minutes }) => {
            at_offset(reading, Offset::from_seconds(i32::from(minutes) * 60).ok()?)
        }
    })
}

/// Returns the date at which a clock with this offset shows `reading`.
fn at_offset(reading: DateTime, offset: Offset) -> Zoned {
    let zone = if offset.is_zero() { TimeZone::UTC } else { TimeZone::fixed(offset) };
    instant(reading, offset).to_zoned(zone)
}

/// Returns the date at which clocks in `zone` show `reading`.
///
/// Where the clocks are put forward or back, the offset is taken that holds at `reading` as if it were UTC,
/// corrected once, as Hugo does (recorded): 2024-10-27 02:30 in Paris is winter time, 2024-11-03 01:30 in New
/// York summer time.
fn in_zone(reading: DateTime, zone: &TimeZone) -> Zoned {
    let guess = zone.to_offset(instant(reading, Offset::UTC));
    let offset = zone.to_offset(instant(reading, guess));
    instant(reading, offset).to_zoned(zone.clone())
}

/// Returns the instant of `reading`; the last two days of the year 9999 become the last instant there is.
///
/// Authors write 9999-12-31 for "never", so it has to be a date.
fn instant(reading: DateTime, offset: Offset) -> Timestamp {
    offset.to_timestamp(reading).unwrap_or(Timestamp::MAX)
}

/// Writes a date as in `2024-04-10T12:30:00+02:00`, with `Z` for an offset of zero and without fractions of a
/// second.
///
/// Hugo's sitemap has `+00:00` instead of `Z`: `format_go("2006-01-02T15:04:05-07:00", date)`.
pub fn rfc3339(date: &Zoned) -> String {
    format_go("2006-01-02T15:04:05Z07:00", date)
}

/// Writes a date as feeds have it, `Wed, 10 Apr 2024 12:30:00 +0200`, in the date's own zone.
pub fn rfc1123(date: &Zoned) -> String {
    format_go("Mon, 02 Jan 2006 15:04:05 -0700", date)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
