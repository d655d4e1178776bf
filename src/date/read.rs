//! Reads dates by Go's layouts, with the liberties that Go takes.
//!
//! Knows only the elements that [`super::ACCEPTED`] needs; a layout with another one reads nothing.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::layout::{Element, MONTHS, Pad, WEEKDAYS, abbreviation, elements};

/// A date as read: what the clock showed, and the offset if one was written.
pub(super) struct Stamp {
    pub(super) reading: DateTime,
    pub(super) offset: Option<Offset>,
}

/// The numbers found so far; what a layout lacks stays as it is here.
struct Fields {
    year: i16,
    month: i8,
    day: i8,
    hour: i8,
    minute: i8,
    second: i8,
    nanosecond: i32,
    offset: Option<Offset>,
}

/// Reads `text` by `layout`; `None` if it has another form or is no date of the calendar.
pub(super) fn read(layout: &str, text: &str) -> Option<Stamp> {
    let mut rest = text;
    let mut found =
        Fields { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: None };
    for element in elements(layout) {
        rest = read_element(element, rest, &mut found)?;
    }
    let Fields { year, month, day, hour, minute, second, nanosecond, offset } = found;
    let reading = DateTime::new(year, month, day, hour, minute, second, nanosecond).ok()?;
    rest.is_empty().then_some(Stamp { reading, offset })
}

/// Reads one element off `text` and returns the rest; a flat table.
///
/// The liberties are Go's: any number of spaces for one, one digit for hour and padded day, names in any
/// case, any name of a weekday, two-digit years from 1969 to 2068, a fraction after the seconds.
fn read_element<'t>(element: Element, text: &'t str, found: &mut Fields) -> Option<&'t str> {
    let mut rest = text;
    match element {
        Element::Text(' ') => rest = text.strip_prefix(' ')?.trim_start_matches(' '),
        Element::Text(c) => rest = text.strip_prefix(c)?,
        Element::Year => found.year = take_digits(&mut rest, 4, 4)?,
        Element::YearOfCentury => {
            let year = take_digits(&mut rest, 2, 2)?;
            found.year = if year >= 69 { 1900 + year } else { 2000 + year };
        }
        Element::Month(_) => found.month = take_small(&mut rest, 2)?,
        Element::MonthAbbreviation => (found.month, rest) = take_month(text, false)?,
        Element::Day(Pad::Zero) => found.day = take_small(&mut rest, 2)?,
        Element::Day(_) => {
            rest = text.strip_prefix(' ').unwrap_or(text);
            found.day = take_small(&mut rest, 1)?;
        }
        Element::Weekday => rest = take_name(text, &WEEKDAYS, true)?.1,
        Element::WeekdayAbbreviation => rest = take_name(text, &WEEKDAYS, false)?.1,
        Element::Hour24 => found.hour = take_small(&mut rest, 1)?,
        Element::Minute(_) => found.minute = take_small(&mut rest, 2)?,
        Element::Second(_) => {
            found.second = take_small(&mut rest, 2)?;
            // 60 is no second here, though the calendar would take it for 59.
            (found.second < 60).then_some(())?;
            found.nanosecond = take_fraction(&mut rest);
        }
        Element::ZoneName => rest = skip_zone_name(text)?,
        Element::Offset { z: true, .. } if text.starts_with('Z') => {
            rest = text.strip_prefix('Z')?;
            found.offset = Some(Offset::UTC);
        }
        Element::Offset { colon, .. } => found.offset = Some(take_offset(&mut rest, colon)?),
        _ => return None,
    }
    Some(rest)
}

/// Returns the number, from 1, of the month whose English name, or its first three letters, starts `text`,
/// and the rest.
///
/// Case does not matter; a longer name that is not English is not one of them.
pub(super) fn take_month(text: &str, full: bool) -> Option<(i8, &str)> {
    let (index, rest) = take_name(text, &MONTHS, full)?;
    Some((i8::try_from(index).ok()? + 1, rest))
}

fn take_name<'t>(text: &'t str, names: &[&str], full: bool) -> Option<(usize, &'t str)> {
    names.iter().enumerate().find_map(|(index, name)| {
        let name = if full { name } else { abbreviation(name) };
        let (start, rest) = text.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some((index, rest))
    })
}

/// Takes a number of `least` to `most` ASCII digits, as many as there are.
pub(super) fn take_digits(rest: &mut &str, least: usize, most: usize) -> Option<i16> {
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at_checked(digits)?;
    *rest = after;
    if digits < least { None } else { number.parse().ok() }
}

/// Takes a number of at most two digits.
fn take_small(rest: &mut &str, least: usize) -> Option<i8> {
    i8::try_from(take_digits(rest, least, 2)?).ok()
}

/// Takes `.5` or `,5` as nanoseconds; digits after the ninth are dropped, a mark without digits is left.
fn take_fraction(rest: &mut &str) -> i32 {
    let Some(after) =
        rest.strip_prefix(['.', ',']).filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    else {
        return 0;
    };
    *rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = after.bytes().take(after.len() - rest.len());
    digits
        .chain(std::iter::repeat(b'0'))
        .take(9)
        .fold(0, |number, digit| number * 10 + i32::from(digit - b'0'))
}

/// Takes `+02:00` or `+0200`; Go allows 24 hours and 60 minutes.
fn take_offset(rest: &mut &str, colon: bool) -> Option<Offset> {
    let sign = if rest.starts_with('-') { -1 } else { 1 };
    let mut after = rest.strip_prefix(['+', '-'])?;
    let hours = take_digits(&mut after, 2, 2)?;
    if colon {
        after = after.strip_prefix(':')?;
    }
    let minutes = take_digits(&mut after, 2, 2)?;
    *rest = after;
    if hours > 24 || minutes > 60 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

/// Skips the abbreviation of a zone: three capitals, four or five that end in `T`, or one of the irregular
/// ones.
fn skip_zone_name(text: &str) -> Option<&str> {
    if let Some(rest) = ["ChST", "MeST", "WITA"].iter().find_map(|name| text.strip_prefix(name)) {
        return Some(rest);
    }
    let rest = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let name = text.strip_suffix(rest)?;
    let known = match name.len() {
        3 => true,
        4 | 5 => name.ends_with('T'),
        _ => false,
    };
    known.then_some(rest)
}
