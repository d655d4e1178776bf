//! The countries of ISO 3166-1: their codes, and their names in seven languages.
//!
//! Kosovo is among them with `XK`, the code that Unicode and the European Union use; ISO has none for it.

use std::sync::LazyLock;

use super::fold::fold;

/// One country a line: both codes, a name for each of `LANGUAGES`, other names parted by `|`.
const DATA: &str = include_str!("data/countries.tsv");

/// Languages of the names, in the order of the table's columns.
pub(super) const LANGUAGES: [&str; 7] = ["en", "fr", "de", "es", "it", "nl", "pt"];

/// The table, ordered by code.
static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| DATA.lines().filter_map(Row::read).collect());

/// Folded names and codes, and whose they are, in order.
pub(super) static NAMES: LazyLock<Vec<(String, Country)>> = LazyLock::new(names);

/// A country, ordered by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(&'static str);

/// One line of the table.
struct Row {
    country: Country,
    alpha3: &'static str,
    names: Vec<&'static str>,
    others: &'static str,
}

impl Country {
    /// Finds a country by what authors write for it.
    ///
    /// That is a code of two or three letters, a name in one of seven languages, another common name, or a flag as an
    /// emoji; case, accents, dots and hyphens do not matter. The parts of the United Kingdom are the United Kingdom.
    pub fn find(text: &str) -> Option<Self> {
        match code_of_flag(text.trim()) {
            Some(code) => look_up(&code),
            None => look_up(&fold(text)),
        }
    }

    /// Returns the two capital letters of ISO 3166-1 alpha-2.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Returns the three capital letters of ISO 3166-1 alpha-3.
    pub fn alpha3(self) -> &'static str {
        self.row().map_or(self.0, |row| row.alpha3)
    }

    /// Returns the name in a language, in English for a language that the table does not have.
    ///
    /// Only the first part of the tag counts: `fr-CA` is `fr`.
    pub fn name(self, language_tag: &str) -> &'static str {
        let primary = language_tag.split(['-', '_']).next().unwrap_or_default();
        let column = LANGUAGES.iter().position(|tag| tag.eq_ignore_ascii_case(primary)).unwrap_or(0);
        self.row().and_then(|row| row.names.get(column)).copied().unwrap_or(self.0)
    }

    /// Returns the flag as an emoji: the letters of the code as regional indicators.
    pub fn flag(self) -> String {
        let indicator = |letter: u8| char::from_u32(0x1F1E6 + u32::from(letter.wrapping_sub(b'A')));
        self.0.bytes().filter_map(indicator).collect()
    }

    /// Returns all countries, ordered by code.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.country)
    }

    /// Returns the English names in the order of the codes, for "did you mean".
    pub fn english_names() -> impl Iterator<Item = &'static str> {
        Self::all().map(|country| country.name("en"))
    }

    /// Returns the country's line of the table.
    fn row(self) -> Option<&'static Row> {
        TABLE.binary_search_by_key(&self, |row| row.country).ok().and_then(|at| TABLE.get(at))
    }
}

impl std::fmt::Display for Country {
    /// Writes the code.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl Row {
    /// Reads a line of the table.
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (country, alpha3) = (Country(cells.next()?), cells.next()?);
        let names: Vec<_> = cells.by_ref().take(LANGUAGES.len()).collect();
        Some(Self { country, alpha3, names, others: cells.next()? })
    }

    /// Returns everything that the country answers to.
    fn called(&self) -> impl Iterator<Item = &'static str> {
        let codes = [self.country.0, self.alpha3];
        codes.into_iter().chain(self.names.iter().copied()).chain(self.others.split('|'))
    }
}

/// Makes the index of names.
fn names() -> Vec<(String, Country)> {
    let mut names: Vec<_> =
        TABLE.iter().flat_map(|row| row.called().map(|name| (fold(name), row.country))).collect();
    names.retain(|(name, _)| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

/// Finds the country that answers to a folded name.
fn look_up(folded: &str) -> Option<Country> {
    let at = NAMES.binary_search_by(|(name, _)| name.as_str().cmp(folded)).ok()?;
    NAMES.get(at).map(|(_, country)| *country)
}

/// Returns the folded code that a flag stands for: two regional indicators, or a black flag with a region's tags.
fn code_of_flag(text: &str) -> Option<String> {
    let mut code = String::new();
    for char in text.chars() {
        match u32::from(char) {
            // England, Scotland and Wales: a black flag, then `gb` and their own code in tag characters.
            0x1F3F4 | 0xE007F => {}
            flag @ 0x1F1E6..=0x1F1FF => code.push(char::from_u32(flag - 0x1F1E6 + 0x61)?),
            tag @ 0xE0061..=0xE007A => code.push(char::from_u32(tag - 0xE0000)?),
            _ => return None,
        }
    }
    if text.starts_with('\u{1F3F4}') {
        code.truncate(2);
    }
    (code.len() == 2).then_some(code)
}
