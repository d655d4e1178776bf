//! Reads talks: what was said, by whom, when, and where it can be seen again.

use jiff::civil::Time;
use serde_json::{Map, Value};

use super::edition::slug;
use super::fields::{Fault, Fields, PathStep};
use super::moment::{Moment, read_time};
use super::person::{Person, read_people};
use crate::data::scalar_text;
use crate::diag::Diagnostic;

/// Kinds of talks.
pub const KINDS: [&str; 10] =
    ["talk", "keynote", "lightning", "workshop", "panel", "bof", "unconference", "ignite", "poster", "demo"];

/// Something that was said at an event.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Talk {
    /// What shortcodes and anchors call it.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who spoke.
    pub speakers: Vec<Person>,
    /// Id of the event, where it is not the one of the post.
    pub event: Option<String>,
    /// Which day of the event, from 1.
    pub day: Option<u64>,
    /// When it began, where the whole date is said.
    pub start: Option<Moment>,
    /// When it began, by the clock.
    pub begins: Option<Time>,
    /// When it ended, by the clock.
    pub ends: Option<Time>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// One of [`KINDS`].
    pub kind: Option<&'static str>,
    /// Its entry in the programme.
    pub url: Option<String>,
    /// A copy of it, for when the programme has gone.
    pub archive: Option<String>,
    /// Slides: an address, or a file beside the post.
    pub slides: Option<String>,
    /// Recording.
    pub video: Option<Video>,
    /// Length in minutes.
    pub minutes: Option<u64>,
    /// Language, as a tag of BCP 47.
    pub language: Option<String>,
    /// Whether it was heard, given, or is still to be seen.
    pub status: Option<TalkStatus>,
    /// From 1 to 5.
    pub rating: Option<u64>,
    /// Whether it was one of the best.
    pub is_favourite: bool,
    /// Short notes in Markdown.
    pub notes: Option<String>,
    /// Patterns of the photos of it.
    pub photos: Vec<String>,
}

/// Where the recording of a talk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Video {
    /// At this address.
    At(String),
    /// On YouTube, by its id.
    YouTube(String),
    /// Nobody recorded it.
    NotRecorded,
    /// It is to come.
    NotYet,
}

/// What the author had to do with a talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TalkStatus {
    /// Wants to hear it.
    Planned,
    /// Heard it.
    Attended,
    /// Could not hear it.
    Missed,
    /// Gave it.
    Gave,
    /// Wants to see the recording.
    ToWatch,
}

impl TalkStatus {
    /// All of them, with their words.
    pub const ALL: [(&'static str, Self); 5] = [
        ("planned", Self::Planned),
        ("attended", Self::Attended),
        ("missed", Self::Missed),
        ("gave", Self::Gave),
        ("to-watch", Self::ToWatch),
    ];

    /// Returns the word for it, in data and in templates.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, status)| *status == self).map_or("", |(name, _)| name)
    }
}

/// Reads a talk; `None` where it has no title.
pub fn read_talk(value: &Value, path: &[PathStep], faults: &mut Vec<Fault>) -> Option<Talk> {
    match value {
        Value::Null => None,
        Value::Object(map) => read_map(map, path, faults),
        scalar => {
            match scalar_text(scalar).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) {
                Some(title) => Some(Talk { id: slug(&title), title, ..Talk::default() }),
                None => {
                    let problem =
                        Diagnostic::warning("event-value", "a talk is a title, or a map with `title`")
                            .hint("write `- title: …`");
                    faults.push(Fault::new(path, problem));
                    None
                }
            }
        }
    }
}

fn read_map(map: &Map<String, Value>, path: &[PathStep], faults: &mut Vec<Fault>) -> Option<Talk> {
    let mut fields = Fields::new(map, path, faults);
    let words = KINDS.map(|kind| (kind, kind));
    let mut talk = Talk {
        id: fields.text("id").unwrap_or_default(),
        title: fields.text("title").unwrap_or_default(),
        event: fields.text("event").or_else(|| fields.text("conference")),
        day: fields.count("day"),
        start: fields.moment("start"),
        room: fields.text("room"),
        track: fields.text("track"),
        kind: fields.choice("kind", &words),
        url: fields.url("url"),
        archive: fields.url("archive"),
        slides: fields.url_or_file("slides"),
        video: read_video(&mut fields),
        minutes: read_minutes(&mut fields),
        language: fields.text("language"),
        status: fields.choice("status", &TalkStatus::ALL),
        rating: fields.count("rating"),
        is_favourite: fields.flag("favourite") || fields.flag("favorite"),
        notes: fields.text("notes"),
        photos: fields.texts("photos"),
        ..Talk::default()
    };
    talk.speakers = ["speakers", "speaker"]
        .iter()
        .find_map(|key| {
            let value = fields.value(key)?;
            let path = fields.path_of(key);
            Some(read_people(value, &path, fields.faults()))
        })
        .unwrap_or_default();
    // What other vocabularies call it.
    talk.slides = talk.slides.or_else(|| fields.url_or_file("slides_url"));
    talk.video = talk.video.or_else(|| fields.url("video_url").map(Video::At));
    read_clock(&mut talk, &mut fields);
    if talk.rating.is_some_and(|rating| !(1..=5).contains(&rating)) {
        fields.refuse("rating", "the rating is left out", "it is a number from 1 to 5");
        talk.rating = None;
    }
    if talk.title.is_empty() {
        fields.refuse("title", "a talk has no title", "give it one: `title: …`");
    }
    fields.finish();
    if talk.id.is_empty() {
        talk.id = slug(&talk.title);
    }
    (!talk.title.is_empty()).then_some(talk)
}

/// Reads `time: 09:30-10:20`, and `end` beside `start`.
fn read_clock(talk: &mut Talk, fields: &mut Fields<'_>) {
    talk.begins = talk.start.and_then(|start| start.time);
    if let Some(end) = fields.moment_or_time("end") {
        talk.ends = Some(end);
    }
    if let Some(written) = fields.text("time") {
        let (begins, ends) = match written.split_once(['-', '–', '—']) {
            Some((begins, ends)) => (read_time(begins), read_time(ends)),
            None => (read_time(&written), None),
        };
        if begins.is_none() || (ends.is_none() && written.contains(['-', '–', '—'])) {
            // YAML 1.1 took `9:30` for a number of seconds.
            let hint = "times are written like `\"09:30-10:20\"`, in quotes";
            fields.refuse("time", format!("`{written}` is no time of day, and is left out"), hint);
        } else {
            talk.begins = begins;
            talk.ends = ends.or(talk.ends);
        }
    }
    if let (Some(begins), Some(ends)) = (talk.begins, talk.ends)
        && ends <= begins
    {
        fields.refuse("time", "the talk ends before it begins", "the end is left out");
        talk.ends = None;
    }
}

fn read_video(fields: &mut Fields<'_>) -> Option<Video> {
    let text = fields.text("video")?;
    let word = text.to_lowercase().replace([' ', '_'], "-");
    match word.as_str() {
        "not-recorded" | "none" | "no" => return Some(Video::NotRecorded),
        "not-yet" | "not-published" | "not-published-yet" | "tba" | "soon" => return Some(Video::NotYet),
        _ => {}
    }
    let is_id = text.len() == 11 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if is_id {
        return Some(Video::YouTube(text));
    }
    fields.url("video").map(Video::At)
}

/// Reads a length: `46m`, `1h 30m`, `46 minutes`, `46`, `0:46:00`.
fn read_minutes(fields: &mut Fields<'_>) -> Option<u64> {
    let text = fields.text("duration")?;
    let minutes = minutes(&text);
    if minutes.is_none() {
        fields.refuse(
            "duration",
            format!("`{text}` is no length, and is left out"),
            "lengths are written like `46m`, or `1h30m`",
        );
    }
    minutes
}

fn minutes(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    if let [hours, minutes, _] = text.split(':').collect::<Vec<_>>().as_slice() {
        return Some(hours.parse::<u64>().ok()?.checked_mul(60)? + minutes.parse::<u64>().ok()?);
    }
    let mut total = 0_u64;
    let mut number = String::new();
    let mut unit = String::new();
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() && unit.is_empty() {
            number.push(c);
        } else if c.is_alphabetic() && !number.is_empty() {
            unit.push(c);
        } else if !number.is_empty() && !unit.is_empty() {
            total = total.checked_add(in_minutes(&number, &unit)?)?;
            number.clear();
            unit.clear();
            if c.is_ascii_digit() {
                number.push(c);
            }
        } else if c != ' ' {
            return None;
        }
    }
    if !number.is_empty() {
        total = total.checked_add(number.parse().ok()?)?;
    }
    (total > 0 && total < 100_000).then_some(total)
}

fn in_minutes(number: &str, unit: &str) -> Option<u64> {
    let number: u64 = number.parse().ok()?;
    match unit {
        "h" | "hr" | "hour" | "hours" => number.checked_mul(60),
        "m" | "min" | "mins" | "minute" | "minutes" => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, expected) in [
            ("46m", 46),
            ("1h30m", 90),
            ("1h 30m", 90),
            ("46 minutes", 46),
            ("46", 46),
            ("0:46:12", 46),
            ("2 hours", 120),
        ] {
            assert_eq!(minutes(text), Some(expected), "{text}");
        }
        for text in ["long", "", "5 parsecs", "-3", "0"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
