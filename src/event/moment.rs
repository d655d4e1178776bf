//! Days and times of events: as they are on the clock of the place, which is what authors write and readers want to know.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use crate::date::hint_for_refused;

/// A day, with a time of the clock there is; the place's own, whatever zone the site is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Date,
    /// The time of day.
    pub time: Option<Time>,
    /// Distance from UTC, where it was written.
    pub offset: Option<Offset>,
}

impl Moment {
    /// Makes a moment of a day alone.
    pub fn day(day: Date) -> Self {
        Self { day, time: None, offset: None }
    }

    /// Returns day and time; none where there is no time.
    pub fn date_time(&self) -> Option<DateTime> {
        self.time.map(|time| self.day.to_datetime(time))
    }

    /// Returns the moment as ISO 8601 writes it: `2026-02-02`, or `2026-02-02T09:30`.
    pub fn iso(&self) -> String {
        match self.time {
            Some(time) => format!("{}T{:02}:{:02}", self.day, time.hour(), time.minute()),
            None => self.day.to_string(),
        }
    }
}

/// Reads a day or a day with a time: `2026-02-02`, `2026-02-02T09:30`, `2026-02-02 09:30:00 +02:00`.
///
/// # Errors
/// What the author probably meant, for a hint.
pub fn read_moment(text: &str) -> Result<Moment, String> {
    let text = text.trim();
    let expected = || "dates are written like `2026-02-03`, or `2026-02-03T09:30`".to_owned();
    if let Ok(day) = text.parse::<Date>()
        && text.len() <= 10
    {
        return Ok(Moment::day(day));
    }
    let spelled = text.replacen(' ', "T", 1).replace(' ', "");
    let (reading, offset) = split_offset(&spelled);
    let is_full = reading.len() >= 16
        && reading.as_bytes().get(10).is_some_and(|byte| byte.eq_ignore_ascii_case(&b'T'));
    match reading.parse::<DateTime>() {
        Ok(read) if is_full => Ok(Moment { day: read.date(), time: Some(read.time()), offset }),
        _ => Err(hint_for_refused(text).unwrap_or_else(expected)),
    }
}

/// Cuts an offset (`Z`, `+02:00`, `-0700`) off a date with a time.
fn split_offset(text: &str) -> (&str, Option<Offset>) {
    if let Some(reading) = text.strip_suffix(['Z', 'z']) {
        return (reading, Some(Offset::UTC));
    }
    let Some(at) = text.rfind(['+', '-']).filter(|at| *at > 10) else { return (text, None) };
    let (reading, written) = text.split_at(at);
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    let minutes = if minutes.is_empty() { "0" } else { minutes };
    let number = |digits: &str| digits.parse::<u8>().ok().map(i32::from);
    let distance = number(hours).zip(number(minutes)).map(|(hours, minutes)| (hours * 60 + minutes) * 60);
    let signed = distance.map(|distance| if written.starts_with('-') { -distance } else { distance });
    match signed.and_then(|seconds| Offset::from_seconds(seconds).ok()) {
        Some(offset) => (reading, Some(offset)),
        None => (text, None),
    }
}

/// Reads a time of day: `9:30`, `09:30`, `9h30`, `9.30 am`, `14:05`.
pub(super) fn read_time(text: &str) -> Option<Time> {
    let text = text.trim().to_lowercase();
    let (digits, afternoon) = match text.strip_suffix("pm").or_else(|| text.strip_suffix("p.m.")) {
        Some(rest) => (rest.trim(), Some(true)),
        None => match text.strip_suffix("am").or_else(|| text.strip_suffix("a.m.")) {
            Some(rest) => (rest.trim(), Some(false)),
            None => (text.as_str(), None),
        },
    };
    let (hour, minute) = digits.split_once([':', 'h', '.']).unwrap_or((digits, ""));
    let minute: i8 = if minute.is_empty() { 0 } else { minute.get(..2)?.parse().ok()? };
    let hour: i8 = hour.trim().parse().ok().filter(|hour| *hour >= 0)?;
    let hour = match afternoon {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_read_as_they_are_on_the_clock_there() {
        for (text, expected) in [
            ("2026-02-02", "2026-02-02"),
            ("2026-02-02T09:30", "2026-02-02T09:30"),
            ("2026-02-02 09:30:00", "2026-02-02T09:30"),
            ("2026-02-02T09:30:00+01:00", "2026-02-02T09:30"),
            ("2026-02-02 09:30:00 -0700", "2026-02-02T09:30"),
            ("2026-02-02T09:30:00Z", "2026-02-02T09:30"),
        ] {
            assert_eq!(read_moment(text).map(|moment| moment.iso()), Ok(expected.to_owned()), "{text}");
        }
        for (text, seconds) in [("+05:30", 19_800), ("+02", 7_200), ("-0700", -25_200)] {
            let read = read_moment(&format!("2026-02-02T09:30{text}")).unwrap();
            assert_eq!(read.offset.unwrap().seconds(), seconds, "{text}");
        }
        // More digits than any number has.
        assert!(read_moment("2026-02-02T09:30+99999999999999").is_err());
        for text in ["4/12/2025", "2026-02-30", "soon", "", "2026", "12:30"] {
            assert!(read_moment(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_read_in_the_ways_that_schedules_write_them() {
        for (text, expected) in [
            ("9:30", "09:30:00"),
            ("9h30", "09:30:00"),
            ("2 pm", "14:00:00"),
            ("12am", "00:00:00"),
            ("17h", "17:00:00"),
        ] {
            assert_eq!(read_time(text).map(|time| time.to_string()).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(read_time("25:00"), None);
        assert_eq!(read_time("noon"), None);
        assert_eq!(read_time("-5 pm"), None);
    }
}
