//! Finds mistakes in Go layouts that are written like dates of another day: `2006-01-20` prints `2024-04-100`.

use super::layout::{Element, MONTHS, Pad, WEEKDAYS, abbreviation, elements};

/// A layout that cannot be meant as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayoutProblem {
    /// The part that is no element of a layout.
    pub part: String,
    /// The layout that was probably meant, where it can be told.
    pub meant: Option<String>,
}

/// Returns what is wrong with a Go layout, where it has a number or a name that only another date would have.
///
/// Wrong are a day, month or hour without a zero that has another digit beside it, digits that stand for nothing (`00`,
/// the midnight of a day, excepted), and months and days of the week other than January and Monday.
pub fn check_layout(layout: &str) -> Option<LayoutProblem> {
    let part = wrong_part(layout)?;
    let meant = mend(layout).filter(|meant| wrong_part(meant).is_none());
    Some(LayoutProblem { part, meant })
}

fn wrong_part(layout: &str) -> Option<String> {
    let runs = digit_runs(layout);
    let wrong = runs.into_iter().find(|run| is_wrong(run)).map(str::to_owned);
    wrong.or_else(|| foreign_name(layout).map(str::to_owned))
}

/// Splits off the digits of a layout that stand together.
fn digit_runs(layout: &str) -> Vec<&str> {
    let runs = layout.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| !run.is_empty()).collect()
}

/// Says whether digits that stand together make no sense: they are neither of a fixed width nor alone.
fn is_wrong(run: &str) -> bool {
    // Midnight, fractions of a second, and the offsets `0700` and `070000`.
    if run.chars().all(|c| c == '0')
        || run.chars().all(|c| c == '9')
        || matches!(run, "0700" | "070000" | "07" | "00")
    {
        return false;
    }
    let parts: Vec<Element> = elements(run).collect();
    parts.iter().any(|part| match part {
        Element::Text(_) => true,
        Element::Month(Pad::None)
        | Element::Day(Pad::None)
        | Element::Hour12(Pad::None)
        | Element::Minute(Pad::None)
        | Element::Second(Pad::None) => parts.len() > 1,
        _ => false,
    })
}

/// Returns the English name of a month or day in the layout that is not the one that stands for all.
fn foreign_name(layout: &str) -> Option<&str> {
    words(layout).find(|word| meant_name(word).is_some_and(|meant| meant != *word))
}

fn words(layout: &str) -> impl Iterator<Item = &str> {
    layout.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// Returns the name that stands for all months or days, in the length of `word`.
fn meant_name(word: &str) -> Option<&'static str> {
    let is = |name: &&'static str| word == *name;
    let is_short = |name: &&'static str| word == abbreviation(name);
    if word == "May" {
        // Also a word of its own in English, and whole and short at once.
        return None;
    }
    if MONTHS.iter().any(is) {
        Some("January")
    } else if MONTHS.iter().any(is_short) {
        Some("Jan")
    } else if WEEKDAYS.iter().any(is) {
        Some("Monday")
    } else {
        WEEKDAYS.iter().any(is_short).then_some("Mon")
    }
}

/// Rewrites each wrong number and name; `None` where a number can be two things.
fn mend(layout: &str) -> Option<String> {
    let mut mended = String::with_capacity(layout.len());
    let mut rest = layout;
    let has_month_name = words(layout).any(|word| matches!(meant_name(word), Some("January" | "Jan")));
    let mut has_month = has_month_name || digit_runs(layout).contains(&"01");
    let mut has_day = ["02", "2"].iter().any(|day| digit_runs(layout).contains(day));
    while let Some(first) = rest.chars().next() {
        let is_alike = |c: char| if first.is_ascii_digit() { c.is_ascii_digit() } else { c.is_alphabetic() };
        let end = rest.find(|c: char| !is_alike(c)).unwrap_or(rest.len()).max(first.len_utf8());
        let (part, after) = rest.split_at(end);
        rest = after;
        if part == "15" && !has_day && !after.starts_with([':', '.', 'h']) {
            // An hour for Go, but without minutes it was the day of a month.
            mended.push('2');
            has_day = true;
        } else if first.is_ascii_digit() && is_wrong(part) {
            let after_time = mended.ends_with(':') || after.starts_with(':');
            mended.push_str(meant_number(part, after_time, &mut has_month, &mut has_day)?);
        } else {
            mended.push_str(meant_name(part).unwrap_or(part));
        }
    }
    Some(mended)
}

/// Returns the element that a number of another date stands for: a year, else the month or day that is still missing.
fn meant_number(
    number: &str,
    is_time: bool,
    has_month: &mut bool,
    has_day: &mut bool,
) -> Option<&'static str> {
    let value: u32 = number.parse().ok()?;
    let is_month = !*has_month && value <= 12 && *has_day;
    match number.len() {
        4 if (1900..2200).contains(&value) => Some("2006"),
        2 if is_time => None,
        2 if is_month => {
            *has_month = true;
            Some("01")
        }
        2 if !*has_day && value <= 31 && (*has_month || value > 12) => {
            *has_day = true;
            Some("02")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_of_another_day_is_found_with_what_was_meant() {
        let cases = [
            ("2006-01-20", "20", Some("2006-01-02")),
            ("20.01.2006", "20", Some("02.01.2006")),
            ("2016-01-02", "2016", Some("2006-01-02")),
            ("2024-01-31", "2024", Some("2006-01-02")),
            ("15 March 2024", "2024", Some("2 January 2006")),
            ("2 March 2006", "March", Some("2 January 2006")),
            ("Tuesday, January 2, 2006", "Tuesday", Some("Monday, January 2, 2006")),
            ("02 Feb 2006", "Feb", Some("02 Jan 2006")),
            ("2006/12/02", "12", Some("2006/01/02")),
        ];
        for (layout, part, meant) in cases {
            let found = check_layout(layout);
            let expected = LayoutProblem { part: part.to_owned(), meant: meant.map(str::to_owned) };
            assert_eq!(found, Some(expected), "{layout}");
        }
    }

    #[test]
    fn layouts_that_mean_what_they_say_are_left_alone() {
        let right = [
            "2006-01-02",
            "Monday, January 02, 2006",
            "2 January 2006",
            "2.1.06",
            "Jan 2, 2006 at 3:04pm (MST)",
            "2006-01-02T15:04:05.000Z07:00",
            "2006-01-02T00:00:00Z",
            "20060102",
            "20060102150405",
            "2006年1月2日",
            "Mon, 02 Jan 2006 15:04:05 -0700",
            "le 2 January 2006 à 15h04",
            "",
            "_2 Jan",
            "002/2006",
            "15:04:05.999999999",
            ":date_long",
            "2006-01-02 -07:00:00 -070000",
            "May I: January 2006",
        ];
        for layout in right {
            assert_eq!(check_layout(layout), None, "{layout}");
        }
    }
}
