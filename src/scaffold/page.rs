//! Plans one new page: the name of its folder, its text, and the pictures that it shows.

use super::archetype::{Values, fill, yaml_scalar};
use crate::diag::Diagnostic;
use crate::event::split_edition;
use crate::media::is_pixels;
use crate::text::{PathRules, title_slug};

/// Most pictures that are shown one by one; more are a gallery.
const FIGURES_MAX: usize = 3;

/// What a new page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A post of the blog.
    Post,
    /// A report from a conference.
    Report,
    /// A conference that is to come, or was.
    Event,
    /// A talk of the author's own.
    Talk,
    /// A page beside the blog, such as one about the author.
    Page,
}

impl Kind {
    /// Returns the name, which is also that of the archetype.
    pub fn name(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Report => "report",
            Self::Event => "event",
            Self::Talk => "talk",
            Self::Page => "page",
        }
    }

    /// Returns the section that such pages are in; `None` for the one of posts, which the site decides.
    pub fn section(self) -> Option<&'static str> {
        match self {
            Self::Post | Self::Report => None,
            Self::Event => Some("events"),
            Self::Talk => Some("talks"),
            Self::Page => Some(""),
        }
    }

    fn archetype(self) -> &'static str {
        match self {
            Self::Post => "---\ntitle: {{ title }}\ndate: {{ date }}\ndescription:\ntags: []\n---\n\n",
            Self::Report => {
                "---\ntitle: {{ title }}\ndate: {{ date }}\ndescription:\ntags: []\n\
                 # event: {name: Example Conf, start: 2026-02-02, city: Lisbon}\n---\n\n"
            }
            Self::Event => {
                "---\ntitle: {{ title }}\ndate: {{ date }}\ndescription:\n\
                 event:\n  name: {{ title }}\n  start:\n  city:\n---\n\n"
            }
            Self::Talk => {
                "---\ntitle: {{ title }}\ndate: {{ date }}\ndescription:\n\
                 # event: {name: Example Conf, start: 2026-02-02, city: Lisbon}\n---\n\n"
            }
            Self::Page => "---\ntitle: {{ title }}\n---\n\n",
        }
    }
}

/// A picture of a new page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Name of the file in the page's folder.
    pub name: String,
    /// What it shows, as far as the name of the file told; empty where it is a camera's.
    pub alt: String,
}

/// A page that is to be written.
#[derive(Debug)]
pub struct NewPage<'a> {
    /// What it is.
    pub kind: Kind,
    /// The author's archetype: its path and text.
    pub archetype: Option<(&'a str, &'a str)>,
    /// What is filled in.
    pub values: &'a Values,
    /// Files that go along; those that are no pictures are not shown.
    pub pictures: &'a [Picture],
    /// Whether it is not to be published yet.
    pub is_draft: bool,
    /// What is known of the event that it is about.
    pub event: Option<&'a EventFacts>,
}

/// What the author says of an event when a page about it is begun; each as it will stand in the front matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFacts {
    /// First day.
    pub start: Option<String>,
    /// Last day.
    pub end: Option<String>,
    /// Building.
    pub venue: Option<String>,
    /// City.
    pub city: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Its own site.
    pub url: Option<String>,
}

impl EventFacts {
    /// Writes the facts as lines of front matter, under the name that a page's title has.
    fn lines(&self, title: &str) -> String {
        let (name, edition) = split_edition(title);
        let Self { start, end, venue, city, country, url } = self;
        let mut lines = format!("event:\n  {}", yaml_line("name", name));
        let edition = edition.map(str::to_owned);
        let told = [
            ("edition", &edition),
            ("start", start),
            ("end", end),
            ("venue", venue),
            ("city", city),
            ("country", country),
            ("url", url),
        ];
        for (key, value) in told {
            if let Some(value) = value {
                lines.push_str("  ");
                // Days and years are what they look like.
                let is_plain = value.chars().all(|c| c.is_ascii_digit() || c == '-');
                lines.push_str(&if is_plain { format!("{key}: {value}\n") } else { yaml_line(key, value) });
            }
        }
        lines
    }
}

/// Puts an event into front matter in YAML, in place of what the archetype says of one.
fn with_event(text: &str, event: &str) -> String {
    let mut result = String::new();
    let mut fences = 0;
    let mut is_within = false;
    for line in text.lines() {
        if line.starts_with("---") {
            fences += 1;
            if fences == 2 {
                result.push_str(event);
            }
        }
        let is_front = fences == 1;
        is_within = is_front && (line.starts_with("event:") || is_within && line.starts_with([' ', '\t']));
        if !(is_within || is_front && line.starts_with("# event:")) {
            result.push_str(line);
            result.push('\n');
        }
    }
    result
}

/// Returns the text of a new page.
///
/// # Errors
/// `archetype-syntax`.
pub fn page_text(page: &NewPage<'_>) -> Result<String, Diagnostic> {
    let (path, text) = page.archetype.unwrap_or(("archetype", page.kind.archetype()));
    let mut filled = fill(path, text, page.values)?;
    let has_draft = filled.lines().any(|line| line.starts_with("draft"));
    if page.is_draft && !has_draft {
        let (fence, line) =
            if filled.starts_with("+++") { ("+++", "draft = true\n") } else { ("---", "draft: true\n") };
        if let Some(end) = filled.strip_prefix(fence).and_then(|rest| rest.find(&format!("\n{fence}"))) {
            filled.insert_str(fence.len() + end + 1, line);
        }
    }
    if let Some(event) = page.event.filter(|_| filled.starts_with("---")) {
        filled = with_event(&filled, &event.lines(&page.values.title));
    }
    let shown: Vec<&Picture> = page.pictures.iter().filter(|picture| is_pixels(&picture.name)).collect();
    if !shown.is_empty() {
        if !filled.ends_with("\n\n") {
            filled.push_str(if filled.ends_with('\n') { "\n" } else { "\n\n" });
        }
        filled.push_str(&pictures_text(&shown));
    }
    Ok(filled)
}

fn pictures_text(shown: &[&Picture]) -> String {
    if shown.len() > FIGURES_MAX {
        return "{{< gallery >}}\n".to_owned();
    }
    let figure = |picture: &&Picture| {
        let alt = if picture.alt.is_empty() { "Say what this photo shows" } else { &picture.alt };
        format!("![{}]({})\n", alt.replace(['[', ']'], ""), picture.name)
    };
    shown.iter().map(figure).collect::<Vec<_>>().join("\n")
}

/// Returns the name of a page's folder or file, made of its title; empty where that has no letter and no digit.
pub fn folder_name(title: &str) -> String {
    dashed(&title_slug(title, PathRules::default()))
}

/// Plans a file that goes along with a page: its name without what addresses do not like, and what it shows.
pub fn picture_name(file_name: &str, taken: &[Picture]) -> Picture {
    let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let extension = extension.to_lowercase();
    let stem = Some(dashed(stem)).filter(|stem| !stem.is_empty()).unwrap_or_else(|| "photo".to_owned());
    let named =
        |stem: &str| if extension.is_empty() { stem.to_owned() } else { format!("{stem}.{extension}") };
    let is_taken = |name: &str| name == "index.md" || taken.iter().any(|other| other.name == name);
    let numbered = (2..).map(|number| named(&format!("{stem}-{number}")));
    let name = std::iter::once(named(&stem)).chain(numbered).find(|name| !is_taken(name)).unwrap_or_default();
    // `IMG_2034`, `DSC00012`, `PXL_20260203` and dates are what cameras write.
    let digits = stem.chars().filter(char::is_ascii_digit).count();
    let is_camera = digits * 2 >= stem.len() || digits >= 4;
    let mut alt = if is_camera { String::new() } else { stem.replace(['-', '_'], " ") };
    if let Some(first) = alt.get(..1).map(str::to_uppercase) {
        alt.replace_range(..1, &first);
    }
    Picture { name, alt }
}

/// Keeps letters, digits and `_`; all the rest becomes single dashes.
fn dashed(text: &str) -> String {
    let mut name = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '_' {
            name.push(c);
        } else if !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_matches('-').to_owned()
}

/// Returns a list of `key: value` lines for front matter.
pub(super) fn yaml_line(key: &str, value: &str) -> String {
    format!("{key}: {}\n", yaml_scalar(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(kind: Kind, archetype: Option<(&str, &str)>, names: &[&str], is_draft: bool) -> String {
        let values = Values {
            title: "Rust: the 1st evening".to_owned(),
            name: "rust-the-1st-evening".to_owned(),
            kind: kind.name().to_owned(),
            date: "2026-02-03T09:05:00+01:00[+01:00]".parse().unwrap(),
            site_title: String::new(),
            base_url: String::new(),
        };
        let mut pictures = Vec::new();
        for name in names {
            let picture = picture_name(name, &pictures);
            pictures.push(picture);
        }
        page_text(&NewPage { kind, archetype, values: &values, pictures: &pictures, is_draft, event: None })
            .unwrap()
    }

    #[test]
    fn a_page_begins_with_its_front_matter_and_shows_its_pictures() {
        let few = text(Kind::Post, None, &["Stage Lights.JPG", "IMG_2034.jpg", "notes.pdf"], true);
        assert_eq!(
            few,
            "---\ntitle: \"Rust: the 1st evening\"\ndate: 2026-02-03\ndescription:\ntags: []\ndraft: true\n---\n\n\
             ![Stage lights](stage-lights.jpg)\n\n![Say what this photo shows](img_2034.jpg)\n"
        );
        let many = text(Kind::Report, None, &["a.jpg", "b.jpg", "c.jpg", "A.jpg"], false);
        assert!(many.ends_with("---\n\n{{< gallery >}}\n"), "{many}");
        let toml = text(Kind::Post, Some(("a.md", "+++\ntitle = \"{{ title }}\"\n+++\n")), &["a.png"], true);
        assert_eq!(toml, "+++\ntitle = \"Rust: the 1st evening\"\ndraft = true\n+++\n\n![A](a.png)\n");
    }

    #[test]
    fn an_event_takes_the_place_of_the_archetypes() {
        let event = EventFacts {
            start: Some("2026-03-23".to_owned()),
            city: Some("Amsterdam".to_owned()),
            country: Some("NO".to_owned()),
            ..EventFacts::default()
        };
        let lines = event.lines("Corridor Conf: EU 2026");
        let text =
            "---\ntitle: x\n# event: {name: A}\nevent:\n  name: B\n\tcity:\ntags: []\n---\n\nevent: no\n";
        assert_eq!(
            with_event(text, &lines),
            "---\ntitle: x\ntags: []\nevent:\n  name: \"Corridor Conf: EU\"\n  edition: 2026\n  start: 2026-03-23\n  \
             city: Amsterdam\n  country: \"NO\"\n---\n\nevent: no\n"
        );
    }

    #[test]
    fn names_are_those_of_addresses_and_each_once() {
        for (title, name) in [
            ("An evening, at the Rust meetup!", "an-evening-at-the-rust-meetup"),
            ("WASM I/O 2024: day 1", "wasm-i-o-2024-day-1"),
            ("C++ & Ça va", "c-ça-va"),
            ("../..", ""),
            ("日本の会議", "日本の会議"),
        ] {
            assert_eq!(folder_name(title), name);
        }
        let first = picture_name("Ä b.JPG", &[]);
        assert_eq!(first.name, "ä-b.jpg");
        assert_eq!(picture_name("ä b.jpg", &[first]).name, "ä-b-2.jpg");
        assert_eq!(picture_name("../index.md", &[]).name, "index-2.md");
    }
}
