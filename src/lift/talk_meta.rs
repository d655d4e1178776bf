//! Turns the lines below a talk's heading into its day, time, room, speakers and links.
//!
//! Lines that say nothing but that: `2026-02-02, 09:30-10:20, Hall 1`, `Slides: [pdf](url)`, `Presenter: Ann Lee`, a
//! player. Notes are not read.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use regex_lite::Regex;

use super::blocks::Block;
use super::dates::{Around, spans};
use super::links::{Plain, plain, squash};
use super::people::people;
use super::words::folded;

/// What the lines below a heading say about a talk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meta {
    /// The day.
    pub(super) date: Option<Date>,
    /// The time, `09:30` or `09:30-10:20`.
    pub(super) time: Option<String>,
    /// The room.
    pub(super) room: Option<String>,
    /// The speakers.
    pub(super) speakers: Vec<String>,
    /// The page of the talk.
    pub(super) url: Option<String>,
    /// The slides.
    pub(super) slides: Option<String>,
    /// The recording.
    pub(super) video: Option<String>,
    /// How many recordings there are: more than one is not that of a talk.
    videos: usize,
}

/// What a link of a talk leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Page,
    Slides,
    Video,
}

const PAGES: &str = "|link|schedulelink|session|sessionpage|sessionlink|abstract|abstractpage|talkpage|talklink|scheduleentry|schedulepage|";
const SLIDES: &str = "|slides|slide|slidedeck|slideslink|theslides|linktoslides|folien|diapos|diapositives|diapositivas|lesslides|";
const VIDEOS: &str = "|video|videos|recording|therecording|replay|vidéo|aufzeichnung|videolink|youtube|watch|watchthevideo|watchtherecording|videorecording|talkvideo|grabación|";
const SPEAKERS: &str = "|speaker|speakers|presenter|presenters|presentedby|by|intervenant|intervenants|intervenante|orateur|oratrice|sprecher|referent|referentin|referenten|ponente|ponentes|";

/// Marks that stand for `Speaker:`.
const MICROPHONES: [&str; 4] = ["🎙", "🎤", "🗣", "👤"];

/// The longest name of a room, in characters.
const LONGEST_ROOM: usize = 30;

static TIMES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let clock = r"(\d{1,2})[:.h](\d{2})\s*([aApP]\.?[mM]\.?)?";
    Regex::new(&format!(r"{clock}(?:\s*(?:-|–|—|to|bis|à)\s*{clock})?")).ok()
});

impl Meta {
    /// Tells whether a line says when the talk was.
    pub(super) fn has_time(&self) -> bool {
        self.time.is_some()
    }

    /// Tells whether a line links the talk, its slides or its recording.
    pub(super) fn has_link(&self) -> bool {
        self.url.is_some() || self.slides.is_some() || self.video.is_some()
    }
}

/// Reads what the blocks below a heading say.
pub(super) fn read(section: &[Block], around: &Around) -> Meta {
    let mut meta = Meta::default();
    for (index, block) in section.iter().enumerate() {
        let whole = plain(&block.text);
        if is_only_links(&whole) {
            for link in &whole.links {
                let text = whole.link_text(link);
                meta.set(target(&text).or_else(|| recording(&text)), &link.url);
            }
            meta.add_videos(&whole);
            continue;
        }
        // When and where stands right below the heading.
        if index < 2 && !meta.has_time() {
            meta.read_when(&whole.text, around);
        }
        for line in block.text.lines() {
            meta.read_line(&plain(line), line);
        }
    }
    if meta.videos > 1 {
        meta.video = None;
    }
    meta
}

impl Meta {
    fn set(&mut self, target: Option<Target>, url: &str) {
        let slot = match target {
            Some(Target::Page) => &mut self.url,
            Some(Target::Slides) => &mut self.slides,
            Some(Target::Video) => {
                self.videos += 1;
                &mut self.video
            }
            None => return,
        };
        slot.get_or_insert_with(|| url.to_owned());
    }

    fn add_videos(&mut self, text: &Plain) {
        for id in &text.videos {
            self.set(Some(Target::Video), id);
        }
    }

    /// Reads `Slides: [pdf](url)`, `Presenter: Ann Lee` and `🎙️ [Ann Lee](url)`.
    fn read_line(&mut self, text: &Plain, line: &str) {
        let trimmed = text.text.trim();
        if let Some(names) = MICROPHONES.iter().find_map(|mark| trimmed.strip_prefix(mark)) {
            self.speakers = people(names).unwrap_or_default();
            return;
        }
        if is_only_links(text) {
            for link in &text.links {
                self.set(target(&text.link_text(link)), &link.url);
            }
            return;
        }
        let Some((key, value)) = trimmed.split_once(':') else { return };
        let is_key = key.len() <= 30 && !key.contains("http");
        if is_key && SPEAKERS.contains(&format!("|{}|", folded(key))) && !folded(key).is_empty() {
            self.speakers = people(value.trim_end_matches('.')).unwrap_or_default();
            return;
        }
        let Some(target) = target(key).filter(|_| is_key) else { return };
        let is_bare = value_is_short(value, text);
        match (text.links.as_slice(), text.videos.as_slice()) {
            ([link], []) if is_bare => self.set(Some(target), &link.url),
            ([], [id]) if target == Target::Video && line.contains("{{") => self.set(Some(target), id),
            _ => {}
        }
    }

    /// Reads `2026-02-02, 09:30-10:20, Hall 1`.
    fn read_when(&mut self, text: &str, around: &Around) {
        let text = text.lines().next().unwrap_or("").trim();
        let parts: Vec<&str> = text.split([',', '|', '@']).map(str::trim).filter(|p| !p.is_empty()).collect();
        let mut rest = Vec::new();
        let (mut date, mut time) = (None, None);
        for part in &parts {
            if let Some((_, clean)) = times(part).filter(|(at, _)| at.len() == part.len()) {
                time = Some(clean);
            } else if let [span] = spans(part, around).as_slice()
                && span.start == span.end
                && span.at.len() + 12 >= part.len()
            {
                date = Some(span.start);
            } else {
                rest.push(*part);
            }
        }
        // Anything else on the line makes it a sentence.
        if time.is_none() || rest.len() > 1 || parts.len() > 4 {
            return;
        }
        let room = rest.first().map(|room| room.strip_prefix("Room: ").unwrap_or(room));
        if room.is_some_and(|room| room.chars().count() > LONGEST_ROOM) {
            return;
        }
        (self.date, self.time, self.room) = (date, time, room.map(str::to_owned));
    }
}

/// Tells whether the value of a label is a link and little else.
fn value_is_short(value: &str, text: &Plain) -> bool {
    let linked: usize = text.links.iter().map(|link| link.end - link.start).sum();
    value.len().saturating_sub(linked) <= 24
}

/// Tells whether a text is links and players, and nothing that can be read beside them.
fn is_only_links(text: &Plain) -> bool {
    let mut rest = String::new();
    let mut from = 0;
    for link in &text.links {
        rest.push_str(text.text.get(from..link.start).unwrap_or(""));
        from = link.end;
    }
    rest.push_str(text.text.get(from..).unwrap_or(""));
    let has_any = !text.links.is_empty() || !text.videos.is_empty();
    has_any && !rest.contains(char::is_alphanumeric) && !MICROPHONES.iter().any(|mark| rest.contains(mark))
}

fn target(text: &str) -> Option<Target> {
    let key = format!("|{}|", folded(text));
    let tables = [(PAGES, Target::Page), (SLIDES, Target::Slides), (VIDEOS, Target::Video)];
    tables.into_iter().find(|(names, _)| key.len() > 2 && names.contains(&key)).map(|(_, target)| target)
}

/// Reads the text of a link that is a line of its own: `→ see the recording (12 minutes)`.
fn recording(text: &str) -> Option<Target> {
    let lower = text.to_lowercase();
    let is_call = lower.contains("recording") || lower.contains("watch the ") || lower.contains("replay");
    (is_call && text.len() <= 80).then_some(Target::Video)
}

/// Finds a time or a range of times; returns where it stands, and `09:30-10:20`.
pub(super) fn times(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let groups = TIMES.as_ref()?.captures(text)?;
    let whole = groups.get(0)?;
    let clock = |hour: usize, noon: Option<&str>| {
        let number = |index| groups.get(index).and_then(|digits| digits.as_str().parse::<i8>().ok());
        let hours = number(hour)?;
        let hours = match noon.map(|noon| noon.to_lowercase().starts_with('p')) {
            Some(true) if hours < 12 => hours + 12,
            Some(false) if hours == 12 => 0,
            _ => hours,
        };
        Time::new(hours, number(hour + 1)?, 0, 0).ok()
    };
    let noon = |index: usize| groups.get(index).map(|noon| noon.as_str());
    let first_noon = noon(3).or_else(|| noon(6));
    let first = clock(1, first_noon)?;
    let show = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    let at = whole.start()..whole.end();
    if groups.get(4).is_none() {
        return Some((at, show(first)));
    }
    let last = clock(4, noon(6))?;
    (first < last).then(|| (at, format!("{}-{}", show(first), show(last))))
}

/// Returns one line of text from a block, without markup.
pub(super) fn one_line(block: &Block) -> String {
    squash(&plain(&block.text).text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::blocks;
    use jiff::civil::date;

    fn meta(body: &str) -> Meta {
        let around = Around { year: Some(2026), published: Some(date(2026, 2, 17)) };
        read(&blocks::read(body, 1), &around)
    }

    #[test]
    fn times_are_read_in_every_form() {
        for (text, expected) in [
            ("09:30-10:20", Some("09:30-10:20")),
            ("(9:00 - 9:35)", Some("09:00-09:35")),
            ("15.30 – 16:00", Some("15:30-16:00")),
            ("11:00am - 11:35am", Some("11:00-11:35")),
            ("1:00 - 2:30 pm", Some("13:00-14:30")),
            ("14h05", Some("14:05")),
            ("25:00", None),
            ("10:00-9:00", None),
            ("no time", None),
        ] {
            assert_eq!(times(text).map(|(_, time)| time).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_line_below_a_heading_says_when_and_where() {
        let found = meta(
            "- **2026-02-02, 09:30-10:20, Hall 1**\n  - Link: [Session](https://e.example/talk/1)\n  - Video: {{< youtube aBcDeFgHiJk >}}\n",
        );
        assert_eq!(found.date, Some(date(2026, 2, 2)));
        assert_eq!(found.time.as_deref(), Some("09:30-10:20"));
        assert_eq!(found.room.as_deref(), Some("Hall 1"));
        assert_eq!(found.url.as_deref(), Some("https://e.example/talk/1"));
        assert_eq!(found.video.as_deref(), Some("aBcDeFgHiJk"));
    }

    #[test]
    fn labels_marks_and_lone_links_say_the_rest() {
        let found = meta(
            "🎙️ [Ann Lee](https://s.example/a) et [Bob Ray](https://s.example/b)  \n📝 [Abstract](https://e.example/t) / \n🏞️ [Slides]() / \n📽️ [Replay](https://v.example/1)\n",
        );
        assert_eq!(found.speakers, ["Ann Lee", "Bob Ray"]);
        assert_eq!(found.url.as_deref(), Some("https://e.example/t"));
        assert_eq!((found.slides, found.video.as_deref()), (None, Some("https://v.example/1")));
        let found = meta(
            "Presenters: Ann Lee, Bob Ray and Cy Em.\n\nNotes.\n\n[→ see the recording (12 minutes) on\nvideo.example](https://video.example/1)\n",
        );
        assert_eq!(found.speakers, ["Ann Lee", "Bob Ray", "Cy Em"]);
        assert_eq!(found.video.as_deref(), Some("https://video.example/1"));
    }

    #[test]
    fn notes_are_not_read() {
        let found = meta(
            "- At 09:30, when I arrived, the room was full of people\n- Slides:\n  - ![a](a.jpg)\n- Video games: see [this](https://e.example) because I like them a lot\n",
        );
        assert_eq!(found, Meta::default());
    }
}
