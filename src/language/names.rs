//! Names of months and days in about 145 languages, and how each writes a date.
//!
//! `names.tsv` was recorded from Hugo 0.168, whose names are Unicode's (CLDR). One line a language: tag, the language's
//! own name, months, short months, days from Sunday, short days, then the layouts `:date_full`, `:date_long`,
//! `:date_medium`, `:date_short` and `:time_full` to `:time_short` as Go layouts (a `~` before one: an hour of one digit
//! stays so). Where Hugo has no short names, and prints nothing, the whole names stand in.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::Zoned;

use super::LanguageTag;
use crate::date::DateNames;

const TABLE: &str = include_str!("names.tsv");

/// The lines of the table by tag: a view of a constant.
static LANGUAGES: LazyLock<BTreeMap<&'static str, &'static str>> =
    LazyLock::new(|| TABLE.lines().filter_map(|line| line.split_once('\t')).collect());

/// Languages that are written from right to left where their tag names no script (CLDR, character order).
const RIGHT_TO_LEFT: [&str; 19] = [
    "ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ji", "ks", "lrc", "mzn", "ps", "sd", "syr",
    "ug", "ur", "yi",
];

/// Scripts that are written from right to left.
const RIGHT_TO_LEFT_SCRIPTS: [&str; 6] = ["arab", "hebr", "nkoo", "syrc", "thaa", "adlm"];

/// What is known about one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    line: &'static str,
}

/// The columns after the tag.
#[derive(Debug, Clone, Copy)]
pub(super) enum Column {
    Own,
    Months,
    ShortMonths,
    Days,
    ShortDays,
    DateLayouts,
    TimeLayouts,
}

impl Names {
    /// Finds a language, or the nearest that there is for its tag; English where there is none.
    pub(super) fn of(tag: &LanguageTag) -> Self {
        let line = tag.chain().find_map(|tag| LANGUAGES.get(tag)).or_else(|| LANGUAGES.get("en"));
        Self { line: line.copied().unwrap_or_default() }
    }

    /// Returns one value of a column that holds several.
    pub(super) fn value(self, column: Column, index: i8) -> &'static str {
        let values = self.line.split('\t').nth(column as usize).unwrap_or_default();
        usize::try_from(index).ok().and_then(|index| values.split('|').nth(index)).unwrap_or_default()
    }

    /// Returns the names that a date has.
    pub(super) fn on(self, date: &Zoned) -> DateNames<'static> {
        let month = date.month() - 1;
        let day = date.weekday().to_sunday_zero_offset();
        DateNames {
            month: self.value(Column::Months, month),
            short_month: self.value(Column::ShortMonths, month),
            day: self.value(Column::Days, day),
            short_day: self.value(Column::ShortDays, day),
        }
    }
}

/// Returns the name of a language in itself, for a menu of languages: `Français`, `Português (Portugal)`.
///
/// A region that has no line of its own is added as it is written: `Deutsch (CH)`. `None` for unknown languages.
pub fn native_name(tag: &LanguageTag) -> Option<String> {
    let found = tag.chain().find_map(|known| Some((known, *LANGUAGES.get(known)?)));
    let (known, line) = found?;
    let name = Names { line }.value(Column::Own, 0);
    let region = tag.as_str().strip_prefix(known).and_then(|rest| rest.strip_prefix('-'));
    // `pt-br` is what `pt` stands for, `de-de` what `de` does: no reader of it needs the country.
    Some(match region.filter(|region| region.len() == 2 && !is_home(known, region)) {
        Some(region) => format!("{name} ({})", region.to_uppercase()),
        None => name.to_owned(),
    })
}

/// Says whether a region is the one that a language without one means.
fn is_home(language: &str, region: &str) -> bool {
    language == region
        || matches!(
            (language, region),
            ("pt", "br")
                | ("en", "us")
                | ("ja", "jp")
                | ("ko", "kr")
                | ("zh", "cn")
                | ("sv", "se")
                | ("da", "dk")
                | ("nb", "no")
                | ("cs", "cz")
                | ("el", "gr")
                | ("uk", "ua")
                | ("he", "il")
                | ("hi", "in")
                | ("vi", "vn")
                | ("fa", "ir")
                | ("et", "ee")
                | ("sl", "si")
        )
}

/// Returns the direction that a language is written in, as HTML's `dir` has it: `rtl` or `ltr`.
pub fn direction(tag: &LanguageTag) -> &'static str {
    let script = tag.as_str().split('-').skip(1).find(|part| part.len() == 4);
    let is_right_to_left = match script {
        Some(script) => RIGHT_TO_LEFT_SCRIPTS.contains(&script),
        None => RIGHT_TO_LEFT.contains(&tag.language()),
    };
    if is_right_to_left { "rtl" } else { "ltr" }
}

/// Returns the tags of all languages in the table.
#[cfg(test)]
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    LANGUAGES.keys().copied()
}
