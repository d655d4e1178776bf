//! Reads the site's own words, and looks at the layouts of dates that its parameters have.
//!
//! What the words mean is `language`'s business.

use std::path::Path;

use super::ConfigFile;
use super::files::read_folder;
use crate::data::Format;
use crate::date::{LayoutProblem, check_layout};
use crate::diag::{Diagnostic, Location};
use crate::language::WordFile;

/// Folder of the site's own words.
pub const WORDS_FOLDER: &str = "i18n";

/// Parameters that themes take layouts of dates from, in lower case.
const LAYOUT_KEYS: [&str; 5] =
    ["time_format_blog", "time_format_default", "dateformat", "date_format", "datefmt"];

/// Reads the files of words of the site in `root`, sorted by name; none is fine.
///
/// # Errors
/// A file is there but cannot be read.
pub fn read_words(root: &Path) -> Result<Vec<WordFile>, Diagnostic> {
    let files = read_folder(root, WORDS_FOLDER)?.into_iter();
    Ok(files.map(|ConfigFile { path, text, format }| WordFile { path, text, format }).collect())
}

/// Finds layouts of dates in configuration files that are written like another date: `2006-01-20`.
///
/// Looks at lines, not at values, so that each place is known in every language and format.
pub fn check_date_layouts(files: &[ConfigFile]) -> Vec<Diagnostic> {
    let lines = files.iter().flat_map(|file| file.text.lines().enumerate().map(move |line| (file, line)));
    lines.filter_map(|(file, (index, line))| check_line(file, index + 1, line)).collect()
}

fn check_line(file: &ConfigFile, number: usize, line: &str) -> Option<Diagnostic> {
    let separator = if file.format == Format::Toml { '=' } else { ':' };
    let (key, value) = line.split_once(separator)?;
    let key = key.trim().trim_matches(['"', '\'']).to_lowercase();
    let key = key.rsplit(['.', ' ']).next().unwrap_or_default();
    if !LAYOUT_KEYS.contains(&key) {
        return None;
    }
    let start = line.len() - value.trim_start().len();
    let layout = unquoted(value.trim());
    let column = line.get(..start).map_or(1, |before| before.chars().count() + 1);
    let problem = check_layout(layout)?;
    Some(date_layout(layout, &problem).at(Location::position(&file.path, number, column)))
}

/// Takes the quotes off a value, else the comma or comment after it.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(quote) {
            return inside.split(quote).next().unwrap_or(inside);
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

/// Tells of a layout that is written like another date; the place is added by whoever knows it.
pub fn date_layout(layout: &str, problem: &LayoutProblem) -> Diagnostic {
    let message =
        format!("the layout `{layout}` is written like another date: `{}` stands for nothing", problem.part);
    let hint = match &problem.meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "layouts show how they write 2 January 2006, 15:04:05".to_owned(),
    };
    Diagnostic::warning("date-layout", message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_of_another_date_are_found_at_their_place() {
        let cases = [
            ("params:\n  time_format_blog: 2006-01-20\n", Format::Yaml, Some((2, 21))),
            ("[params]\ntime_format_default = \"02.13.2006\" # x\n", Format::Toml, Some((2, 23))),
            ("{\"params\": {\n \"dateFormat\": \"2 Feb 2006\",\n}}", Format::Json, Some((2, 16))),
            ("params:\n  time_format_blog: Monday, January 02, 2006 # 2024\n", Format::Yaml, None),
            ("params:\n  other: 2006-01-20\n", Format::Yaml, None),
        ];
        for (text, format, place) in cases {
            let file = ConfigFile { path: "hugo.x".to_owned(), text: text.to_owned(), format };
            let found = check_date_layouts(&[file]);
            let expected: Vec<_> =
                place.into_iter().map(|(line, column)| Location::position("hugo.x", line, column)).collect();
            assert_eq!(
                found.into_iter().filter_map(|found| found.at).collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        }
    }
}
