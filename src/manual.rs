//! Turns the two pages of the manual about messages into what each message means, in short and at length.
//!
//! The pages are in the program, so an explanation needs no network, and a text has one home. `content/docs/diagnostics.md`
//! lists all messages in tables; `content/docs/messages.md` has a heading for each with paragraphs and examples below it.
//! Reads no other Markdown than these pages have, and does not know who raises a message.

/// The page with the tables.
const TABLES: &str = include_str!("../content/docs/diagnostics.md");

/// The page with the long texts.
const TEXTS: &str = include_str!("../content/docs/messages.md");

/// One message as the tables have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Name of the message, such as `image-not-found`.
    pub code: &'static str,
    /// Heading of the table that lists it.
    pub group: &'static str,
    /// What it means, as Markdown in one line; several messages may share it.
    pub meaning: &'static str,
}

/// A part of a long text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph in one line, with its backticks.
    Paragraph(String),
    /// The lines of an example.
    Example(Vec<String>),
}

/// Returns all messages in the order of the tables.
pub fn entries() -> Vec<Entry> {
    let (mut entries, mut group) = (Vec::new(), "");
    for line in TABLES.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            group = heading.trim();
        }
        let Some((codes, meaning)) = line.strip_prefix("| `").and_then(|row| row.split_once("` | ")) else {
            continue;
        };
        let meaning = meaning.trim_end().trim_end_matches('|').trim_end();
        entries.extend(codes.split("`, `").map(|code| Entry { code, group, meaning }));
    }
    entries
}

/// Returns the long text of a message, which is empty where there is none.
pub fn explanation(code: &str) -> Vec<Passage> {
    let section = sections(TEXTS).into_iter().find(|section| section.codes.contains(&code));
    section.map(|section| passages(&section.lines)).unwrap_or_default()
}

/// Returns passages as text: paragraphs of lines of at most `columns` characters, examples indented by four spaces, a
/// blank line between them.
pub fn plain_text(passages: &[Passage], columns: usize) -> String {
    let block = |passage: &Passage| match passage {
        Passage::Paragraph(text) => wrapped(text, columns),
        Passage::Example(lines) => {
            let indent = |line: &String| if line.is_empty() { String::new() } else { format!("    {line}") };
            lines.iter().map(indent).collect::<Vec<_>>().join("\n")
        }
    };
    passages.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// Returns passages as Markdown for programs that show it.
pub fn markdown(passages: &[Passage]) -> String {
    let block = |passage: &Passage| match passage {
        Passage::Paragraph(text) => text.clone(),
        Passage::Example(lines) => format!("```text\n{}\n```", lines.join("\n")),
    };
    passages.iter().map(block).collect::<Vec<_>>().join("\n\n")
}

/// Returns a text of one line without the addresses of links, and with shortcodes as an author writes them.
pub fn plain(markdown: &str) -> String {
    unescaped(&without_links(markdown))
}

/// What stands below one heading.
struct Section<'a> {
    codes: Vec<&'a str>,
    lines: Vec<&'a str>,
}

/// Takes a page apart at its headings; what looks like one in an example is none.
fn sections(page: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut is_example = false;
    for line in page.lines() {
        is_example ^= is_fence(line);
        if let Some(heading) = line.strip_prefix("## ").filter(|_| !is_example) {
            let codes = heading.split(", ").map(|code| code.trim().trim_matches('`')).collect();
            sections.push(Section { codes, lines: Vec::new() });
        } else if let Some(section) = sections.last_mut() {
            section.lines.push(line);
        }
    }
    sections
}

fn is_fence(line: &str) -> bool {
    line.starts_with("```")
}

fn passages(lines: &[&str]) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut example: Option<Vec<String>> = None;
    for line in lines.iter().copied().chain([""]) {
        match (&mut example, is_fence(line)) {
            (Some(_), true) => passages.extend(example.take().map(Passage::Example)),
            (Some(shown), false) => shown.push(unescaped(line)),
            (None, is_fence) if is_fence || line.is_empty() => {
                if !paragraph.is_empty() {
                    passages.push(Passage::Paragraph(plain(&paragraph.join(" "))));
                    paragraph.clear();
                }
                example = is_fence.then(Vec::new);
            }
            (None, _) => paragraph.push(line),
        }
    }
    passages
}

/// Shows shortcodes that a page escapes, so that they are not run, as they are meant.
fn unescaped(text: &str) -> String {
    [("{{</*", "{{<"), ("*/>}}", ">}}"), ("{{%/*", "{{%"), ("*/%}}", "%}}")]
        .iter()
        .fold(text.to_owned(), |text, (written, meant)| text.replace(written, meant))
}

/// Leaves the words of links, whose addresses mean nothing outside of the manual; code stays as it is.
fn without_links(text: &str) -> String {
    let outside_of_code = |(index, part): (usize, &str)| match index % 2 {
        0 => link_words(part),
        _ => format!("`{part}`"),
    };
    text.split('`').enumerate().map(outside_of_code).collect()
}

fn link_words(text: &str) -> String {
    let (mut shown, mut rest) = (String::new(), text);
    while let Some((before, link)) = rest.split_once('[') {
        shown.push_str(before);
        let words = link.split_once("](");
        let parts = words.and_then(|(words, behind)| Some((words, behind.split_once(')')?.1)));
        match parts {
            Some((words, behind)) => {
                shown.push_str(words);
                rest = behind;
            }
            None => {
                shown.push('[');
                rest = link;
            }
        }
    }
    shown + rest
}

/// Breaks a text between words.
fn wrapped(text: &str, columns: usize) -> String {
    let (mut lines, mut width) = (String::new(), 0);
    for word in text.split_whitespace() {
        let more = word.chars().count();
        if width > 0 && width + 1 + more > columns {
            lines.push('\n');
            width = 0;
        } else if width > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += more;
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Fewest words of a long text, its example not counted.
    const WORDS_MIN: usize = 25;

    #[test]
    fn the_tables_are_read_whole() {
        let found = entries();
        assert!(found.len() > 100, "only {} messages were found", found.len());
        for entry in &found {
            let is_code = entry.code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(is_code && !entry.group.is_empty() && entry.meaning.len() > 10, "{entry:?}");
        }
        let once: BTreeSet<&str> = found.iter().map(|entry| entry.code).collect();
        assert_eq!(once.len(), found.len(), "a message is listed twice");
    }

    #[test]
    fn both_pages_have_the_same_messages_in_one_order() {
        let listed: Vec<&str> = entries().iter().map(|entry| entry.code).collect();
        let told: Vec<&str> = sections(TEXTS).into_iter().flat_map(|section| section.codes).collect();
        let only = |some: &[&str], other: &[&str]| -> Vec<String> {
            some.iter().filter(|code| !other.contains(code)).map(|code| (*code).to_owned()).collect()
        };
        assert_eq!(only(&listed, &told), [""; 0], "messages.md lacks these");
        assert_eq!(only(&told, &listed), [""; 0], "diagnostics.md lacks these");
        assert_eq!(told, listed);
    }

    #[test]
    fn every_message_has_a_text_and_an_example() {
        for Entry { code, .. } in entries() {
            let found = explanation(code);
            let words = |passage: &Passage| match passage {
                Passage::Paragraph(text) => text.split_whitespace().count(),
                Passage::Example(_) => 0,
            };
            let words: usize = found.iter().map(words).sum();
            assert!(words >= WORDS_MIN, "`{code}` has {words} words");
            let has_example =
                found.iter().any(|passage| matches!(passage, Passage::Example(lines) if !lines.is_empty()));
            assert!(has_example, "`{code}` has no example");
        }
    }

    #[test]
    fn no_text_has_markdown_that_a_terminal_would_show_as_it_is() {
        for Entry { code, meaning, .. } in entries() {
            assert!(!plain(meaning).contains("]("), "{code}");
            let text = plain_text(&explanation(code), usize::MAX);
            for sign in ["{{</*", "*/>}}", "{{%/*", "*/%}}", "```", ".md)"] {
                assert!(!text.contains(sign), "`{code}` shows {sign}");
            }
            let has_list =
                text.lines().any(|line| ["- ", "* ", "| ", "#"].iter().any(|mark| line.starts_with(mark)));
            assert!(!has_list, "`{code}` has more than paragraphs and examples");
        }
    }

    #[test]
    fn a_section_ends_at_the_next_heading_that_is_no_example() {
        let page = "Before.\n\n## `a`, `b-c`\n\nOne\ntwo.\n\n```text\n## no heading\n\n{{</* x */>}}\n```\nThree.\n\n## `d`\n\nFour.\n";
        let found = sections(page);
        assert_eq!(
            found.iter().map(|section| section.codes.clone()).collect::<Vec<_>>(),
            [vec!["a", "b-c"], vec!["d"]]
        );
        assert_eq!(
            plain_text(&passages(&found[0].lines), 80),
            "One two.\n\n    ## no heading\n\n    {{< x >}}\n\nThree."
        );
        assert_eq!(
            markdown(&passages(&found[0].lines)),
            "One two.\n\n```text\n## no heading\n\n{{< x >}}\n```\n\nThree."
        );
    }

    #[test]
    fn links_lose_their_addresses_and_code_keeps_its_brackets() {
        for (written, shown) in [
            ("see [pictures](../pictures/#x), [posts](posts.md).", "see pictures, posts."),
            ("`[a](b)` and [c", "`[a](b)` and [c"),
            ("write `![…](…)`; see [c](d.md)", "write `![…](…)`; see c"),
        ] {
            assert_eq!(without_links(written), shown);
        }
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrapped("one two three four", 9), "one two\nthree\nfour");
        assert_eq!(wrapped("über alles", 4), "über\nalles");
        assert_eq!(wrapped("verylongword a", 4), "verylongword\na");
    }
}
