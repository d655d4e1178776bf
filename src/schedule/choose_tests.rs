//! Says what authors may type for a talk, as a table of wishes.

use super::super::read;
use super::*;

const SCHEDULE: &str = r#"{"sessions": [
    {"id": "1", "title": "Honk If You Love Schedules", "speakers": [{"id": "a", "name": "Zoë Čáp"}], "startsAt": "2026-03-02T09:00:00"},
    {"id": "2", "title": "Ponds and Queues", "speakers": [{"id": "b", "name": "Bo Mallard"}], "startsAt": "2026-03-02T10:00:00"},
    {"id": "3", "title": "Queues at Lunch", "speakers": [{"id": "b", "name": "Bo Mallard"}], "startsAt": "2026-03-02T11:00:00"},
    {"id": "4", "title": "Lunch", "speakers": [], "isServiceSession": true, "startsAt": "2026-03-02T12:00:00"},
    {"id": "5", "title": "Rust for Mallards", "speakers": [{"id": "c", "name": "Jo Mallard"}, {"id": "d", "name": "Di Rust"}], "startsAt": "2026-03-02T13:00:00"}
]}"#;

fn chosen(wish: &str) -> Result<Vec<String>, (Miss, Vec<String>)> {
    let schedule = read(SCHEDULE.as_bytes()).unwrap();
    let choice = choose(&schedule, &[wish.to_owned()]);
    let ids = |sessions: &[&Session]| sessions.iter().map(|session| session.id.clone()).collect::<Vec<_>>();
    choice
        .unmet
        .first()
        .map_or_else(|| Ok(ids(&choice.sessions)), |unmet| Err((unmet.miss, ids(&unmet.nearest))))
}

#[test]
fn a_talk_is_chosen_by_id_title_or_speaker() {
    for (wish, ids) in [
        ("3", &["3"][..]),
        ("honk if you LOVE schedules", &["1"]),
        ("ponds", &["2"]),
        ("Zoe Cap", &["1"]),
        ("Čáp", &["1"]),
        ("bo mallard", &["2", "3"]),
        ("bo", &["2", "3"]),
        ("Lunch", &["4"]),
        ("Rust", &["5"]),
        ("  queues — at ", &["3"]),
    ] {
        assert_eq!(chosen(wish), Ok(ids.iter().map(ToString::to_string).collect()), "{wish}");
    }
}

#[test]
fn what_fits_several_or_none_is_reported_with_names() {
    for (wish, miss, nearest) in [
        ("queues", Miss::Ambiguous, &["2", "3"][..]),
        ("mallard", Miss::Ambiguous, &["2", "3", "5"]),
        ("scedules", Miss::Unknown, &["1"]),
        ("Honking schedule", Miss::Unknown, &["1"]),
        ("Malard", Miss::Unknown, &["2", "3", "5"]),
        ("xyzzy", Miss::Unknown, &[]),
        ("", Miss::Unknown, &[]),
    ] {
        assert_eq!(chosen(wish), Err((miss, nearest.iter().map(ToString::to_string).collect())), "{wish}");
    }
}

#[test]
fn several_wishes_keep_the_order_of_the_schedule() {
    let schedule = read(SCHEDULE.as_bytes()).unwrap();
    let wishes = ["5", "bo mallard", "2", "nobody at all"].map(str::to_owned);
    let choice = choose(&schedule, &wishes);
    let ids: Vec<&str> = choice.sessions.iter().map(|session| session.id.as_str()).collect();
    assert_eq!(ids, ["2", "3", "5"]);
    assert_eq!(choice.unmet.len(), 1);
}

#[test]
fn problems_name_what_to_type_instead() {
    let schedule = read(SCHEDULE.as_bytes()).unwrap();
    let say = |wish: &str| choose(&schedule, &[wish.to_owned()]).unmet.first().unwrap().problem();
    assert_eq!(say("queues").message, "`queues` fits several talks");
    assert_eq!(
        say("queues").hint.as_deref(),
        Some("name one by its id: `2` (Ponds and Queues), `3` (Queues at Lunch)")
    );
    assert_eq!(say("scedules").message, "no talk and no speaker is called `scedules`");
    assert_eq!(say("scedules").hint.as_deref(), Some("did you mean `1` (Honk If You Love Schedules)?"));
    assert_eq!(say("xyzzy").hint, None);
}
