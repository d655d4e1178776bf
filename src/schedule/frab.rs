//! What frab's XML and JSON have in common: how a session is called, and when it begins.
//!
//! Does not read either; see `frab_xml` and `frab_json`.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time};

use super::time::{self, Clock, Moment};

/// When a day of the program ends, unless the conference says otherwise; pretalx and frab both have four o'clock.
pub(super) const DAY_CHANGE: Time = Time::constant(4, 0, 0, 0);

/// Returns the names of a session, the best first.
///
/// pretalx's code is what its pages are called; FOSDEM's slugs are short words; the slugs of frab and pretalx repeat number
/// and title, so there the number is better.
pub(super) fn ids(code: &str, url: &str, slug: &str, id: &str) -> Vec<String> {
    let is_word = slug.len() <= 32 && !slug.split('-').any(|part| part == id && !id.is_empty());
    let word = if is_word { slug } else { "" };
    let of_url = url_id(url).unwrap_or_default();
    let candidates = [code, of_url, word, id, slug];
    candidates.into_iter().filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

/// Returns what the page of a talk is called: `ABC123` of `https://pretalx.example/geese/talk/ABC123/`.
pub(super) fn url_id(url: &str) -> Option<&str> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let mut parts =
        path.split('/').skip_while(|part| !matches!(*part, "talk" | "event" | "events" | "session"));
    let name = parts.nth(1)?;
    let name = name.strip_suffix(".html").unwrap_or(name);
    (!name.is_empty() && name.len() <= 24).then_some(name)
}

/// When a session is, as frab writes it.
pub(super) struct Slot<'a> {
    /// Begin with its offset; missing from the older generators.
    pub(super) date: &'a str,
    /// Begin on the clock, `09:30`.
    pub(super) start: &'a str,
    /// Length, `00:50`.
    pub(super) duration: &'a str,
    /// Day that the session is listed under.
    pub(super) day: Option<Date>,
    /// When the day of the program ends.
    pub(super) day_change: Time,
}

impl Slot<'_> {
    /// Returns begin and end in local time.
    pub(super) fn read(&self, clock: &Clock) -> (Option<DateTime>, Option<DateTime>) {
        let start = self.begin(clock);
        let length = time::duration(self.duration).filter(|length| length.is_positive());
        let end = start.zip(length).and_then(|(start, length)| start.checked_add(length).ok());
        (start, end)
    }

    fn begin(&self, clock: &Clock) -> Option<DateTime> {
        // A date without a time is no begin; the time stands in `start` then.
        if let Some(moment) = Moment::parse(self.date).filter(|_| self.date.trim().len() > 10) {
            return Some(clock.local(moment));
        }
        let (day, time) = (self.day?, time::time(self.start)?);
        // What is listed after midnight belongs to the night before, and so to the next date.
        let day = if time < self.day_change { day.checked_add(1.day()).ok()? } else { day };
        Some(day.to_datetime(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_called_what_their_pages_are_called() {
        for (code, url, slug, id, expected) in [
            ("ABC123", "https://x.example/talk/ABC123/", "geese-7-of-geese", "7", "ABC123"),
            ("", "https://x.example/geese/talk/ABC123/", "geese-7-of-geese", "7", "ABC123"),
            ("", "", "geese_in_space", "15059", "geese_in_space"),
            ("", "https://x.example/en/geese/public/events/7.html", "geese-7-of-geese", "7", "7"),
            ("", "", "geese-7-of-geese", "7", "7"),
            ("", "https://x.example/schedule/event/geese-7-a-very-long-story-of-geese/", "", "7", "7"),
        ] {
            assert_eq!(ids(code, url, slug, id).first().map(String::as_str), Some(expected), "{url} {slug}");
        }
    }

    #[test]
    fn after_midnight_is_the_next_date() {
        let day = Some(jiff::civil::date(2026, 2, 2));
        for (date, start, expected) in [
            ("", "23:30", "2026-02-02T23:30:00"),
            ("", "00:30", "2026-02-03T00:30:00"),
            ("2026-02-02T00:30:00+01:00", "00:30", "2026-02-02T00:30:00"),
            ("2026-02-02", "09:30", "2026-02-02T09:30:00"),
        ] {
            let slot = Slot { date, start, duration: "00:50", day, day_change: DAY_CHANGE };
            let (start, end) = slot.read(&Clock::default());
            assert_eq!(start.map(|start| start.to_string()).as_deref(), Some(expected));
            assert_eq!(end, start.map(|start| start + 50.minutes()));
        }
    }
}
