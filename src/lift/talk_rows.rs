//! Turns a list item or a paragraph into a talk: `[Title - Speaker](url) (9:00 - 9:35)`, `Title -- Speaker (Company)`.
//!
//! A link counts where its address is that of a talk or a recording; what may be anything else stays text.

use jiff::civil::Date;

use super::blocks::Block;
use super::links::{Link, Plain, plain, squash};
use super::months::weekday;
use super::people::people;
use super::site::{host, is_of};
use super::talk_meta::times;
use super::words::{folded, words};
use super::{ProposedTalk, talk_meta};

/// What rows are read against.
#[derive(Clone, Debug)]
pub(super) struct Programme {
    /// The name of the event, folded.
    pub(super) name: String,
    /// The year of the edition.
    pub(super) year: Option<i16>,
    /// Hosts of talk pages: those that the post links again and again.
    pub(super) hosts: Vec<String>,
}

/// Hosts with programmes of many events.
const PLATFORMS: [&str; 5] = ["sched.co", "sched.com", "pretalx.com", "sessionize.com", "oreilly.com"];
/// Hosts of recordings.
const PLAYERS: [&str; 4] = ["youtube.com", "youtu.be", "vimeo.com", "media.ccc.de"];
/// Parts of addresses of talks.
const PATHS: [&str; 9] = [
    "/talk/",
    "/talks/",
    "/schedule/event/",
    "/session/",
    "/sessions/",
    "/proposals/",
    "/presentation/",
    "/presentations/",
    "/schedule/presentation/",
];
/// Texts of links that are no titles.
const NO_TITLES: &str = "|sessionpage|slides|link|video|here|schedule|abstract|details|replay|recording|register|signup|talk|session|keynote|page|youtube|watch|thistalk|mytalk|website|";
/// Words of texts that speak about a talk instead of naming it.
const ABOUT: [&str; 6] = ["slides", "schedule", "page", "recording", "abstract", "session"];

/// How a row was read, which tells how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A title that links a talk, with a speaker or a time beside it.
    Full,
    /// A title that links a talk, and nothing else: sure among others of its kind.
    Linked,
    /// A title and speakers with companies, without a link: sure among others of its kind.
    Bare,
}

/// Returns the hosts that talk pages are linked on at least three times.
pub(super) fn frequent_hosts(blocks: &[Block]) -> Vec<String> {
    let links = blocks.iter().flat_map(|block| plain(&block.text).links);
    let hosts: Vec<String> =
        links.filter(|link| has_talk_path(&link.url)).map(|link| host(&link.url).to_owned()).collect();
    let mut frequent: Vec<String> = Vec::new();
    for host in &hosts {
        if !frequent.contains(host) && hosts.iter().filter(|other| *other == host).count() >= 3 {
            frequent.push(host.clone());
        }
    }
    frequent
}

impl Programme {
    /// Tells whether an address is that of a talk of this event.
    fn has(&self, url: &str) -> bool {
        let host = host(url);
        let is_platform =
            PLATFORMS.iter().any(|known| host == *known || host.ends_with(&format!(".{known}")));
        let is_sched = host == "sched.co" || (host.ends_with(".sched.com") && url.contains("/event/"));
        let is_event = is_sched
            || (has_talk_path(url)
                && (is_platform
                    || folded(url).contains(&self.name)
                    || self.hosts.iter().any(|known| known == host)));
        is_event && is_of(url, self.year)
    }
}

fn has_talk_path(url: &str) -> bool {
    PATHS.iter().any(|path| url.split_once(path).is_some_and(|(_, id)| !id.trim_matches('/').is_empty()))
}

fn is_player(url: &str) -> bool {
    PLAYERS.contains(&host(url))
        && !url.contains("playlist")
        && !url.contains("/channel/")
        && !url.contains("/c/")
}

/// Reads a list item or a paragraph that is about one talk. `day` is that of the heading above it.
pub(super) fn row(block: &Block, programme: &Programme, day: Option<Date>) -> Option<(ProposedTalk, Form)> {
    let text = plain(&block.text);
    let links = text.links.iter();
    let mut talks = links.clone().filter(|link| programme.has(&link.url) || is_player(&link.url));
    let Some(link) = talks.next() else {
        return bare(block, &text).map(|talk| (talk, Form::Bare));
    };
    let is_page = programme.has(&link.url);
    let before = lead(text.text.get(..link.start)?)?;
    let (title, mut speakers) = title_and_speakers(&text.link_text(link))?;
    if !is_title(&title) {
        return None;
    }
    let after = squash(text.text.get(link.end..)?);
    let trail = trail(&after)?;
    if speakers.is_empty() {
        speakers = trail.speakers;
    }
    let time = before.time.or(trail.time);
    let talk = ProposedTalk {
        title,
        date: day.filter(|_| time.is_some()),
        room: before.room,
        url: is_page.then(|| link.url.clone()),
        video: (!is_page).then(|| link.url.clone()),
        line: block.line_at(link.start),
        speakers,
        time,
        ..ProposedTalk::default()
    };
    let is_full = !talk.speakers.is_empty() || (talk.time.is_some() && is_page);
    if !is_full && (!is_page || !before.is_empty || !trail.is_empty || speaks_about(&talk.title)) {
        return None;
    }
    Some((talk, if is_full { Form::Full } else { Form::Linked }))
}

/// What stands before the link of a row.
struct Lead {
    time: Option<String>,
    room: Option<String>,
    is_empty: bool,
}

/// Reads `11:30-12:00 @ H.1 (Foo) - ` and `9:45 - 10:15 FooCon: `; `None` for running text.
fn lead(text: &str) -> Option<Lead> {
    let text = squash(text);
    let text = text.trim_end_matches(['"', '“', '«', '-', '–', '—', ' ']);
    let is_empty = !text.contains(char::is_alphanumeric);
    let Some((at, time)) = times(text).filter(|(at, _)| at.start <= 4) else {
        let is_label = text.ends_with(':') && text.len() <= 80;
        return (is_empty || is_label).then_some(Lead { time: None, room: None, is_empty });
    };
    let rest = text.get(at.end..).unwrap_or("").trim_start_matches([' ', ',', ':', ')', '-', '–', '—']);
    let room = rest.strip_prefix(['@', '|']).map(|room| room.trim().to_owned());
    let room = room.filter(|room| !room.is_empty() && room.chars().count() <= 40);
    (rest.len() <= 45).then_some(Lead { time: Some(time), room, is_empty: false })
}

/// What stands after the link of a row.
#[derive(Default)]
struct Trail {
    time: Option<String>,
    speakers: Vec<String>,
    is_empty: bool,
}

/// Reads `(9:00 - 9:35)`, `by Ann Lee, Quux` and `- Ann Lee & Bob Ray`; `None` for running text.
fn trail(text: &str) -> Option<Trail> {
    let text = text.trim_matches(['"', '”', '»', ' ', '\\']);
    let time = times(text).filter(|(at, _)| at.start <= 1 || at.end + 1 >= text.len());
    let rest = match &time {
        Some((at, _)) if at.start <= 1 => text.get(at.end..).unwrap_or(""),
        Some((at, _)) => text.get(..at.start).unwrap_or(""),
        None => text,
    };
    let rest = rest.trim();
    // A bracket behind the title is a track or a kind of talk, and not who gave it.
    let is_track = rest.starts_with('(') && rest.ends_with(')') && rest.len() <= 40;
    if is_track {
        return Some(Trail { time: time.map(|(_, time)| time), speakers: Vec::new(), is_empty: true });
    }
    let rest = rest.trim_matches([' ', '(', ')', '-', '–', '—', ',', ':', '|', '.', '•']);
    let is_empty = !rest.contains(char::is_alphanumeric);
    // A bracket that was trimmed belongs to a company.
    let rest = if rest.contains('(') && !rest.contains(')') { format!("{rest})") } else { rest.to_owned() };
    let speakers = people(&rest).unwrap_or_default();
    let is_day = words(&rest).next().is_some_and(|word| weekday(word).is_some()) && rest.len() <= 40;
    let time = time.map(|(_, time)| time);
    (is_empty || is_day || !speakers.is_empty()).then_some(Trail { time, speakers, is_empty })
}

/// Parts `Title - Ann Lee (Quux)`; `None` where the end may be a speaker and is not read.
fn title_and_speakers(text: &str) -> Option<(String, Vec<String>)> {
    for mark in ["!, ", "?, "] {
        // `Really?, Ann Lee, Quux`
        if let Some((head, tail)) = text.rsplit_once(mark) {
            let title = format!("{head}{}", mark.trim_end_matches([',', ' ']));
            return Some((title, people(tail).unwrap_or_default()));
        }
    }
    split_title(text)
}

/// Parts `Title - Ann Lee (Quux)` at its last dash.
///
/// Without a dash, or with a subtitle behind it, all is the title. `None` where the end is short and may be a speaker.
pub(super) fn split_title(text: &str) -> Option<(String, Vec<String>)> {
    let dash = [" - ", " – ", " — ", " -- "]
        .iter()
        .filter_map(|dash| text.rfind(dash).map(|at| (at, dash.len())))
        .max();
    let Some((at, length)) = dash else { return Some((clean(text), Vec::new())) };
    let (head, tail) = (text.get(..at)?, text.get(at + length..)?);
    if let Some(speakers) = people(tail) {
        return Some((clean(head), speakers));
    }
    // `Foo - Alexis & Bea Lee (Quux)`: people, but not all by full name.
    if tail.ends_with(')') && tail.starts_with(char::is_uppercase) {
        return Some((clean(head), Vec::new()));
    }
    let is_long = tail.split_whitespace().count() > 4 || !tail.starts_with(char::is_uppercase);
    is_long.then(|| (clean(text), Vec::new()))
}

/// Drops quotation marks around a title, its number, and whose it is.
pub(super) fn clean(title: &str) -> String {
    let title = squash(title);
    let mut title = unquoted(title.trim_matches([' ', '*', '\u{a0}', ':', '→']));
    let (first, rest) = title.split_once([':', '-']).unwrap_or(("", title));
    let own = words(first).map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    const OWN: [&str; 10] = [
        "my talk",
        "my ignite",
        "my session",
        "my lightning talk",
        "my keynote",
        "our talk",
        "mon talk",
        "ma conférence",
        "mein vortrag",
        "mi charla",
    ];
    if OWN.contains(&own.as_str()) {
        title = rest.trim();
    }
    strip_number(title).trim().to_owned()
}

/// Drops quotation marks that enclose all of a text, and no others.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“')] {
        if let Some(inner) = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close))
            && (open != close || !inner.contains(open))
        {
            return inner.trim();
        }
    }
    text
}

/// Drops `Chapter 2:`, `Talk 3 -` and `4.`.
fn strip_number(title: &str) -> &str {
    let words: Vec<&str> = title.split_whitespace().take(3).collect();
    let is_number =
        |word: &str| !word.is_empty() && word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    let kinds = ["chapter", "chapitre", "kapitel", "talk", "session", "teil", "partie"];
    match words.as_slice() {
        [kind, number, ..]
            if kinds.contains(&kind.to_lowercase().as_str())
                && is_number(number.trim_end_matches([':', '.', '-'])) =>
        {
            let after = title.split_once(number).map_or(title, |(_, rest)| rest);
            after.trim_start_matches([' ', ':', '-', '–', '.'])
        }
        [number, _, ..] if number.ends_with(['.', ')']) && is_number(number.trim_end_matches(['.', ')'])) => {
            title.split_once(' ').map_or(title, |(_, rest)| rest)
        }
        _ => title,
    }
}

/// Tells whether a text can be the title of a talk.
pub(super) fn is_title(title: &str) -> bool {
    let length = title.chars().count();
    let is_generic = NO_TITLES.contains(&format!("|{}|", folded(title)));
    let is_url = title.contains("://");
    (4..=200).contains(&length) && !is_generic && !is_url && title.contains(char::is_alphabetic)
}

/// Tells whether a text speaks about a talk: `Ann's talk on the schedule`.
fn speaks_about(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_short = words(&lower).count() < 2;
    is_short
        || words(&lower).any(|word| ABOUT.contains(&word))
        || lower.contains("'s talk")
        || lower.contains("’s talk")
}

/// Reads `Title -- Ann Lee (Quux) & Bob Ray (Foo)`, without links.
fn bare(block: &Block, text: &Plain) -> Option<ProposedTalk> {
    if !text.links.is_empty() {
        return None;
    }
    let line = talk_meta::one_line(block);
    let (head, tail) = [" -- ", " – ", " — ", " - "].iter().find_map(|dash| line.rsplit_once(dash))?;
    let speakers = people(tail).filter(|_| tail.ends_with(')'))?;
    let title = clean(head);
    let is_sound = is_title(&title) && words(&title).count() >= 2;
    is_sound.then(|| ProposedTalk { title, speakers, line: block.line, ..ProposedTalk::default() })
}

/// Reads titles in italics or quotation marks that link talks in running text.
pub(super) fn inline(block: &Block, programme: &Programme) -> Vec<ProposedTalk> {
    let text = plain(&block.text);
    let links = text.links.iter().filter(|link| link.is_emphasised && programme.has(&link.url));
    let talk = |link: &Link| {
        let title = clean(&text.link_text(link));
        let url = Some(link.url.clone());
        is_title(&title).then(|| ProposedTalk {
            title,
            url,
            line: block.line_at(link.start),
            ..ProposedTalk::default()
        })
    };
    links.filter_map(talk).collect()
}

#[cfg(test)]
#[path = "talk_rows_tests.rs"]
mod tests;
