//! Turns the JSON of Sessionize's API into a [`Schedule`]: the views `All`, `GridSmart` and `Sessions`.
//!
//! Times are local unless the organizer chose UTC; the name and the zone of the conference are in none of the views. Does not
//! read the view `Speakers`, which has no times.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::draft::{self, Draft, Header};
use super::json::{self, first_text, is_true, list, text};
use super::links::Link;
use super::problem::{Problem, Warnings};
use super::time::{Clock, Moment};
use super::{Format, MAX_SESSIONS, Schedule, Speaker};

/// Whether the root is one of the views that have sessions.
pub(super) fn is_known(root: &Value) -> bool {
    let is_view = |value: &Value| !list(value, "rooms").is_empty() || has_sessions(value);
    match root {
        Value::Array(groups) => groups.iter().any(is_view),
        _ => has_sessions(root),
    }
}

/// Whether a value has a list of sessions; that of a speaker has only their numbers, or numbers and names.
fn has_sessions(value: &Value) -> bool {
    let is_session = |session: &Value| session.get("title").is_some() || session.get("startsAt").is_some();
    list(value, "sessions").iter().any(is_session)
}

/// Returns what a JSON file that is no schedule probably is, as a hint; empty if that is not known.
pub(super) fn guess(root: &Value) -> &'static str {
    let first = root.as_array().and_then(|list| list.first()).unwrap_or(root);
    if first.get("fullName").is_some() || root.get("speakers").is_some() {
        return "this has speakers only: Sessionize's view `All` has the sessions";
    }
    "this is JSON, but neither `schedule.json` of frab or pretalx nor Sessionize's view `All`"
}

/// What the view `All` has once, and its sessions by number.
struct Names {
    rooms: HashMap<String, String>,
    speakers: HashMap<String, Speaker>,
    /// Category and name of an answer that organizers let speakers choose.
    answers: HashMap<String, (String, String)>,
    questions: HashMap<String, String>,
}

/// Returns the schedule of one of the views.
///
/// # Errors
/// It has no session.
pub(super) fn read(root: &Value, clock: Clock) -> Result<Schedule, Problem> {
    let names = names(root);
    let mut warnings = Warnings::default();
    let mut known = HashSet::new();
    let mut is_utc = false;
    let mut drafts = Vec::new();
    for (session, room) in sessions(root) {
        // A session for all rooms is listed in each of them.
        let key = (text(session, "id"), text(session, "startsAt"), text(session, "title"));
        if !known.insert(key) {
            continue;
        }
        if drafts.len() > MAX_SESSIONS {
            break;
        }
        is_utc |= text(session, "startsAt").ends_with('Z');
        drafts.push(session_draft(session, room, &names, &clock));
    }
    let mut timezone = clock.name();
    if is_utc && !clock.has_zone() {
        timezone = Some("UTC".to_owned());
        warnings.push(Problem::utc());
    }
    let header = Header { timezone, ..Header::new(Format::SessionizeJson) };
    draft::finish(header, drafts, warnings)
}

/// Returns all sessions, and the rooms that the view has around them.
fn sessions(root: &Value) -> Vec<(&Value, Option<&Value>)> {
    let groups = root.as_array().map_or(std::slice::from_ref(root), Vec::as_slice);
    let mut found = Vec::new();
    for group in groups {
        found.extend(list(group, "sessions").iter().map(|session| (session, None)));
        for room in list(group, "rooms") {
            found.extend(list(room, "sessions").iter().map(|session| (session, room.get("name"))));
        }
    }
    found
}

fn names(root: &Value) -> Names {
    let mut answers = HashMap::new();
    for category in list(root, "categories") {
        let title = first_text(category, &["title", "name"]);
        for answer in list(category, "items") {
            answers.insert(text(answer, "id"), (title.clone(), text(answer, "name")));
        }
    }
    let questions = list(root, "questions").iter();
    Names {
        rooms: json::names(list(root, "rooms"), "id"),
        speakers: list(root, "speakers").iter().map(|value| (text(value, "id"), speaker(value))).collect(),
        questions: questions.map(|value| (text(value, "id"), text(value, "question"))).collect(),
        answers,
    }
}

/// Returns a speaker of the view `All`, with the address of the blog, or else of any page.
fn speaker(value: &Value) -> Speaker {
    let full = format!("{} {}", text(value, "firstName"), text(value, "lastName"));
    let name = Some(first_text(value, &["fullName", "name"])).filter(|name| !name.is_empty()).unwrap_or(full);
    let links = list(value, "links");
    let blog = links.iter().find(|link| text(link, "linkType") == "Blog").or(links.first());
    Speaker { name, url: blog.map(|link| text(link, "url")) }
}

fn session_draft(session: &Value, room: Option<&Value>, names: &Names, clock: &Clock) -> Draft {
    let local = |key: &str| Moment::parse(&text(session, key)).map(|moment| clock.local(moment));
    let rooms = [
        names.rooms.get(&text(session, "roomId")).cloned(),
        Some(text(session, "room")),
        room.map(json::string),
    ];
    let draft = Draft {
        ids: vec![text(session, "id")],
        title: text(session, "title"),
        speakers: speakers(session, names),
        start: local("startsAt"),
        end: local("endsAt"),
        room: rooms.into_iter().flatten().find(|room| !room.is_empty()).unwrap_or_default(),
        is_service: is_true(session, "isServiceSession"),
        links: answered_links(session, names),
        video: text(session, "recordingUrl"),
        text: text(session, "description"),
        ..Draft::default()
    };
    labelled(draft, &chosen(session, names))
}

fn speakers(session: &Value, names: &Names) -> Vec<Speaker> {
    let of_id = |id: &str| names.speakers.get(id).cloned();
    let named = |value: &Value| of_id(&text(value, "id")).unwrap_or_else(|| speaker(value));
    list(session, "speakers")
        .iter()
        .filter_map(|value| value.as_str().map_or_else(|| Some(named(value)), of_id))
        .collect()
}

/// Returns category and name of everything that was chosen for a session, in both spellings of the API.
fn chosen(session: &Value, names: &Names) -> Vec<(String, String)> {
    let by_number =
        list(session, "categoryItems").iter().filter_map(|id| names.answers.get(&json::string(id)).cloned());
    let in_place = list(session, "categories").iter().flat_map(|category| {
        let answers = list(category, "categoryItems").iter();
        answers.map(|answer| (first_text(category, &["name", "title"]), text(answer, "name")))
    });
    by_number.chain(in_place).collect()
}

/// Returns the draft with track, format and language, which organizers name as they like.
fn labelled(mut draft: Draft, chosen: &[(String, String)]) -> Draft {
    for (category, name) in chosen {
        let category = crate::text::fold(category);
        let is_called =
            |names: &[&str]| names.iter().any(|name| category.split(' ').any(|word| word == *name));
        if is_called(&["track", "tracks"]) {
            draft.track.clone_from(name);
        } else if is_called(&["format", "type", "kind", "duration"]) {
            draft.labels.push(name.clone());
        } else if is_called(&["language", "sprache", "langue", "taal"]) {
            draft.language.clone_from(name);
        }
    }
    draft
}

/// Returns answers to questions of the organizers as links, called what was asked: `Link to your slides`.
fn answered_links(session: &Value, names: &Names) -> Vec<Link> {
    let link = |answer: &Value| Link {
        url: first_text(answer, &["answerValue", "answer"]),
        title: names
            .questions
            .get(&text(answer, "questionId"))
            .cloned()
            .unwrap_or_else(|| text(answer, "question")),
        role: String::new(),
    };
    list(session, "questionAnswers").iter().map(link).collect()
}
