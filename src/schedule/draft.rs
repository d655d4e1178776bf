//! Turns what a reader found, a [`Header`] and its [`Draft`]s, into a complete [`Schedule`].
//!
//! The one place where texts are cleaned, kinds and breaks are told, ids made unique and sessions sorted, so that all formats
//! come out alike. Knows no format.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, DateTime};

use super::kind::{self, Kind};
use super::links::{self, Link};
use super::problem::{Problem, Warnings};
use super::{Format, MAX_SESSIONS, Schedule, Session, Speaker, text};

/// Most people on one stage.
const MAX_SPEAKERS: usize = 50;

/// What a file says about the conference; texts are as in the file, empty where it says nothing.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) format: Format,
    pub(super) name: String,
    pub(super) start: Option<Date>,
    pub(super) end: Option<Date>,
    pub(super) timezone: Option<String>,
    pub(super) url: String,
    pub(super) city: String,
    pub(super) venue: String,
    /// What addresses that begin with a slash are joined to.
    pub(super) base: String,
}

impl Header {
    /// Returns the header of a file that says nothing.
    pub(super) fn new(format: Format) -> Self {
        let empty = String::new;
        Self {
            format,
            name: empty(),
            start: None,
            end: None,
            timezone: None,
            url: empty(),
            city: empty(),
            venue: empty(),
            base: empty(),
        }
    }
}

/// What a file says about a session; texts are as in the file, empty where it says nothing.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Names of the session, the best first.
    pub(super) ids: Vec<String>,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) speakers: Vec<Speaker>,
    pub(super) start: Option<DateTime>,
    pub(super) end: Option<DateTime>,
    pub(super) room: String,
    pub(super) track: String,
    /// Type, format and categories, the most telling first.
    pub(super) labels: Vec<String>,
    /// Whether the file itself says that nobody speaks.
    pub(super) is_service: bool,
    pub(super) is_unrecorded: bool,
    pub(super) language: String,
    pub(super) url: String,
    pub(super) links: Vec<Link>,
    /// Recording that the file names as such.
    pub(super) video: String,
    /// Abstract or description, whichever comes first.
    pub(super) text: String,
    /// Line in the file, where it is known.
    pub(super) line: Option<usize>,
}

/// Returns the whole schedule.
///
/// # Errors
/// There is no session at all, or more than [`MAX_SESSIONS`].
pub(super) fn finish(
    header: Header,
    drafts: Vec<Draft>,
    mut warnings: Warnings,
) -> Result<Schedule, Problem> {
    if drafts.len() > MAX_SESSIONS {
        return Err(Problem::new(format!("this schedule has more than {MAX_SESSIONS} sessions")));
    }
    let Header { format, name, start, end, timezone, url, city, venue, base } = header;
    let base = Some(base).filter(|base| !base.is_empty());
    let mut sessions: Vec<(Session, Vec<String>)> =
        drafts.into_iter().filter_map(|draft| session(draft, base.as_deref(), &mut warnings)).collect();
    let warnings = warnings.into_list();
    if sessions.is_empty() {
        let hint = warnings
            .first()
            .map_or_else(|| "sessions may not be published yet".to_owned(), ToString::to_string);
        return Err(
            Problem::new(format!("there is no session in this {} file", format.name())).with_hint(hint)
        );
    }
    sessions.sort_by(|(a, a_ids), (b, b_ids)| order(a).cmp(&order(b)).then_with(|| a_ids.cmp(b_ids)));
    let sessions = name_all(sessions);
    let mut days: Vec<Date> =
        sessions.iter().filter_map(|session| session.start).map(DateTime::date).collect();
    days.sort_unstable();
    Ok(Schedule {
        format,
        name: text::line(&name),
        start: start.or(days.first().copied()),
        end: end.or(days.last().copied()),
        timezone,
        url: links::absolute(&url, base.as_deref()),
        city: text::some_line(&city),
        venue: text::some_line(&venue),
        sessions,
        warnings,
    })
}

/// What sessions are sorted by; those without a time come last.
fn order(session: &Session) -> (bool, Option<DateTime>, &Option<String>, &str) {
    (session.start.is_none(), session.start, &session.room, &session.title)
}

/// Returns a session without its id yet, and the candidates for that.
fn session(draft: Draft, base: Option<&str>, warnings: &mut Warnings) -> Option<(Session, Vec<String>)> {
    let Draft { ids, title, subtitle, speakers, start, end, room, track, .. } = &draft;
    let warn = |message: String| Problem { line: draft.line, ..Problem::new(message) };
    let Some(title) = text::some_line(title) else {
        warnings.push(warn("a session without a title was left out".to_owned()));
        return None;
    };
    let is_ordered = end.is_none_or(|end| start.is_some_and(|start| start < end));
    if !is_ordered && start.is_some() {
        warnings.push(warn(format!("`{title}` ends before it begins, so its end was left out")));
    }
    let speakers = unique(speakers, base);
    let track = text::some_line(track);
    let is_break = speakers.is_empty() && draft.is_service
        || kind::is_break(&title, &draft.labels, !speakers.is_empty());
    let session = Session {
        id: String::new(),
        kind: Kind::find(&draft.labels, track.as_deref(), &title).filter(|_| !is_break),
        subtitle: text::some_line(subtitle).filter(|subtitle| *subtitle != title),
        start: *start,
        end: end.filter(|_| is_ordered),
        room: text::some_line(room),
        is_break,
        is_unrecorded: draft.is_unrecorded,
        language: language(&draft.language),
        url: links::absolute(&draft.url, base),
        slides: links::slides(&draft.links, base),
        video: links::absolute(&draft.video, base).or_else(|| links::video(&draft.links, base)),
        summary: text::summary(&draft.text),
        speakers,
        track,
        title,
    };
    Some((session, ids.clone()))
}

/// Returns the speakers with clean names, each once.
fn unique(speakers: &[Speaker], base: Option<&str>) -> Vec<Speaker> {
    let mut known: Vec<Speaker> = Vec::new();
    for Speaker { name, url } in speakers.iter().take(MAX_SPEAKERS) {
        let Some(name) = text::some_line(name) else { continue };
        if known.iter().all(|speaker| speaker.name != name) {
            let url = url.as_deref().and_then(|url| links::absolute(url, base));
            known.push(Speaker { name, url });
        }
    }
    known
}

/// Returns the code of a language from a code or an English or own name.
fn language(name: &str) -> Option<String> {
    const NAMES: [(&str, &str); 15] = [
        ("deutsch", "de"),
        ("dutch", "nl"),
        ("english", "en"),
        ("espanol", "es"),
        ("francais", "fr"),
        ("french", "fr"),
        ("german", "de"),
        ("italian", "it"),
        ("italiano", "it"),
        ("japanese", "ja"),
        ("nederlands", "nl"),
        ("polish", "pl"),
        ("portugues", "pt"),
        ("portuguese", "pt"),
        ("spanish", "es"),
    ];
    let code = name.trim().to_ascii_lowercase().replace('_', "-");
    let main = code.split('-').next().unwrap_or_default();
    let is_code = matches!(main.len(), 2 | 3) && code.len() <= 11;
    if is_code && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Some(code);
    }
    let folded = crate::text::fold(name);
    NAMES
        .iter()
        .find(|(known, _)| folded.split(' ').any(|word| word == *known))
        .map(|(_, code)| (*code).to_owned())
}

/// Gives every session an id that no other has: the second `lunch` is `lunch-2`.
fn name_all(sessions: Vec<(Session, Vec<String>)>) -> Vec<Session> {
    let mut taken = HashSet::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut named = Vec::with_capacity(sessions.len());
    for (session, candidates) in sessions {
        let wanted = id(&candidates, &session.title);
        let mut id = wanted.clone();
        while taken.contains(&id) {
            let count = counts.entry(wanted.clone()).or_insert(1);
            *count += 1;
            id = format!("{wanted}-{count}");
        }
        taken.insert(id.clone());
        named.push(Session { id, ..session });
    }
    named
}

/// Returns the first candidate that people can type, else a slug of the title.
fn id(candidates: &[String], title: &str) -> String {
    let typeable = candidates.iter().map(|id| id.trim()).find(|id| is_typeable(id));
    if let Some(id) = typeable {
        return id.to_owned();
    }
    let slugs = [text::slug(title), candidates.first().map(|id| text::slug(id)).unwrap_or_default()];
    slugs.into_iter().find(|slug| !slug.is_empty()).unwrap_or_else(|| "session".to_owned())
}

/// Whether an id is short and of plain characters, and no UUID or hash.
fn is_typeable(id: &str) -> bool {
    let is_plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    let is_hash = id.len() >= 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_plain && !is_hash && id.len() <= 64 && id.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(title: &str, id: &str) -> Draft {
        Draft { title: title.into(), ids: vec![id.into()], ..Draft::default() }
    }

    #[test]
    fn ids_are_typeable_and_unique() {
        let drafts = vec![
            titled("Lunch", "d7eea897-5b5b-4cdb-8388-8af30174a875"),
            titled("Lunch", ""),
            titled("Lunch 2", ""),
            titled("Of Geese", "ABC123"),
            titled("Über Gänse", "has space"),
            titled("日本", "日本"),
        ];
        let schedule = finish(Header::new(Format::FrabXml), drafts, Warnings::default()).unwrap();
        let ids: Vec<&str> = schedule.sessions.iter().map(|session| session.id.as_str()).collect();
        assert_eq!(ids, ["lunch", "lunch-2", "lunch-2-2", "ABC123", "uber-ganse", "session"]);
    }

    #[test]
    fn a_bad_session_is_a_warning_and_no_session_an_error() {
        let at = |text: &str| Some(text.parse().unwrap());
        let backwards = Draft {
            start: at("2026-02-02T10:00"),
            end: at("2026-02-02T09:00"),
            line: Some(7),
            ..titled("Late", "")
        };
        let schedule =
            finish(Header::new(Format::FrabXml), vec![backwards, titled("", "x")], Warnings::default())
                .unwrap();
        let warnings: Vec<String> = schedule.warnings.iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "7: `Late` ends before it begins, so its end was left out",
                "a session without a title was left out"
            ]
        );
        let problem =
            finish(Header::new(Format::ICalendar), vec![titled("", "")], Warnings::default()).unwrap_err();
        assert_eq!(problem.message, "there is no session in this iCalendar file");
        assert_eq!(problem.hint.as_deref(), Some("a session without a title was left out"));
    }

    #[test]
    fn languages_are_codes() {
        for (name, code) in
            [("EN", Some("en")), ("pt_BR", Some("pt-br")), ("German", Some("de")), ("Klingon", None)]
        {
            assert_eq!(language(name).as_deref(), code, "{name}");
        }
    }
}
