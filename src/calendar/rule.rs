//! Turns the changes of a clock into what a calendar says of them: one by one, or as a rule (RFC 5545, 3.3.10 and 3.6.5).
//!
//! Reads rules off the changes themselves: changes of consecutive years, in the same month, on the same weekday, at the same time,
//! within the same seven days. So a rule never says more than the zone database, however irregular a zone is. Rules that came to
//! an end are not written as such: widely used readers compare `UNTIL`, which is in UTC, with local times, and lose the last change.

use jiff::Timestamp;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::Offset;

/// One change of the clock, and what it shows from then on (`STANDARD` or `DAYLIGHT`: RFC 5545, 3.6.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Observance {
    /// The instant.
    pub(super) at: Timestamp,
    /// The same on the clock as it was before.
    pub(super) onset: DateTime,
    /// Distance from UTC before.
    pub(super) from: Offset,
    /// Distance from UTC afterwards.
    pub(super) to: Offset,
    /// What the time is then called: `CEST`.
    pub(super) name: String,
    /// Whether that is summer time.
    pub(super) is_daylight: bool,
}

/// What one component says: a change, and how it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Onset {
    /// The change, or the first of them.
    pub(super) change: Observance,
    /// The value of `RRULE`, if there is one.
    pub(super) rule: Option<String>,
}

/// Returns the changes before `end`, in order; those that follow a rule for good as the first of them, with that rule.
///
/// `changes` are in order of time and complete up to the end of `horizon_year`: a rule that holds till then has no end.
pub(super) fn onsets(changes: Vec<Observance>, horizon_year: i16, end: Timestamp) -> Vec<Onset> {
    let mut runs: Vec<Run> = Vec::new();
    for change in changes {
        match runs.iter_mut().find(|run| run.goes_on_with(&change)) {
            Some(run) => run.take(change),
            None => runs.push(Run::begin(change)),
        }
    }
    let mut onsets: Vec<_> = runs.into_iter().flat_map(|run| run.onsets(horizon_year)).collect();
    onsets.retain(|onset| onset.change.at < end);
    onsets.sort_by_key(|onset| onset.change.at);
    onsets
}

/// Changes, the same every year.
struct Run {
    first: Observance,
    later: Vec<Observance>,
    /// First and last day of the month that they are on.
    days: (i8, i8),
}

impl Run {
    fn begin(first: Observance) -> Self {
        Self { days: (first.onset.day(), first.onset.day()), later: Vec::new(), first }
    }

    fn take(&mut self, next: Observance) {
        self.days = self.days_with(&next);
        self.later.push(next);
    }

    fn last(&self) -> &Observance {
        self.later.last().unwrap_or(&self.first)
    }

    fn days_with(&self, next: &Observance) -> (i8, i8) {
        (self.days.0.min(next.onset.day()), self.days.1.max(next.onset.day()))
    }

    /// Tells whether a change is that of the following year.
    fn goes_on_with(&self, next: &Observance) -> bool {
        let (first_day, last_day) = self.days_with(next);
        next.onset.year() == self.last().onset.year() + 1
            && last_day - first_day < 7
            && pattern(next) == pattern(&self.first)
    }

    fn onsets(self, horizon_year: i16) -> Vec<Onset> {
        if !self.later.is_empty() && self.last().onset.year() >= horizon_year {
            return vec![Onset { rule: Some(self.rule()), change: self.first }];
        }
        let alone = |change| Onset { change, rule: None };
        [self.first].into_iter().chain(self.later).map(alone).collect()
    }

    /// Returns how the first change repeats: `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`.
    ///
    /// The days are those of one week of the month, and else seven days by number: seven in a row have every weekday once.
    fn rule(&self) -> String {
        let (month, weekday) = (self.first.onset.month(), weekday_code(self.first.onset.weekday()));
        let (first, last) = self.days;
        // February's last week is that of a leap year: another would not hold its 29th.
        let length = if month == 2 { 29 } else { self.first.onset.date().last_of_month().day() };
        let week = (first - 1) / 7 + 1;
        let by_day = if first > length - 7 {
            format!("BYDAY=-1{weekday}")
        } else if last <= week * 7 {
            format!("BYDAY={week}{weekday}")
        } else {
            let days: Vec<_> = (first..first + 7).map(|day| day.to_string()).collect();
            format!("BYDAY={weekday};BYMONTHDAY={}", days.join(","))
        };
        format!("FREQ=YEARLY;BYMONTH={month};{by_day}")
    }
}

/// Returns what the changes of one run have in common.
fn pattern(change: &Observance) -> impl PartialEq + '_ {
    let Observance { at: _, onset, from, to, name, is_daylight } = change;
    (onset.month(), onset.weekday(), onset.time(), *from, *to, name, *is_daylight)
}

/// Returns the two letters of a weekday (RFC 5545, 3.3.10).
fn weekday_code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};
    use jiff::tz::offset;

    use super::*;

    fn change(day: Date) -> Observance {
        let onset: DateTime = day.at(2, 0, 0, 0);
        let (from, to) = (offset(1), offset(2));
        Observance {
            at: from.to_timestamp(onset).unwrap(),
            onset,
            from,
            to,
            name: "X".to_owned(),
            is_daylight: true,
        }
    }

    /// Returns the rules of changes on the first Sunday not before a day of a month, from 2026 to the horizon.
    fn rules(month: i8, day: i8) -> Vec<Option<String>> {
        let sunday = |start: Date| start.yesterday().unwrap().nth_weekday(1, Weekday::Sunday).unwrap();
        let changes = (2026..=2056).map(|year| change(sunday(date(year, month, day)))).collect();
        onsets(changes, 2056, Timestamp::MAX).into_iter().map(|onset| onset.rule).collect()
    }

    #[test]
    fn rules_name_a_week_or_seven_days() {
        for (month, day, expected) in [
            (3, 1, "BYDAY=1SU"),
            (3, 8, "BYDAY=2SU"),
            (3, 22, "BYDAY=4SU"),
            (3, 25, "BYDAY=-1SU"),
            (3, 24, "BYDAY=SU;BYMONTHDAY=24,25,26,27,28,29,30"),
            (4, 24, "BYDAY=-1SU"),
            (4, 2, "BYDAY=SU;BYMONTHDAY=2,3,4,5,6,7,8"),
            (2, 15, "BYDAY=3SU"),
            (2, 22, "BYDAY=4SU"),
        ] {
            assert_eq!(
                rules(month, day),
                [Some(format!("FREQ=YEARLY;BYMONTH={month};{expected}"))],
                "{month} {day}"
            );
        }
    }

    #[test]
    fn what_is_no_rule_for_good_is_said_one_by_one() {
        let last = |years: &[i16]| -> Vec<Observance> {
            years
                .iter()
                .map(|year| change(date(*year, 3, 1).nth_weekday_of_month(-1, Weekday::Sunday).unwrap()))
                .collect()
        };
        let end = Timestamp::MAX;
        let rules =
            |changes| onsets(changes, 2030, end).iter().map(|onset| onset.rule.is_some()).collect::<Vec<_>>();
        assert_eq!(rules(last(&[2026, 2027, 2028, 2029, 2030])), [true]);
        assert_eq!(rules(last(&[2026, 2027, 2028, 2029])), [false; 4]);
        assert_eq!(rules(last(&[2026, 2027, 2029, 2030])), [false, false, true]);
        let mut renamed = last(&[2026, 2027, 2028, 2029, 2030]);
        renamed[1].name = "Y".to_owned();
        assert_eq!(rules(renamed), [false, false, true]);
        assert_eq!(onsets(last(&[2026, 2028]), 2030, change(date(2027, 1, 1)).at).len(), 1);
    }
}
