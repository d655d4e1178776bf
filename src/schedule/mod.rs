//! Turns the published schedule of a conference into a [`Schedule`]: a list of talks that an author can choose from.
//!
//! Reads iCalendar, frab XML, frab and pretalx JSON, and Sessionize JSON, told apart by their content. [`choose`] picks
//! sessions by what the author calls them, [`to_yaml`] writes them as `talks:`. Does not fetch anything, does not touch the
//! disk, and does not judge whether a talk was any good.

mod choose;
mod draft;
mod frab;
mod frab_json;
mod frab_xml;
mod ical;
mod ical_lines;
mod json;
mod kind;
mod links;
mod pretalx;
mod problem;
mod sessionize;
mod text;
mod time;
mod xml;
mod yaml;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod samples;

use jiff::civil::{Date, DateTime};

pub use choose::{Choice, Miss, Unmet, choose};
pub use kind::Kind;
pub use problem::Problem;
pub use yaml::{to_yaml, to_yaml_entries};

use time::Clock;

/// Most bytes of a schedule that are read; the largest known (three days with 1,000 talks) have 5 MB.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Most sessions of a schedule; the largest known conference has 1,200.
pub const MAX_SESSIONS: usize = 20_000;

/// What a schedule was written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 5545, as sched.com, pretalx, frab and Google Calendar write it.
    ICalendar,
    /// `schedule.xml` of pentabarf, frab and pretalx.
    FrabXml,
    /// `schedule.json` of frab and pretalx.
    FrabJson,
    /// pretalx's own JSON: the widget's, or an answer of its API.
    PretalxJson,
    /// The views `All`, `GridSmart` and `Sessions` of Sessionize's API.
    SessionizeJson,
}

impl Format {
    /// Returns the name that people know the format by.
    pub fn name(self) -> &'static str {
        match self {
            Self::ICalendar => "iCalendar",
            Self::FrabXml => "frab XML",
            Self::FrabJson => "frab JSON",
            Self::PretalxJson => "pretalx JSON",
            Self::SessionizeJson => "Sessionize JSON",
        }
    }
}

/// A conference and its sessions, sorted by start, room and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// What the file was written in.
    pub format: Format,
    /// Name of the conference; empty where the file does not say it (Sessionize never does).
    pub name: String,
    /// First day, as stated or else of the first session.
    pub start: Option<Date>,
    /// Last day, inclusive, as stated or else of the last session.
    pub end: Option<Date>,
    /// IANA name of the zone that the times of the sessions are in; absent where they are local to an unknown place.
    pub timezone: Option<String>,
    /// Address of the schedule or of the conference, absolute.
    pub url: Option<String>,
    /// City, where the file says it.
    pub city: Option<String>,
    /// Building, where the file says it or all rooms share it.
    pub venue: Option<String>,
    /// All sessions, breaks included.
    pub sessions: Vec<Session>,
    /// What was wrong with single sessions; they were left out, or read without what could not be understood.
    pub warnings: Vec<Problem>,
}

/// One slot of a schedule: a talk, a workshop, a break. All texts are single lines without markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Short name, unique in the file and the same every time: pretalx's code, frab's slug, Sessionize's number, else a slug
    /// of the title. Consists of ASCII letters, digits, `-`, `_` and `.`.
    pub id: String,
    /// Title, never empty.
    pub title: String,
    /// Subtitle, as frab has it.
    pub subtitle: Option<String>,
    /// Who speaks, in the order of the file.
    pub speakers: Vec<Speaker>,
    /// Begin in the conference's local time. Midnight without an end means a whole day.
    pub start: Option<DateTime>,
    /// End in the conference's local time, later than the begin.
    pub end: Option<DateTime>,
    /// Room.
    pub room: Option<String>,
    /// Track.
    pub track: Option<String>,
    /// What sort of session it is, where type, track or title tell.
    pub kind: Option<Kind>,
    /// Whether nobody speaks: lunch, coffee, registration.
    pub is_break: bool,
    /// Whether the speaker asked not to be recorded, so no video is to be waited for.
    pub is_unrecorded: bool,
    /// Language code, such as `en` or `pt-br`.
    pub language: Option<String>,
    /// Page of the session, absolute.
    pub url: Option<String>,
    /// Slides, absolute.
    pub slides: Option<String>,
    /// Recording, absolute.
    pub video: Option<String>,
    /// First paragraph of the abstract as plain text, at most 1,000 characters.
    pub summary: Option<String>,
}

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Name as the schedule shows it, never empty.
    pub name: String,
    /// Page of the speaker, absolute.
    pub url: Option<String>,
}

/// Returns the schedule in `bytes`, in whichever known format.
///
/// # Errors
/// The bytes are no schedule that is known, are broken as a whole, or hold no session. A single bad session is a warning.
pub fn read(bytes: &[u8]) -> Result<Schedule, Problem> {
    read_in(bytes, None)
}

/// Returns the schedule in `bytes` with its times in `timezone`, an IANA name, whatever zone the file names.
///
/// Some calendars have all times in UTC and do not say where the conference is; the author knows.
///
/// # Errors
/// As [`read`]; and there is no such zone.
pub fn read_in(bytes: &[u8], timezone: Option<&str>) -> Result<Schedule, Problem> {
    if bytes.len() > MAX_BYTES {
        let megabytes = MAX_BYTES / 1024 / 1024;
        return Err(Problem::new(format!("this file has more than {megabytes} MB, which no schedule has")));
    }
    let clock = timezone.map_or(Ok(Clock::default()), Clock::fixed)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_end();
    let start = bytes.trim_ascii_start();
    match start.first() {
        None => Err(unknown().with_hint("the file is empty")),
        Some(b'<') => frab_xml::read(decode(bytes)?, clock),
        Some(b'{' | b'[') => read_json(decode(bytes)?, clock),
        Some(_) if begins_with(start, b"BEGIN:V") => ical::read(bytes, clock),
        Some(_) => Err(unknown().with_hint(guess(start))),
    }
}

/// Returns the schedule in a JSON text, whose shape tells who wrote it.
fn read_json(text: &str, clock: Clock) -> Result<Schedule, Problem> {
    let root = json::parse(text)?;
    if let Some(schedule) = frab_json::find(&root) {
        return frab_json::read(schedule, clock);
    }
    if let Some(entries) = pretalx::find(&root) {
        return pretalx::read(&root, entries, clock);
    }
    if sessionize::is_known(&root) {
        return sessionize::read(&root, clock);
    }
    Err(unknown().with_hint(sessionize::guess(&root)))
}

/// Returns the bytes as text, or says where they are none.
fn decode(bytes: &[u8]) -> Result<&str, Problem> {
    std::str::from_utf8(bytes).map_err(|error| {
        let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
        problem::Lines::new(good).at(good.len(), "this is no UTF-8 text")
    })
}

fn begins_with(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted))
}

/// Returns the problem with every file that is not a schedule.
fn unknown() -> Problem {
    Problem::new(
        "this is no schedule that is known: iCalendar, frab XML, frab and pretalx JSON, and Sessionize JSON are",
    )
}

/// Returns what a file that is neither calendar nor XML nor JSON probably is, as a hint.
fn guess(start: &[u8]) -> &'static str {
    let known: [(&[u8], &str); 4] = [
        (b"\x1F\x8B", "it is compressed: unpack it first (`gunzip`)"),
        (b"PK\x03\x04", "it is an archive or a spreadsheet: look for an export as iCalendar, XML or JSON"),
        (b"%PDF", "it is a PDF: look for an export as iCalendar, XML or JSON"),
        (b"\xFF\xFE", "it is UTF-16: save it as UTF-8"),
    ];
    let found = known.iter().find(|(magic, _)| start.starts_with(magic));
    found.map_or("the page of the schedule often has an export as iCalendar, XML or JSON", |(_, hint)| hint)
}
