//! Turns an existing report into a proposal: `event:`, `talks:`, `syndication:` that say what its text already shows.
//!
//! Every value comes with the line that shows it. What is not sure is left out: an author forgives a missing value
//! sooner than a wrong one. Does not read or write files, does not guess from a list of known events, and proposes
//! nothing that the front matter already says.

mod blocks;
mod dates;
mod elsewhere;
mod labels;
mod links;
mod months;
mod name;
mod people;
mod place;
mod signs;
mod site;
mod subject;
mod talk_meta;
mod talk_rows;
mod talks;
mod when;
mod words;
mod yaml;

#[cfg(test)]
mod lift_tests;
#[cfg(test)]
mod random_tests;

use jiff::civil::Date;

pub use yaml::to_yaml;

/// A post as it lies there, with what its front matter already says.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// The title.
    pub title: &'a str,
    /// The description, or nothing.
    pub description: &'a str,
    /// The day of publication.
    pub date: Option<Date>,
    /// Tags, categories and keywords.
    pub tags: &'a [String],
    /// The keys of the front matter, as written: nothing is proposed for a key that is there.
    pub front_keys: &'a [String],
    /// Markdown with shortcodes, without the front matter.
    pub body: &'a str,
    /// The line of the file on which `body` begins, from 1.
    pub body_first_line: usize,
}

/// What is known of places, from tables that the caller has.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer {
    /// Whether a name is that of a city.
    pub is_city: fn(&str) -> bool,
    /// Whether a name or a code is that of a country.
    pub is_country: fn(&str) -> bool,
}

/// Where in a post something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The title.
    Title,
    /// The description.
    Description,
    /// A line of the file, from 1.
    Line(usize),
}

/// Why a value is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The key, as a path: `event.city`, `talks[2].slides`.
    pub key: String,
    /// The value, as text.
    pub value: String,
    /// Where it is shown.
    pub at: At,
    /// What shows it, in words for the author: lower case, no full stop.
    pub why: String,
}

/// An event that the post is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposedEvent {
    /// The name without the edition, as written.
    pub name: String,
    /// The edition: `2024`, `EU 2024`, `October 2013`.
    pub edition: Option<String>,
    /// The first day.
    pub start: Option<Date>,
    /// The last day, where it is another one.
    pub end: Option<Date>,
    /// The city, as written.
    pub city: Option<String>,
    /// The country, as written.
    pub country: Option<String>,
    /// The venue, as written.
    pub venue: Option<String>,
    /// The event's own site.
    pub url: Option<String>,
    /// The programme.
    pub schedule: Option<String>,
}

/// A talk that the post lists or reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposedTalk {
    /// The title, without markup.
    pub title: String,
    /// The speakers, without their companies; empty where they are not sure.
    pub speakers: Vec<String>,
    /// The day.
    pub date: Option<Date>,
    /// The time of day, `09:30` or `09:30-10:20`.
    pub time: Option<String>,
    /// The room.
    pub room: Option<String>,
    /// The page of the talk.
    pub url: Option<String>,
    /// The slides.
    pub slides: Option<String>,
    /// The recording: an address, or the id of a YouTube shortcode.
    pub video: Option<String>,
    /// The line of the file that names the talk, from 1.
    pub line: usize,
}

/// All that a post's text shows and its front matter does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The event.
    pub event: Option<ProposedEvent>,
    /// The talks, in the order of the text.
    pub talks: Vec<ProposedTalk>,
    /// Where else the post was published.
    pub syndication: Vec<String>,
    /// Where the post was published first.
    pub canonical: Option<String>,
    /// The reasons, in the order of the keys.
    pub evidence: Vec<Evidence>,
}

impl Proposal {
    /// Tells whether nothing is proposed.
    pub fn is_empty(&self) -> bool {
        self.event.is_none()
            && self.talks.is_empty()
            && self.syndication.is_empty()
            && self.canonical.is_none()
    }
}

/// Keys that say which event a post is about, in the vocabularies in use.
const EVENT_KEYS: [&str; 6] = ["event", "events", "conference", "event_url", "eventurl", "eventdate"];
/// Keys that say where a post was published first.
const CANONICAL_KEYS: [&str; 5] =
    ["canonical", "canonical_url", "canonicalurl", "crosspost_url", "canonical-url"];

/// The longest title and description that are read to their end, in bytes.
const LONGEST_HEAD: usize = 2000;

/// Proposes front matter for a post.
///
/// Talks are proposed only where the post is about an event: elsewhere a list of them is an announcement of many.
pub fn propose(post: &Post<'_>, places: &Gazetteer) -> Proposal {
    // Longer ones are mistakes, and would take their time.
    let post = &Post {
        title: blocks::cut(post.title, LONGEST_HEAD),
        description: blocks::cut(post.description, LONGEST_HEAD),
        ..*post
    };
    let blocks = blocks::read(post.body, post.body_first_line);
    let mut proposal = Proposal::default();
    if let Some(subject) = subject::find(post, &blocks) {
        let mut evidence = Vec::new();
        let event = subject::event(post, &blocks, &subject, places, &mut evidence);
        let said = EVENT_KEYS.iter().any(|key| has_key(post, key));
        if !said {
            proposal.evidence.append(&mut evidence);
            proposal.event = Some(event);
        }
        if !has_key(post, "talks") {
            proposal.talks = talks::find(&blocks, &subject);
            proposal.evidence.extend(talks::evidence(&proposal.talks));
        }
    }
    if !has_key(post, "syndication") {
        let found = elsewhere::syndication(&blocks);
        proposal.evidence.extend(found.iter().map(|(url, line)| elsewhere::also(url, *line)));
        proposal.syndication = found.into_iter().map(|(url, _)| url).collect();
    }
    if !CANONICAL_KEYS.iter().any(|key| has_key(post, key))
        && let Some((url, line)) = elsewhere::canonical(&blocks)
    {
        proposal.evidence.push(elsewhere::first(&url, line));
        proposal.canonical = Some(url);
    }
    proposal
}

/// Tells whether the front matter has a key, in any case.
fn has_key(post: &Post<'_>, key: &str) -> bool {
    post.front_keys.iter().any(|known| known.eq_ignore_ascii_case(key))
}

/// Notes why a value is proposed.
fn note(evidence: &mut Vec<Evidence>, key: &str, value: &str, at: At, why: &str) {
    evidence.push(Evidence { key: key.to_owned(), value: value.to_owned(), at, why: why.to_owned() });
}
