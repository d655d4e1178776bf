//! Fills in an archetype: the text that new pages of a kind begin with.
//!
//! Ours have `{{ title }}`, `{{ date }}`, `{{ slug }}` and the like; of Hugo's Go templates the forms that archetypes are
//! written in are understood, and nothing else: no conditions, no loops, no files.

use jiff::Zoned;

use crate::data::Format;
use crate::date::{format_go, rfc3339};
use crate::diag::{Diagnostic, Location};
use crate::text::title_case;

/// What can be filled in.
#[derive(Debug, Clone)]
pub struct Values {
    /// Title as the author gave it.
    pub title: String,
    /// Name of the folder or file, without an extension.
    pub name: String,
    /// Kind or section.
    pub kind: String,
    /// Now, in the zone of the site.
    pub date: Zoned,
    /// Title of the site.
    pub site_title: String,
    /// Where the site is published.
    pub base_url: String,
}

/// Fills in an archetype that was read from `path`.
///
/// # Errors
/// `archetype-syntax`, at its place: `{{` without `}}`, or something between them that cannot be filled in.
pub fn fill(path: &str, text: &str, values: &Values) -> Result<String, Diagnostic> {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        let offset = text.len() - after.len() - 2;
        let fault = |message: String| {
            Diagnostic::error("archetype-syntax", message).at(Location::offset(path, text, offset)).hint(HINT)
        };
        let Some((inside, behind)) = after.split_once("}}") else {
            return Err(fault("`{{` without `}}`".to_owned()));
        };
        let expression = inside.trim_start_matches('-').trim_end_matches('-').trim();
        filled.push_str(if inside.starts_with('-') { before.trim_end() } else { before });
        let value = evaluate(expression, values)
            .ok_or_else(|| fault(format!("`{}` cannot be filled in", plain(expression))))?;
        filled.push_str(&quoted(&value, &filled, text));
        rest = if inside.ends_with('-') { behind.trim_start() } else { behind };
    }
    filled.push_str(rest);
    Ok(filled)
}

const HINT: &str = "`title`, `date`, `name`, `slug`, `kind`, `now.Format \"2006-01-02\"` can be, and the usual ones of Hugo's";

/// Returns the value of an expression; `None` where it is none of those that are understood.
fn evaluate(expression: &str, values: &Values) -> Option<String> {
    if expression.starts_with("/*") {
        return Some(String::new());
    }
    // However Hugo's archetypes make a title of the name: the author gave the title itself.
    let asks_for_name = NAMES.iter().any(|name| expression.contains(name));
    let stages: Vec<Vec<Word>> = expression.split('|').map(words).collect::<Option<_>>()?;
    let titles = ["title", "humanize", "strings.Title"];
    let makes_title = stages
        .iter()
        .any(|stage| matches!(stage.first(), Some(Word::Name(name)) if titles.contains(&name.as_str())));
    if asks_for_name && makes_title {
        return Some(values.title.clone());
    }
    let mut result: Option<String> = None;
    for stage in &stages {
        result = Some(stage_value(stage, result, values)?);
    }
    result
}

const NAMES: [&str; 5] = [
    ".Name",
    ".File.ContentBaseName",
    ".File.BaseFileName",
    ".File.TranslationBaseName",
    ".TranslationBaseName",
];

/// A word of an expression.
#[derive(Debug, PartialEq, Eq)]
enum Word {
    Name(String),
    Text(String),
}

fn words(stage: &str) -> Option<Vec<Word>> {
    let (mut words, mut rest) = (Vec::new(), stage.trim());
    while !rest.is_empty() {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '`' | '\''));
        if let Some(quote) = quote {
            let (text, after) = rest.get(1..)?.split_once(quote)?;
            words.push(Word::Text(text.to_owned()));
            rest = after.trim_start();
        } else {
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            words.push(Word::Name(name.trim_matches(['(', ')']).to_owned()));
            rest = after.trim_start();
        }
    }
    Some(words)
}

fn stage_value(stage: &[Word], piped: Option<String>, values: &Values) -> Option<String> {
    let Some((Word::Name(name), arguments)) = stage.split_first() else {
        return match (stage, piped) {
            ([Word::Text(text)], None) => Some(text.clone()),
            _ => None,
        };
    };
    let texts = || {
        let given = arguments.iter().map(|word| match word {
            Word::Text(text) => Some(text.clone()),
            Word::Name(name) => value(name, values),
        });
        given.chain(piped.clone().map(Some)).collect::<Option<Vec<String>>>()
    };
    match name.as_str() {
        "replace" | "strings.Replace" => match texts()?.as_slice() {
            [text, old, new] => Some(text.replace(old.as_str(), new)),
            _ => None,
        },
        "title" | "strings.Title" if !texts()?.is_empty() => Some(title_case(texts()?.first()?)),
        "lower" | "strings.ToLower" => Some(texts()?.first()?.to_lowercase()),
        "upper" | "strings.ToUpper" => Some(texts()?.first()?.to_uppercase()),
        "humanize" | "urlize" | "safeHTML" | "plainify" => texts()?.into_iter().next(),
        "dateFormat" | "time.Format" | "now.Format" | "time.Now.Format" | ".Date.Format" => {
            match arguments.first()? {
                Word::Text(layout) => Some(format_go(layout, &values.date)),
                Word::Name(_) => None,
            }
        }
        _ if arguments.is_empty() && piped.is_none() => value(name, values),
        _ => None,
    }
}

fn value(name: &str, values: &Values) -> Option<String> {
    Some(match name {
        "title" | ".Title" => values.title.clone(),
        "date" => values.date.strftime("%Y-%m-%d").to_string(),
        ".Date" | "now" => rfc3339(&values.date),
        "year" | "now.Year" | ".Date.Year" => values.date.year().to_string(),
        "kind" | "section" | ".Type" | ".Section" => values.kind.clone(),
        "site_title" | ".Site.Title" | "site.Title" => values.site_title.clone(),
        "base_url" | ".Site.BaseURL" | "site.BaseURL" => values.base_url.clone(),
        "name" | "slug" => values.name.clone(),
        name if NAMES.contains(&name) => values.name.clone(),
        _ => return None,
    })
}

/// Writes a value so that it stays one: as the quotes around it want it, and in quotes of its own in front matter where
/// there are none and it needs some.
fn quoted(value: &str, before: &str, archetype: &str) -> String {
    let format = match archetype.trim_start().get(..3) {
        Some("---") => Format::Yaml,
        Some("+++") => Format::Toml,
        _ => return value.to_owned(),
    };
    let fence = if format == Format::Yaml { "\n---" } else { "\n+++" };
    if before.contains(fence) {
        return value.to_owned();
    }
    let line = before.rsplit('\n').next().unwrap_or_default();
    match (line.chars().last(), format) {
        (Some('"'), _) => value.replace('\\', "\\\\").replace('"', "\\\""),
        (Some('\''), Format::Yaml) => value.replace('\'', "''"),
        // A literal text of TOML has no way to write this mark.
        (Some('\''), _) => value.replace('\'', "’"),
        (_, Format::Yaml) if line.trim_end().ends_with(':') => yaml_scalar(value),
        _ => value.to_owned(),
    }
}

/// Writes a text as a YAML value: in quotes where it would be something else without them.
pub(super) fn yaml_scalar(text: &str) -> String {
    let is_day = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains('-') && !text.contains(' ');
    let is_plain = text.starts_with(char::is_alphabetic)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !text.chars().any(char::is_control);
    let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if is_day || is_plain && !is_word.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// Drops what could steer a terminal, and cuts what is long.
fn plain(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values {
            title: "Build: a \"quiet\" day".to_owned(),
            name: "build-a-quiet-day".to_owned(),
            kind: "post".to_owned(),
            date: "2026-02-03T09:05:00+01:00[+01:00]".parse().unwrap(),
            site_title: "Hallway".to_owned(),
            base_url: "https://example.org/".to_owned(),
        }
    }

    #[test]
    fn what_archetypes_are_written_with_is_filled_in() {
        for (archetype, expected) in [
            ("{{ title }}", "Build: a \"quiet\" day"),
            ("{{ .Name }} {{.File.ContentBaseName}}", "build-a-quiet-day build-a-quiet-day"),
            ("{{ replace .Name \"-\" \" \" | title }}", "Build: a \"quiet\" day"),
            ("{{ replace .File.ContentBaseName `-` ` ` | title }}", "Build: a \"quiet\" day"),
            ("{{ replace .Name \"-\" \"_\" }}", "build_a_quiet_day"),
            ("{{ .Date }}", "2026-02-03T09:05:00+01:00"),
            ("{{ now.Format \"2006/01\" }} {{ dateFormat \"Jan 2\" .Date }}", "2026/02 Feb 3"),
            ("a {{- /* note */ -}} b", "ab"),
            ("{{ .Type | upper }}", "POST"),
            (
                "---\ntitle: {{ title }}\n---\n{{ title }}",
                "---\ntitle: \"Build: a \\\"quiet\\\" day\"\n---\nBuild: a \"quiet\" day",
            ),
            (
                "---\ntitle: \"{{ title }}\"\ndate: {{ date }}\n---\n",
                "---\ntitle: \"Build: a \\\"quiet\\\" day\"\ndate: 2026-02-03\n---\n",
            ),
            ("+++\ntitle = '{{ title }}'\n+++\n", "+++\ntitle = 'Build: a \"quiet\" day'\n+++\n"),
        ] {
            assert_eq!(fill("a.md", archetype, &values()).as_deref(), Ok(expected), "{archetype}");
        }
    }

    #[test]
    fn what_cannot_be_filled_in_is_told_with_its_place() {
        for (archetype, message) in [
            ("a\n {{ if .Name }}x{{ end }}", "`if .Name` cannot be filled in"),
            ("a\n {{ title", "`{{` without `}}`"),
            ("a\n {{ range \"x }}", "`range \"x` cannot be filled in"),
            ("a\n {{ }}", "`` cannot be filled in"),
        ] {
            let problem = fill("archetypes/post.md", archetype, &values()).unwrap_err();
            assert_eq!(problem.message, message);
            assert_eq!(problem.at.unwrap().to_string(), "archetypes/post.md:2:2", "{archetype}");
        }
    }
}
