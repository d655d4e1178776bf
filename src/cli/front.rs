//! Puts keys into the front matter of a post, and leaves the rest as it is.
//!
//! What is added comes as YAML and is written in the language of the post: YAML, or TOML, which is what Hugo's own
//! archetypes have. A post without front matter gets some. JSON is refused: nobody writes it by hand.

use std::io::Write as _;
use std::path::Path;

use hallway::data::Format;
use hallway::diag::{Diagnostic, Location};
use hallway::output::write_new;
use hallway::page::split;
use hallway::source;

use super::front_toml;

/// Writes data on stdout; whoever closed the pipe has seen enough.
pub(crate) fn hand_out(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

const HINT: &str = "put what is written where it belongs";

/// Returns what is added to a post in the language of its front matter, to be shown.
pub(crate) fn in_language_of(text: &str, yaml: &str) -> String {
    match split(text).0.format {
        Format::Toml => front_toml::from_yaml(yaml).map_or_else(|_| yaml.to_owned(), |toml| toml.to_string()),
        Format::Yaml | Format::Json => yaml.to_owned(),
    }
}

/// Adds the keys of `yaml`, which must not be there yet, to the front matter.
///
/// # Errors
/// The file cannot be read or written, its front matter is JSON or cannot be read, or it has one of the keys.
pub(crate) fn insert(post: &Path, yaml: &str) -> Result<(), Diagnostic> {
    let path = post.display().to_string();
    let text = source::read_named(post, &path)?;
    let whole = with(&text, yaml)
        .map_err(|message| Diagnostic::error("schedule-post", message).at(Location::file(path)).hint(HINT))?;
    let name = post.file_name().unwrap_or_default().to_string_lossy();
    let folder = post.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    write_new(folder, &name, &whole, true)
}

/// Returns the text of a post with more front matter, or why that cannot be.
fn with(text: &str, yaml: &str) -> Result<String, String> {
    let (bom, text) = text.split_at(text.len() - text.trim_start_matches('\u{FEFF}').len());
    let (parts, unclosed) = split(text);
    if unclosed.is_some() {
        return Err("the front matter of this post has no end".to_owned());
    }
    let break_line = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\n', break_line);
    if parts.body_start == 0 {
        return Ok(format!("{bom}{}{text}", lines(&format!("---\n{yaml}---\n\n"))));
    }
    let start = parts.front.as_ptr() as usize - text.as_ptr() as usize;
    let (before, after) = (&text[..start], &text[start + parts.front.len()..]);
    let front = match parts.format {
        Format::Json => return Err("the front matter of this post is JSON".to_owned()),
        Format::Toml => lines(&front_toml::with(parts.front, yaml)?),
        Format::Yaml => {
            if let Some(key) = keys(yaml).into_iter().find(|key| keys(parts.front).contains(key)) {
                return Err(format!("this post has `{key}` already"));
            }
            let gap = if parts.front.is_empty() || parts.front.ends_with('\n') { "" } else { break_line };
            format!("{}{gap}{}", parts.front, lines(yaml))
        }
    };
    Ok(format!("{bom}{before}{front}{after}"))
}

/// Returns the keys at the outermost level of some YAML, lower case.
fn keys(yaml: &str) -> Vec<String> {
    let own = yaml.lines().filter(|line| line.starts_with(char::is_alphabetic));
    own.filter_map(|line| Some(line.split_once(':')?.0.trim_end().to_lowercase())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDED: &str = "event:\n  name: Corridor Conf\n  edition: 2026\n  start: 2026-02-02\ntalks:\n  - title: \"a: b\"\n    \
        speakers: [Ann Lee]\n    time: \"09:30\"\ncanonical: https://a.example/\n";

    #[test]
    fn toml_keeps_what_is_written_and_gets_tables_below_it() {
        let post = "+++\r\ntitle = 'Day'   # mine\r\n[params]\r\nx = 1\r\n+++\r\nText.\r\n";
        let expected = "+++\ntitle = 'Day'   # mine\ncanonical = \"https://a.example/\"\n[params]\nx = 1\n\n[event]\n\
            name = \"Corridor Conf\"\nedition = 2026\nstart = 2026-02-02\n\n[[talks]]\ntitle = \"a: b\"\n\
            speakers = [\"Ann Lee\"]\ntime = \"09:30\"\n+++\nText.\n";
        assert_eq!(with(post, ADDED).unwrap(), expected.replace('\n', "\r\n"));
        assert_eq!(with("+++\nEvent = 'x'\n+++\n", ADDED).unwrap_err(), "this post has `event` already");
        assert!(with("+++\nevent = \n+++\n", ADDED).is_err());
    }

    #[test]
    fn yaml_is_added_below_what_is_there() {
        assert_eq!(
            with("---\r\ntitle: Day\r\n---\r\nText.", "canonical: x\n").unwrap(),
            "---\r\ntitle: Day\r\ncanonical: x\r\n---\r\nText."
        );
        assert_eq!(with("---\n---\nText.", "canonical: x\n").unwrap(), "---\ncanonical: x\n---\nText.");
        assert!(with("---\nCanonical: y\n---\n", "canonical: x\n").is_err());
        assert!(with("---\ntitle: y\n", "canonical: x\n").is_err());
    }

    #[test]
    fn a_text_alone_gets_front_matter_and_json_is_left_alone() {
        let added = "canonical: x\n";
        assert_eq!(with("Text.\n", added).unwrap(), "---\ncanonical: x\n---\n\nText.\n");
        assert_eq!(with("\u{FEFF}Text.\n", added).unwrap(), "\u{FEFF}---\ncanonical: x\n---\n\nText.\n");
        assert!(with("{\"title\": \"x\"}\nText.\n", added).is_err());
        assert!(with("{\"title\": \"x\"\nText.\n", added).is_err());
    }
}
