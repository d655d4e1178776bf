//! Finds the place of a value in the words that it was written in.
//!
//! Faults are told in our words: an `end` that is wrong may stand there as `date_end`, or within `conference`.

use serde_json::{Map, Value};

use super::aliases::ALIASES;
use super::fields::PathStep;

/// Maps that hold facts of an event which we have beside the others.
const PARTS: [&str; 4] = ["conference", "location", "address", "event"];

/// Facts that pages of events have in keys of every page, and those that another part has by another name.
const OTHERS: [(&str, &str); 3] = [("name", "title"), ("start", "date"), ("venue", "name")];

/// Returns the way to a value as it was written in a map, given the way in our words; what is not there stays as it is.
pub fn as_written(path: &[PathStep], map: &Map<String, Value>) -> Vec<PathStep> {
    // What stands beside `event` is read as if it stood within, but for the title, which is the post's.
    if let [PathStep::Key(event), beside @ ..] = path
        && let [PathStep::Key(key), ..] = beside
        && event == "event"
        && key != "name"
        && map
            .get(event)
            .is_some_and(|event| event.as_object().is_none_or(|event| word(event, key).is_none()))
        && word(map, key).is_some()
    {
        return as_written(beside, map);
    }
    let Some((PathStep::Key(first), rest)) = path.split_first() else { return path.to_vec() };
    let (mut way, mut at) = word(map, first).unwrap_or((vec![path[0].clone()], &Value::Null));
    for step in rest {
        let next = match step {
            PathStep::Entry(index) => at.get(index).map(|value| (vec![step.clone()], value)),
            PathStep::Key(key) => at.as_object().and_then(|map| word(map, key)),
        };
        let (steps, value) = next.unwrap_or((vec![step.clone()], &Value::Null));
        way.extend(steps);
        at = value;
    }
    way
}

/// Finds one of our keys in a map: by its name, by another one, or in one of the parts.
fn word<'a>(map: &'a Map<String, Value>, key: &str) -> Option<(Vec<PathStep>, &'a Value)> {
    let named = |map: &'a Map<String, Value>| {
        let aliases = ALIASES.iter().filter(|alias| alias.to == key).map(|alias| alias.from);
        let others = OTHERS.iter().filter(|(ours, _)| *ours == key).map(|(_, other)| *other);
        let known = [key].into_iter().chain(aliases).chain(others);
        known.filter_map(|word| Some((PathStep::key(word), map.get(word)?))).next()
    };
    let part = |part: &&str| {
        // A place has a name of its own.
        let is_of_place = matches!(*part, "location" | "address");
        if is_of_place && key == "name" {
            return None;
        }
        let (step, value) = named(map.get(*part)?.as_object()?)?;
        Some((vec![PathStep::key(part), step], value))
    };
    named(map).map(|(step, value)| (vec![step], value)).or_else(|| PARTS.iter().find_map(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn our_words_are_found_where_others_stand() {
        let post = json!({
            "title": "x", "date_end": 1, "event": [{"title": "a"}, {"name": "b", "end_date": 2}],
            "conference": {"organizer": {}, "location": {"locality": "c"}},
        });
        let post = post.as_object().unwrap();
        let keys = |path: &[&str]| -> Vec<PathStep> {
            path.iter().map(|key| key.parse().map_or_else(|_| PathStep::key(key), PathStep::Entry)).collect()
        };
        for (ours, written) in [
            (&["end"][..], &["date_end"][..]),
            (&["event", "1", "end"], &["event", "1", "end_date"]),
            (&["event", "0", "end"], &["event", "0", "end"]),
            (&["organizer", "name"], &["conference", "organizer", "name"]),
            (&["nothing"], &["nothing"]),
            (&[], &[]),
        ] {
            assert_eq!(as_written(&keys(ours), post), keys(written), "{ours:?}");
        }
    }
}
