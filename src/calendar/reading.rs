//! Turns calendars back into values, for tests: syntax by the crate `icalendar`, zones by the words of RFC 5545.
//!
//! Takes nothing from the modules that write. A time is converted by the `VTIMEZONE` that the calendar has, never by the zone
//! database.

use std::collections::BTreeMap;

use icalendar::parser::{Component, Property, read_calendar, unfold};
use jiff::Timestamp;
use jiff::civil::{DateTime, Weekday};
use jiff::tz::Offset;

/// A calendar that was read.
pub(super) struct Reading {
    /// Its properties.
    pub(super) head: Properties,
    /// Its entries, in order.
    pub(super) events: Vec<Properties>,
    /// Its zones by name.
    pub(super) zones: BTreeMap<String, Vec<Observance>>,
}

/// Properties by name: parameters and value.
pub(super) type Properties = BTreeMap<String, (BTreeMap<String, String>, String)>;

/// A `STANDARD` or `DAYLIGHT`.
pub(super) struct Observance {
    onset: DateTime,
    to: Offset,
    rule: Option<Rule>,
}

struct Rule {
    month: i8,
    weekday: Weekday,
    nth: Option<i8>,
    days: Option<Vec<i8>>,
    until: Option<Timestamp>,
    from: Offset,
}

/// Reads a calendar.
pub(super) fn read(text: &str) -> Reading {
    let unfolded = unfold(text);
    let calendar = read_calendar(&unfolded).expect("a calendar");
    let of = |kind: &str| -> Vec<&Component<'_>> {
        calendar.components.iter().filter(|component| component.name == kind).collect()
    };
    Reading {
        head: properties(&calendar.properties),
        events: of("VEVENT").iter().map(|event| properties(&event.properties)).collect(),
        zones: of("VTIMEZONE").iter().map(|zone| read_zone(zone)).collect(),
    }
}

fn properties(properties: &[Property<'_>]) -> Properties {
    let read = properties.iter().map(|property| {
        let parameters = property.params.iter().map(|parameter| {
            let value = parameter.val.as_ref().map(ToString::to_string).unwrap_or_default();
            (parameter.key.to_string(), value)
        });
        (property.name.to_string(), (parameters.collect(), property.val.to_string()))
    });
    let read: Vec<_> = read.collect();
    let count = read.len();
    let by_name: Properties = read.into_iter().collect();
    assert_eq!(by_name.len(), count, "no property is there twice");
    by_name
}

fn read_zone(zone: &Component<'_>) -> (String, Vec<Observance>) {
    let observances = zone.components.iter().map(|component| {
        let values = properties(&component.properties);
        let [onset, from, to] = ["DTSTART", "TZOFFSETFROM", "TZOFFSETTO"].map(|name| values[name].1.as_str());
        let from = read_offset(from);
        let rule = values.get("RRULE").map(|(_, rule)| read_rule(rule, from));
        Observance { onset: read_time(onset), to: read_offset(to), rule }
    });
    (properties(&zone.properties)["TZID"].1.clone(), observances.collect())
}

fn read_rule(text: &str, from: Offset) -> Rule {
    let parts: BTreeMap<_, _> = text.split(';').map(|part| part.split_once('=').expect("a part")).collect();
    assert_eq!(parts["FREQ"], "YEARLY");
    let (nth, code) = parts["BYDAY"].split_at(parts["BYDAY"].len() - 2);
    let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = codes.iter().position(|other| *other == code).expect("a weekday");
    let until = parts.get("UNTIL").map(|until| {
        Offset::UTC.to_timestamp(read_time(until.strip_suffix('Z').expect("UTC"))).expect("an instant")
    });
    let days = parts.get("BYMONTHDAY").map(|days| days.split(',').map(|day| day.parse().unwrap()).collect());
    Rule {
        month: parts["BYMONTH"].parse().expect("a month"),
        weekday: Weekday::from_monday_zero_offset(i8::try_from(place).unwrap()).unwrap(),
        nth: nth.parse().ok(),
        days,
        until,
        from,
    }
}

/// Reads a time of the basic format, without zone.
pub(super) fn read_time(text: &str) -> DateTime {
    DateTime::strptime("%Y%m%dT%H%M%S", text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn read_offset(text: &str) -> Offset {
    let number = |at: usize| text.get(at..at + 2).map_or(0, |digits| digits.parse::<i32>().unwrap());
    let seconds = (number(1) * 60 + number(3)) * 60 + number(5);
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).unwrap()
}

impl Observance {
    /// Returns the last onset up to a time, all on the clock before the onset.
    fn last_onset(&self, local: DateTime) -> Option<DateTime> {
        if self.onset > local {
            return None;
        }
        let Some(rule) = &self.rule else { return Some(self.onset) };
        let years = (self.onset.year()..=local.year()).rev();
        let repeated = years.filter_map(|year| rule.onset_in(year, self.onset));
        repeated.into_iter().find(|onset| *onset <= local)
    }
}

impl Rule {
    fn onset_in(&self, year: i16, first: DateTime) -> Option<DateTime> {
        let start = jiff::civil::date(year, self.month, 1);
        let day = match (self.nth, &self.days) {
            (Some(nth), None) => start.nth_weekday_of_month(nth, self.weekday).ok()?,
            (None, Some(days)) => {
                let dates = days.iter().filter_map(|day| start.with().day(*day).build().ok());
                let fitting: Vec<_> = dates.filter(|date| date.weekday() == self.weekday).collect();
                assert!(fitting.len() <= 1, "seven days have a weekday once");
                *fitting.first()?
            }
            _ => panic!("a rule that is never written"),
        };
        let onset = day.to_datetime(first.time());
        let ended = self.until.is_some_and(|until| self.from.to_timestamp(onset).unwrap() > until);
        (!ended && onset >= first).then_some(onset)
    }
}

/// Returns the instant of a time in a zone (RFC 5545, 3.6.5): the observance with the last onset before it tells the offset.
pub(super) fn instant(zone: &[Observance], local: DateTime) -> Timestamp {
    let onsets = zone.iter().filter_map(|observance| Some((observance.last_onset(local)?, observance.to)));
    let (_, offset) =
        onsets.max_by_key(|(onset, _)| *onset).unwrap_or_else(|| panic!("{local} is not covered"));
    offset.to_timestamp(local).expect("an instant")
}
