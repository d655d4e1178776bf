//! Writes the days of an event as its language writes dates: `2–4 February 2026`, `30 January – 2 February 2026`.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::super::words::written_date;
use crate::config::Config;

/// Writes one day.
pub(super) fn day(config: &Config, day: Date) -> String {
    day.to_zoned(TimeZone::UTC).map_or_else(|_| day.to_string(), |date| written_date(config, &date))
}

/// Writes a first and a last day, what they have in common once.
pub(super) fn days(config: &Config, first: Date, last: Date) -> String {
    if first == last {
        return day(config, first);
    }
    joined(&day(config, first), &day(config, last))
}

/// Puts two dates together: the words that both end with are written once, and those that both begin with.
fn joined(first: &str, last: &str) -> String {
    let (one, two): (Vec<&str>, Vec<&str>) = (first.split(' ').collect(), last.split(' ').collect());
    let ends = one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count();
    let most = one.len().min(two.len()).saturating_sub(ends);
    let begins = one.iter().zip(&two).take(most).take_while(|(a, b)| a == b).count();
    let part = |words: &[&str]| words.join(" ");
    let middle = |words: &[&str]| part(words.get(begins..words.len() - ends).unwrap_or_default());
    let (from, to) = (middle(&one), middle(&two));
    // One word a side (the number of a day) needs no room around the dash; a comma belongs to what follows both.
    let dash = if from.contains(' ') || to.contains(' ') { " – " } else { "–" };
    let from = from.trim_end_matches([',', '.']).to_owned() + if from.ends_with('.') { "." } else { "" };
    let middle = format!("{from}{dash}{to}");
    let parts = [part(&one[..begins]), middle, part(&one[one.len() - ends..])];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn what_two_dates_have_in_common_is_written_once() {
        for (first, last, expected) in [
            ("2 February 2026", "4 February 2026", "2–4 February 2026"),
            ("30 January 2026", "2 February 2026", "30 January – 2 February 2026"),
            ("30 December 2025", "2 January 2026", "30 December 2025 – 2 January 2026"),
            ("February 2, 2026", "February 4, 2026", "February 2–4, 2026"),
            ("2. Februar 2026", "4. Februar 2026", "2.–4. Februar 2026"),
            ("1er mars 2026", "3 mars 2026", "1er–3 mars 2026"),
            ("2 de febrero de 2026", "4 de febrero de 2026", "2–4 de febrero de 2026"),
            ("2026-02-02", "2026-02-04", "2026-02-02–2026-02-04"),
        ] {
            assert_eq!(joined(first, last), expected);
        }
    }
}
