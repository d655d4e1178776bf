//! Turns text into the days and ranges of days it names, in English, French, German, Spanish and ISO 8601.
//!
//! A date without a year gets the one of the title, or the one nearest to the day of publication. What does not add up
//! (a 31st of June, a Monday that was a Tuesday, a range of a month) is left out. Does not know what happened then.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use regex_lite::{Captures, Regex};

use super::months::{month, month_branches, weekday, weekday_branches};

/// The longest event that is believed, in days.
const LONGEST_DAYS: i32 = 10;
/// How far from the day of publication one of two readings of `4/12/2025` has to be, to be the one meant.
const NEAR_DAYS: i32 = 40;

/// A day, or the first and the last day of a range, and where the text says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// The first day.
    pub(super) start: Date,
    /// The last day: `start`, where it is one day.
    pub(super) end: Date,
    /// Where it stands.
    pub(super) at: Range<usize>,
}

/// What a year can be told from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// The year of the edition.
    pub(super) year: Option<i16>,
    /// The day of publication.
    pub(super) published: Option<Date>,
}

/// The forms of dates, those that say more first. Groups: `w` weekday, `a` and `b` days, `m` and `n` months, `x` and `y`
/// years of the first and last day.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"\b(?<iso>(?:19|20)\d\d-\d\d-\d\d)(?:SEP(?<last>(?:19|20)\d\d-\d\d-\d\d))?\b",
        r"\bWDAY(?<a>\d{1,2})ORDOF(?<m>MONTH)\b\.?,?(?:\s+(?<x>YEAR))?SEPANY(?<b>\d{1,2})ORDOF(?<n>MONTH)\b\.?,?(?:\s+(?:de\s+|del\s+)?(?<y>YEAR))?",
        r"\bWDAY(?<a>\d{1,2})ORDSEPANY(?<b>\d{1,2})ORDOF(?<m>MONTH)\b\.?,?(?:\s*(?:de\s+|del\s+)?(?<y>YEAR))?",
        r"\bWDAY(?<m>MONTH)\.?\s+(?<a>\d{1,2})ORD(?:,?\s+(?<x>YEAR))?SEPANY(?<n>MONTH)\.?\s+(?<b>\d{1,2})ORD\b(?:,?\s+(?<y>YEAR))?",
        r"\bWDAY(?<m>MONTH)\.?\s+(?<a>\d{1,2})ORDSEPANY(?<b>\d{1,2})ORD\b(?:,?\s*(?:of\s+)?(?<y>YEAR))?",
        r"\bWDAY(?<a>\d{1,2})ORDOF(?<m>MONTH)\b\.?,?(?:\s*(?:de\s+|del\s+)?(?<y>YEAR))?",
        r"\bWDAY(?<m>MONTH)\.?\s+(?<a>\d{1,2})ORD\b(?:,?\s*(?:of\s+)?(?<y>YEAR))?",
        r"\b(?<d1>\d{1,2})[/.](?<d2>\d{1,2})[/.](?<y>YEAR)\b",
    ]
    .iter()
    .filter_map(|form| Regex::new(&spell(form)).ok())
    .collect()
});

fn spell(form: &str) -> String {
    let day = format!(r"(?:(?:{})\.?,?\s+(?:the\s+|le\s+|den\s+|dem\s+)?)?", weekday_branches());
    let spelled = form
        .replace("WDAY", &day.replacen("(?:(?:", "(?:(?<w>", 1))
        .replace("SEPANY", &format!("SEP{day}"))
        .replace(
            "SEP",
            r"\s*(?:-|–|—|to|till|until|through|and|&|/|au|et|al|y|a|bis|und)\s*(?:the\s+|le\s+|el\s+|zum\s+)?",
        )
        .replace("ORD", r"(?:st|nd|rd|th|er|º|\.)?")
        .replace("OF", r"\s*(?:of\s+|de\s+|du\s+)?")
        .replace("MONTH", &month_branches())
        .replace("YEAR", r"(?:19|20)\d\d");
    format!("(?i){spelled}")
}

/// Finds the dates of a text, in its order.
pub(super) fn spans(text: &str, around: &Around) -> Vec<Span> {
    let mut taken: Vec<Range<usize>> = Vec::new();
    let mut found = Vec::new();
    for form in FORMS.iter() {
        for groups in form.captures_iter(text) {
            let Some(whole) = groups.get(0) else { continue };
            let at = whole.start()..whole.end();
            if taken.iter().any(|other| other.start < at.end && at.start < other.end) {
                continue;
            }
            // `May 16 - 17:00` is a day and an hour: the shorter form gets its turn.
            if text.get(at.end..).is_some_and(|rest| rest.starts_with(':')) {
                continue;
            }
            taken.push(at.clone());
            found.extend(read(&groups, around).map(|(start, end)| Span { start, end, at }));
        }
    }
    found.sort_by_key(|span| span.at.start);
    found
}

fn read(groups: &Captures<'_>, around: &Around) -> Option<(Date, Date)> {
    let text = |name| groups.name(name).map(|group| group.as_str());
    if let Some(first) = text("iso") {
        let start = first.parse().ok()?;
        let end = text("last").map_or(Some(start), |last| last.parse().ok())?;
        return checked(start, end, None);
    }
    let number = |name| text(name).and_then(|digits| digits.parse::<i8>().ok());
    let year = |name| text(name).and_then(|digits| digits.parse::<i16>().ok());
    if let (Some(first), Some(second)) = (number("d1"), number("d2")) {
        let day = numeric(first, second, year("y")?, around)?;
        return Some((day, day));
    }
    let (day, first_month) = (number("a")?, month(text("m")?)?);
    let last_month = text("n").map_or(Some(first_month), month)?;
    let last_day = number("b").unwrap_or(day);
    let last_year = year("y").or_else(|| guess_year(last_month, last_day, around))?;
    let first_year = year("x").unwrap_or(if first_month > last_month { last_year - 1 } else { last_year });
    let start = Date::new(first_year, first_month, day).ok()?;
    let end = Date::new(last_year, last_month, last_day).ok()?;
    checked(start, end, text("w").and_then(weekday))
}

fn checked(start: Date, end: Date, day: Option<Weekday>) -> Option<(Date, Date)> {
    let days = days_between(start, end);
    let is_sound = (0..=LONGEST_DAYS).contains(&days) && day.is_none_or(|day| start.weekday() == day);
    is_sound.then_some((start, end))
}

/// Returns the days from `start` to `end`.
pub(super) fn days_between(start: Date, end: Date) -> i32 {
    end.since(start).map_or(i32::MAX, |span| span.get_days())
}

/// Reads `4/12/2025`, where only one order of day and month makes sense.
fn numeric(first: i8, second: i8, year: i16, around: &Around) -> Option<Date> {
    let day_first = Date::new(year, second, first).ok();
    let month_first = Date::new(year, first, second).ok();
    match (day_first, month_first) {
        (Some(one), Some(other)) if one == other => Some(one),
        (Some(one), Some(other)) => {
            let published = around.published?;
            let is_near = |day| days_between(day, published).unsigned_abs() <= NEAR_DAYS.unsigned_abs();
            match (is_near(one), is_near(other)) {
                (true, false) => Some(one),
                (false, true) => Some(other),
                _ => None,
            }
        }
        (one, other) => one.or(other),
    }
}

/// Returns the year of the edition, or the one that brings the day nearest to that of publication.
fn guess_year(month: i8, day: i8, around: &Around) -> Option<i16> {
    if around.year.is_some() {
        return around.year;
    }
    let published = around.published?;
    (published.year().checked_sub(1)?..=published.year().checked_add(1)?)
        .filter_map(|year| Date::new(year, month, day).ok())
        .min_by_key(|date| days_between(*date, published).unsigned_abs())
        .map(Date::year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn found(text: &str) -> Vec<String> {
        let around = Around { year: None, published: Some(date(2024, 6, 20)) };
        spans(text, &around)
            .into_iter()
            .map(|span| {
                if span.start == span.end {
                    span.start.to_string()
                } else {
                    format!("{}/{}", span.start, span.end)
                }
            })
            .collect()
    }

    #[test]
    fn ranges_are_read_in_four_languages() {
        for (text, expected) in [
            ("the 18th-21st of April", "2024-04-18/2024-04-21"),
            ("June 2-6", "2024-06-02/2024-06-06"),
            ("June 8–9, 2022.", "2022-06-08/2022-06-09"),
            ("from 2 to 4 February 2026", "2026-02-02/2026-02-04"),
            ("les 14 et 15 mars 2024", "2024-03-14/2024-03-15"),
            ("du 30 mai au 1er juin 2024", "2024-05-30/2024-06-01"),
            ("vom 15. bis 17. Mai 2024", "2024-05-15/2024-05-17"),
            ("15.-17. März", "2024-03-15/2024-03-17"),
            ("del 14 al 16 de marzo de 2024", "2024-03-14/2024-03-16"),
            ("2026-02-02 to 2026-02-04", "2026-02-02/2026-02-04"),
            ("September 28th to 30th 2017", "2017-09-28/2017-09-30"),
            ("May 30 - June 2, 2022", "2022-05-30/2022-06-02"),
            ("Dec 30, 2023 - Jan 2, 2024", "2023-12-30/2024-01-02"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn single_days_are_read() {
        for (text, expected) in [
            ("Tue, Jul 2, 2024, 7:00 PM", "2024-07-02"),
            ("on November 10th, 2025.", "2025-11-10"),
            ("le 4 août 2023", "2023-08-04"),
            ("Monday, May 13, 13:00 - 17:00", "2024-05-13"),
            ("am 3. Oktober", "2024-10-03"),
            ("25/12/2023", "2023-12-25"),
            ("4/6/2024", "2024-06-04"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_does_not_add_up_is_left_out() {
        for text in [
            "31 June 2024",
            "Monday, 14 May 2024",
            "1 - 30 June 2024",
            "20-18 June 2024",
            "1/2/2020",
            "2024",
            "May the 4th be",
            "version 2-6",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn a_year_that_is_not_said_is_the_one_of_the_edition() {
        let around = Around { year: Some(2019), published: Some(date(2020, 1, 5)) };
        assert_eq!(spans("December 3-5", &around).first().map(|span| span.start), Some(date(2019, 12, 3)));
        let around = Around { year: None, published: Some(date(2020, 1, 5)) };
        assert_eq!(spans("December 3-5", &around).first().map(|span| span.start), Some(date(2019, 12, 3)));
    }
}
