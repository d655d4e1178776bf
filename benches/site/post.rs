//! Writes one report: front matter and about 600 words of Markdown that its number decides.
//!
//! Knows no disk and no other post, so post 7 is the same in a site of 10 posts and of 10,000.

use super::code;
use super::fill::fill;
use super::random::Random;
use super::words::{
    ADJECTIVES, CITIES, EVENTS, FAMILY_NAMES, FIRST_NAMES, HEADINGS, ITEMS, NOUNS, SENTENCES, SUBJECTS, TAGS,
    TECHNOLOGIES, VERBS,
};

/// One report, ready to be written.
pub(crate) struct Post {
    /// Folder of the bundle, below `content/blog/`.
    pub(crate) folder: String,
    /// The whole text of its `index.md`.
    pub(crate) text: String,
}

/// Writes report `number`; with `photo` it shows the picture of its bundle whose name holds `hall`.
pub(crate) fn post(number: usize, photo: bool) -> Post {
    let mut random = Random::new(number as u64);
    let year = random.within(2012..=2025);
    let (event, city) = (random.pick(EVENTS), random.pick(CITIES));
    let front_matter = front_matter(number, year, &format!("{event} {city} {year}"), &mut random);
    let body = body(number, photo, &mut random);
    let folder = format!("{number:05}-{}-{year}", event.to_lowercase().replace(" & ", "-").replace(' ', "-"));
    Post { folder, text: front_matter + &body }
}

/// The keys that reports have: a title that no other post has (it makes the URL), a date, tags, often more.
fn front_matter(number: usize, year: usize, event: &str, random: &mut Random) -> String {
    let (month, day) = (random.within(1..=12), random.within(1..=28));
    let (hour, minute) = (random.within(7..=22), random.within(0..=59));
    let subject = random.pick(SUBJECTS);
    let mut text = format!("---\ntitle: \"{event}: {subject}, report {number}\"\n");
    text += &format!("date: {year}-{month:02}-{day:02}T{hour:02}:{minute:02}:00+01:00\n");
    text +=
        &format!("description: {}\n", quoted(&prose("Notes from a @a day in @c, mostly about @t.", random)));
    let first = random.within(0..=TAGS.len() - 1);
    let (second, third) = (first + random.within(1..=20), first + random.within(21..=40));
    let tags = [first, second, third].map(|index| TAGS[index % TAGS.len()]);
    text += &match random.chance(50) {
        true => format!("tags: [{}]\n", tags.join(", ")),
        false => format!("tags:\n- {}\n", tags.join("\n- ")),
    };
    if random.chance(40) {
        text += &prose("author: @p\n", random);
    }
    if random.chance(25) {
        text += &format!("slug: report-{number}-{}\n", random.pick(NOUNS));
    }
    text + "---\n\n"
}

/// Returns `text` as a YAML string.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// An introduction and 4 to 6 headed parts; each part has one more element than plain paragraphs.
fn body(number: usize, photo: bool, random: &mut Random) -> String {
    const WORDS: usize = 600;
    let parts = random.within(4..=6);
    let code_part = random.within(0..=parts - 1);
    let mut text = paragraph(3, random);
    if photo {
        text +=
            &prose("{{< imgproc hall Resize \"1200x\" >}}\n@p on stage in @c\n{{< /imgproc >}}\n\n", random);
    }
    for part in 0..parts {
        // A third level now and then, never as the first heading.
        let level = if part > 0 && random.chance(30) { "###" } else { "##" };
        text += &format!("{level} {}\n\n", prose(random.pick(HEADINGS), random));
        text += &paragraph(2, random);
        text += &match part {
            _ if part == code_part => code::block(number, random) + "\n",
            _ if random.chance(20) => table(random),
            _ if random.chance(20) => quote(random),
            _ => list(random),
        };
        while text.split_whitespace().count() < WORDS * (part + 1) / parts {
            text += &paragraph(random.within(1..=3), random);
        }
    }
    text + &prose("Slides of all talks: https://@h.example/@u/@n\n", random)
}

fn paragraph(sentences: usize, random: &mut Random) -> String {
    let sentences: Vec<_> = (0..sentences).map(|_| prose(random.pick(SENTENCES), random)).collect();
    // As people type it: a line for each sentence.
    sentences.join("\n") + "\n\n"
}

fn list(random: &mut Random) -> String {
    let ordered = random.chance(30);
    let mut text = String::new();
    for index in 1..=random.within(3..=5) {
        let item = prose(random.pick(ITEMS), random);
        text += &if ordered { format!("{index}. {item}\n") } else { format!("- {item}\n") };
        if !ordered && random.chance(20) {
            text += &format!("  - {}\n", prose(random.pick(ITEMS), random));
        }
    }
    text + "\n"
}

fn table(random: &mut Random) -> String {
    let mut text = "| Talk | Speaker | Minutes |\n| --- | :-- | --: |\n".to_owned();
    for _ in 0..random.within(3..=5) {
        text += &prose("| @s | @p | @n |\n", random);
    }
    text + "\n"
}

fn quote(random: &mut Random) -> String {
    prose("> @s is not about @t.\n> It is about the @o that you @v.\n>\n> -- @p\n\n", random)
}

/// Fills the holes of a sentence; the letters are those of [`SENTENCES`], and `@h` host, `@u` path.
fn prose(template: &str, random: &mut Random) -> String {
    fill(template, |letter| match letter {
        'p' => format!("{} {}", random.pick(FIRST_NAMES), random.pick(FAMILY_NAMES)),
        't' => random.pick(TECHNOLOGIES).to_owned(),
        's' => random.pick(SUBJECTS).to_owned(),
        'a' => random.pick(ADJECTIVES).to_owned(),
        'o' => random.pick(NOUNS).to_owned(),
        'v' => random.pick(VERBS).to_owned(),
        'c' => random.pick(CITIES).to_owned(),
        'h' => random.pick(TAGS).to_owned(),
        'u' => format!("{}/{}", random.pick(NOUNS), random.pick(TAGS)),
        'k' => format!("{}_{}", random.pick(NOUNS), random.pick(NOUNS)),
        'l' => link(random),
        _ => random.within(2..=998).to_string(),
    })
}

/// A link of one of the kinds that people write: with a text, or bare.
fn link(random: &mut Random) -> String {
    let template = random.pick(&[
        "[the page of @p](https://@h.example/@u)",
        "[@s](https://@h.example/talks/@n \"@s\")",
        "https://@h.example/@u?year=@n",
        "[their @o](/tags/@h/)",
    ]);
    prose(template, random)
}
