//! Turns a date that is refused into the spelling that its author must have meant, where there is only one.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::parse;
use super::read::{take_digits, take_month};

/// Returns the accepted spelling of `text`, a date that [`parse`] refuses, if it is certain which day is
/// meant.
///
/// Knows short and slashed dates (`2024-4-1`, `25/12/2024`), English months (`April 10, 2024`,
/// `10-Apr-2024`), times without seconds, a stray `-` or space before the time, `+02`. Silent on `04/10/2024`
/// and `2021-12-190T09:00:00Z`.
pub fn hint_for_refused(text: &str) -> Option<String> {
    let trimmed = text.trim();
    let (day, rest) = year_first(trimmed).or_else(|| month_first(trimmed)).or_else(|| day_first(trimmed))?;
    let rest = rest.trim_start_matches([' ', ',', '-', 'T', 't']);
    let meant = if rest.is_empty() { day.to_string() } else { format!("{day}T{}", time(rest)?) };
    (meant != text && parse(&meant, &TimeZone::UTC).is_some()).then_some(meant)
}

/// Reads `2024-4-1`, `2024/04/10` or `2024.04.10`.
fn year_first(text: &str) -> Option<(Date, &str)> {
    let mut rest = text;
    let year = take_digits(&mut rest, 4, 4)?;
    let mark = take_mark(&mut rest)?;
    let month = take_digits(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(mark)?;
    let day = take_digits(&mut rest, 1, 2)?;
    // A third digit of the day is a slip that can be put right in two ways.
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((date(year, month, day)?, rest))
}

/// Reads `April 10, 2024` or `Apr 10 2024`.
fn month_first(text: &str) -> Option<(Date, &str)> {
    let (month, after) = month_name(text)?;
    let mut rest = after.trim_start();
    let day = take_digits(&mut rest, 1, 2)?;
    rest = after_ordinal(rest).trim_start_matches([',', ' ']);
    let year = take_digits(&mut rest, 4, 4)?;
    Some((date(year, month, day)?, rest))
}

/// Reads `10 April 2024`, `10-Apr-2024`, or `25/12/2024` where only one of the numbers can be the month.
fn day_first(text: &str) -> Option<(Date, &str)> {
    let mut rest = text;
    let first = take_digits(&mut rest, 1, 2)?;
    if let Some((month, after)) = month_name(after_ordinal(rest).trim_start_matches([' ', '-'])) {
        rest = after.trim_start_matches([',', ' ', '-']);
        let year = take_digits(&mut rest, 4, 4)?;
        return Some((date(year, month, first)?, rest));
    }
    let mark = take_mark(&mut rest)?;
    let second = take_digits(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(mark)?;
    let year = take_digits(&mut rest, 4, 4)?;
    let (day, month) = match (first > 12, second > 12) {
        (true, false) => (first, second),
        (false, true) => (second, first),
        _ if first == second => (first, second),
        _ => return None,
    };
    Some((date(year, month, day)?, rest))
}

/// Reads a month by its whole name or its first three letters, with or without a full stop.
fn month_name(text: &str) -> Option<(i16, &str)> {
    let (month, rest) = take_month(text, true).or_else(|| take_month(text, false))?;
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    (!rest.starts_with(char::is_alphabetic)).then_some((i16::from(month), rest))
}

fn after_ordinal(text: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_prefix(ending)).unwrap_or(text)
}

fn take_mark(rest: &mut &str) -> Option<char> {
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    *rest = rest.strip_prefix(mark)?;
    Some(mark)
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Rewrites a time and its offset as they are accepted: `9:30` is `09:30:00`, ` +02` is `+02:00`.
fn time(text: &str) -> Option<String> {
    let mut rest = text;
    let hour = take_digits(&mut rest, 1, 2)?;
    rest = rest.strip_prefix(':')?;
    let minute = take_digits(&mut rest, 2, 2)?;
    let mut written = format!("{hour:02}:{minute:02}:");
    if let Some(after) = rest.strip_prefix(':') {
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        written.push_str(after.strip_suffix(rest)?);
    } else {
        written.push_str("00");
    }
    let zone = rest.trim_start();
    if zone.eq_ignore_ascii_case("z") {
        written.push('Z');
    } else if let Some(mut numbers) = zone.strip_prefix(['+', '-']) {
        let hours = take_digits(&mut numbers, 1, 2)?;
        numbers = numbers.strip_prefix(':').unwrap_or(numbers);
        let minutes = if numbers.is_empty() { 0 } else { take_digits(&mut numbers, 2, 2)? };
        if !numbers.is_empty() {
            return None;
        }
        written.push_str(zone.get(..1)?);
        written.push_str(&format!("{hours:02}:{minutes:02}"));
    } else if !zone.is_empty() {
        return None;
    }
    Some(written)
}
