//! Writes dates by Go's layouts, in which an example date stands for the form: `Jan 2, 2006 at 3:04pm`.
//!
//! Splits a layout into [`Element`]s, by which [`super::read`] reads.

use std::fmt::{self, Write};

use jiff::Zoned;
use jiff::tz::Offset;

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// What fills the place before a number of one digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pad {
    None,
    Zero,
    Space,
}

/// One part of a layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// A character that stands for itself.
    Text(char),
    Year,
    YearOfCentury,
    Month(Pad),
    MonthName,
    MonthAbbreviation,
    Day(Pad),
    DayOfYear(Pad),
    Weekday,
    WeekdayAbbreviation,
    Hour24,
    Hour12(Pad),
    Minute(Pad),
    Second(Pad),
    /// `.000` with all its digits, `.999` without zeros at the end.
    Fraction {
        mark: char,
        digits: usize,
        trim: bool,
    },
    HalfDay {
        upper: bool,
    },
    ZoneName,
    /// `-07:00`, or `Z07:00` with a `Z` for an offset of zero.
    Offset {
        z: bool,
        colon: bool,
        parts: OffsetParts,
    },
}

/// How exact an offset is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OffsetParts {
    Hours,
    Minutes,
    Seconds,
}

/// The elements that are one fixed text; longer texts stand before those that they begin with.
#[rustfmt::skip]
const FIXED: &[(&str, Element)] = &[
    ("2006", Element::Year), ("002", Element::DayOfYear(Pad::Zero)), ("__2", Element::DayOfYear(Pad::Space)),
    ("01", Element::Month(Pad::Zero)), ("02", Element::Day(Pad::Zero)), ("03", Element::Hour12(Pad::Zero)),
    ("04", Element::Minute(Pad::Zero)), ("05", Element::Second(Pad::Zero)), ("06", Element::YearOfCentury),
    ("15", Element::Hour24), ("_2", Element::Day(Pad::Space)),
    ("1", Element::Month(Pad::None)), ("2", Element::Day(Pad::None)), ("3", Element::Hour12(Pad::None)),
    ("4", Element::Minute(Pad::None)), ("5", Element::Second(Pad::None)),
    ("January", Element::MonthName), ("Monday", Element::Weekday), ("MST", Element::ZoneName),
    ("PM", Element::HalfDay { upper: true }), ("pm", Element::HalfDay { upper: false }),
    ("-07:00:00", offset(false, true, OffsetParts::Seconds)),
    ("-070000", offset(false, false, OffsetParts::Seconds)),
    ("-07:00", offset(false, true, OffsetParts::Minutes)),
    ("-0700", offset(false, false, OffsetParts::Minutes)),
    ("-07", offset(false, false, OffsetParts::Hours)),
    ("Z07:00:00", offset(true, true, OffsetParts::Seconds)),
    ("Z070000", offset(true, false, OffsetParts::Seconds)),
    ("Z07:00", offset(true, true, OffsetParts::Minutes)),
    ("Z0700", offset(true, false, OffsetParts::Minutes)),
    ("Z07", offset(true, false, OffsetParts::Hours)),
];

const fn offset(z: bool, colon: bool, parts: OffsetParts) -> Element {
    Element::Offset { z, colon, parts }
}

/// Splits a layout into its elements.
pub(super) fn elements(layout: &str) -> impl Iterator<Item = Element> {
    let mut rest = layout;
    std::iter::from_fn(move || {
        let (element, after) = next_element(rest)?;
        rest = after;
        Some(element)
    })
}

/// Takes the first element off `layout`.
fn next_element(layout: &str) -> Option<(Element, &str)> {
    let first = layout.chars().next()?;
    // `_2006` is an underscore before a year, not a padded day.
    if matches!(first, '0'..='5' | '_' | 'J' | 'M' | 'P' | 'p' | '-' | 'Z') && !layout.starts_with("_2006") {
        for (text, element) in FIXED {
            if let Some(after) = layout.strip_prefix(text) {
                return Some((*element, after));
            }
        }
        for (text, element) in [("Jan", Element::MonthAbbreviation), ("Mon", Element::WeekdayAbbreviation)] {
            if let Some(after) = layout.strip_prefix(text)
                && !after.starts_with(|c: char| c.is_ascii_lowercase())
            {
                return Some((element, after));
            }
        }
    }
    let after = layout.strip_prefix(first)?;
    Some(fraction(first, after).unwrap_or((Element::Text(first), after)))
}

/// Reads the `000` or `999` of a fraction after its `mark`, which no other digit may follow.
fn fraction(mark: char, after: &str) -> Option<(Element, &str)> {
    let digit = after.chars().next().filter(|c| matches!(mark, '.' | ',') && matches!(c, '0' | '9'))?;
    let rest = after.trim_start_matches(digit);
    let digits = after.len() - rest.len();
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
    ends.then_some((Element::Fraction { mark, digits, trim: digit == '9' }, rest))
}

/// The names that one date has in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateNames<'a> {
    /// `January`.
    pub month: &'a str,
    /// `Jan`.
    pub short_month: &'a str,
    /// `Monday`.
    pub day: &'a str,
    /// `Mon`.
    pub short_day: &'a str,
}

/// Writes `date` by a Go layout, with English names; what is no element of a layout stands for itself.
pub fn format_go(layout: &str, date: &Zoned) -> String {
    let (month, day) = (month_name(date), weekday_name(date));
    let names = DateNames { month, short_month: abbreviation(month), day, short_day: abbreviation(day) };
    format_go_with(layout, date, &names)
}

/// Writes `date` by a Go layout, with the names of some language.
pub fn format_go_with(layout: &str, date: &Zoned, names: &DateNames<'_>) -> String {
    let mut text = String::with_capacity(layout.len() + 8);
    for element in elements(layout) {
        // Writing to a string cannot fail.
        let _ = write_element(&mut text, element, date, names);
    }
    text
}

/// Writes one element; a flat table.
fn write_element(text: &mut String, element: Element, date: &Zoned, names: &DateNames<'_>) -> fmt::Result {
    let hour12 = (date.hour() + 11) % 12 + 1;
    match element {
        Element::Text(c) => text.write_char(c),
        Element::Year => write!(text, "{:04}", date.year()),
        Element::YearOfCentury => write!(text, "{:02}", date.year().rem_euclid(100)),
        Element::Month(pad) => write_number(text, date.month(), pad),
        Element::MonthName => text.write_str(names.month),
        Element::MonthAbbreviation => text.write_str(names.short_month),
        Element::Day(pad) => write_number(text, date.day(), pad),
        Element::DayOfYear(Pad::Space) => write!(text, "{:3}", date.day_of_year()),
        Element::DayOfYear(_) => write!(text, "{:03}", date.day_of_year()),
        Element::Weekday => text.write_str(names.day),
        Element::WeekdayAbbreviation => text.write_str(names.short_day),
        Element::Hour24 => write_number(text, date.hour(), Pad::Zero),
        Element::Hour12(pad) => write_number(text, hour12, pad),
        Element::Minute(pad) => write_number(text, date.minute(), pad),
        Element::Second(pad) => write_number(text, date.second(), pad),
        Element::Fraction { mark, digits, trim } => write_fraction(text, mark, digits, trim, date),
        Element::HalfDay { upper } => text.write_str(match (date.hour() >= 12, upper) {
            (false, true) => "AM",
            (true, true) => "PM",
            (false, false) => "am",
            (true, false) => "pm",
        }),
        Element::ZoneName => write_zone_name(text, date),
        Element::Offset { z: true, .. } if date.offset().is_zero() => text.write_char('Z'),
        Element::Offset { colon, parts, .. } => write_offset(text, date.offset(), colon, parts),
    }
}

fn write_number(text: &mut String, number: i8, pad: Pad) -> fmt::Result {
    match pad {
        Pad::None => write!(text, "{number}"),
        Pad::Zero => write!(text, "{number:02}"),
        Pad::Space => write!(text, "{number:2}"),
    }
}

fn write_fraction(text: &mut String, mark: char, digits: usize, trim: bool, date: &Zoned) -> fmt::Result {
    let nanoseconds = format!("{:09}", date.subsec_nanosecond());
    let mut shown = nanoseconds.get(..digits).unwrap_or(&nanoseconds);
    if trim {
        shown = shown.trim_end_matches('0');
    }
    if shown.is_empty() { Ok(()) } else { write!(text, "{mark}{shown}") }
}

/// Writes the name of the date's zone, or the offset where it has no name of its own.
fn write_zone_name(text: &mut String, date: &Zoned) -> fmt::Result {
    let zone = date.time_zone();
    if zone.iana_name().is_some() {
        return text.write_str(zone.to_offset_info(date.timestamp()).abbreviation());
    }
    if date.offset().is_zero() {
        return text.write_str("UTC");
    }
    write_offset(text, date.offset(), false, OffsetParts::Minutes)
}

fn write_offset(text: &mut String, offset: Offset, colon: bool, parts: OffsetParts) -> fmt::Result {
    let seconds = offset.seconds().unsigned_abs();
    let colon = if colon { ":" } else { "" };
    write!(text, "{}{:02}", if offset.is_negative() { '-' } else { '+' }, seconds / 3600)?;
    if parts >= OffsetParts::Minutes {
        write!(text, "{colon}{:02}", seconds / 60 % 60)?;
    }
    if parts == OffsetParts::Seconds {
        write!(text, "{colon}{:02}", seconds % 60)?;
    }
    Ok(())
}

/// Returns the English name of the date's month.
fn month_name(date: &Zoned) -> &'static str {
    name_at(&MONTHS, date.month() - 1)
}

/// Returns the English name of the date's day of the week.
fn weekday_name(date: &Zoned) -> &'static str {
    name_at(&WEEKDAYS, date.weekday().to_sunday_zero_offset())
}

fn name_at(names: &[&'static str], index: i8) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

pub(super) fn abbreviation(name: &str) -> &str {
    name.get(..3).unwrap_or(name)
}
