//! Finds where a value was written, by the keys and places that lead to it.
//!
//! A search by line, not a parse: good enough to point at, never used to decide anything. What it cannot follow (a value within
//! a line of its own, a merged alias), it answers with the nearest place above.

use super::Format;

/// One step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step<'a> {
    /// The value of a key, in lower case.
    Key(&'a str),
    /// An entry of a list, counted from 0.
    Entry(usize),
}

/// Returns line and column, from 1, of the value that `steps` lead to, or of the last one on the way that was found.
pub fn position(text: &str, format: Format, steps: &[Step<'_>]) -> Option<(usize, usize)> {
    match format {
        Format::Yaml => in_yaml(text, steps),
        Format::Toml => in_toml(text, steps),
        Format::Json => None,
    }
    .or_else(|| match steps.first() {
        Some(Step::Key(key)) => super::key_position(text, format, key),
        _ => None,
    })
}

/// A line of YAML, as far as it is still to be read: where its text begins, and the text.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    number: usize,
    indent: usize,
    text: &'a str,
}

fn in_yaml(text: &str, steps: &[Step<'_>]) -> Option<(usize, usize)> {
    let written = text.lines().enumerate().filter_map(|(index, line)| {
        let content = line.trim_start();
        let is_text = !content.is_empty() && !content.starts_with('#') && line != "---";
        let indent = line.chars().count() - content.chars().count();
        is_text.then_some(Line { number: index + 1, indent, text: content })
    });
    let mut block: Vec<Line<'_>> = written.collect();
    let mut found = None;
    for step in steps {
        let Some((place, rest)) = enter(&block, *step) else { break };
        found = Some(place);
        block = rest;
    }
    found
}

/// Returns where the value of a step stands, and the lines that belong to it.
fn enter<'a>(block: &[Line<'a>], step: Step<'_>) -> Option<((usize, usize), Vec<Line<'a>>)> {
    let indent = block.first()?.indent;
    let starts = |line: &Line<'_>| line.indent == indent;
    let (at, skip) = match step {
        Step::Key(key) => {
            block.iter().enumerate().filter(|(_, line)| starts(line)).find_map(|(at, line)| {
                let (name, _) = line.text.split_once(':')?;
                let is_it = name.trim().trim_matches(['"', '\'']).eq_ignore_ascii_case(key);
                is_it.then(|| (at, value_start(line.text, name.len() + 1)))
            })?
        }
        Step::Entry(number) => {
            let is_entry =
                |line: &Line<'_>| starts(line) && (line.text == "-" || line.text.starts_with("- "));
            let (at, line) = block.iter().enumerate().filter(|(_, line)| is_entry(line)).nth(number)?;
            (at, value_start(line.text, 1))
        }
    };
    let line = block.get(at)?;
    let skipped = line.text.get(..skip).unwrap_or(line.text).chars().count();
    let mut rest: Vec<Line<'a>> = Vec::new();
    let value = line.text.get(skip..).unwrap_or("");
    if !value.is_empty() {
        rest.push(Line { number: line.number, indent: indent + skipped, text: value });
    }
    // A list may stand as far to the left as the key that it belongs to.
    let in_list = matches!(step, Step::Key(_)) && value.is_empty();
    let belongs =
        |line: &&Line<'_>| line.indent > indent || (in_list && starts(line) && line.text.starts_with('-'));
    rest.extend(block.iter().skip(at + 1).take_while(belongs));
    Some(((line.number, indent + skipped + 1), rest))
}

/// Returns where the value begins that follows a key or a dash.
fn value_start(text: &str, after: usize) -> usize {
    let rest = text.get(after..).unwrap_or("");
    after + rest.len() - rest.trim_start().len()
}

fn in_toml(text: &str, steps: &[Step<'_>]) -> Option<(usize, usize)> {
    let [Step::Key(table), rest @ ..] = steps else { return None };
    let (number, rest) = match rest {
        [Step::Entry(number), rest @ ..] => (*number, rest),
        rest => (0, rest),
    };
    let is_header =
        |line: &str| line.starts_with('[') && line.trim_matches(['[', ']', ' ']).eq_ignore_ascii_case(table);
    let (header, _) = text.lines().enumerate().filter(|(_, line)| is_header(line.trim())).nth(number)?;
    let Some(Step::Key(key)) = rest.first() else { return Some((header + 1, 1)) };
    let body: Vec<&str> =
        text.lines().skip(header + 1).take_while(|line| !line.trim_start().starts_with('[')).collect();
    let within = super::key_position(&body.join("\n"), Format::Toml, key);
    Some(within.map_or((header + 1, 1), |(line, column)| (line + header + 1, column)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Step::{Entry, Key};

    #[test]
    fn a_value_is_found_through_maps_and_lists() {
        let text = "title: x\nevent:\n  name: A\n  # so\n  cfp:\n    closes: soon\ntalks:\n- title: One\n  speakers: [a, b]\n- \
                    title: Two\n  speakers:\n    - c\n    - d\n";
        for (steps, expected) in [
            (&[Key("title")][..], Some((1, 8))),
            (&[Key("event"), Key("name")], Some((3, 9))),
            (&[Key("event"), Key("cfp"), Key("closes")], Some((6, 13))),
            (&[Key("talks"), Entry(0), Key("title")], Some((8, 10))),
            (&[Key("talks"), Entry(1)], Some((10, 3))),
            (&[Key("talks"), Entry(1), Key("speakers"), Entry(1)], Some((13, 7))),
            (&[Key("talks"), Entry(0), Key("speakers"), Entry(1)], Some((9, 13))),
            (&[Key("event"), Key("nothing")], Some((2, 7))),
            (&[Key("nothing")], None),
        ] {
            assert_eq!(position(text, Format::Yaml, steps), expected, "{steps:?}");
        }
    }

    #[test]
    fn a_table_of_toml_is_found_by_its_header() {
        let text = "title = 'x'\n[event]\nname = 'A'\n[[talks]]\ntitle = 'One'\n[[talks]]\ntitle = 'Two'\n";
        assert_eq!(position(text, Format::Toml, &[Key("event"), Key("name")]), Some((3, 8)));
        assert_eq!(position(text, Format::Toml, &[Key("talks"), Entry(1), Key("title")]), Some((7, 9)));
        assert_eq!(position(text, Format::Toml, &[Key("title")]), Some((1, 9)));
    }
}
