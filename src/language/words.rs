//! The words of the theme in several languages, and the site's own over them.
//!
//! Turns files of words (Hugo's `i18n`: YAML, TOML or JSON, as a map or as a list of `id` and `translation`) into texts by
//! language and key. Says nothing about where a word is used.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde_json::{Map, Value};

use super::{Gap, LanguageTag, Plural, Word, docsy, plural};
use crate::data::{self, Format, Keys};
use crate::diag::{Diagnostic, Location};

mod builtin {
    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

/// The words of one language by key.
type Table = BTreeMap<String, Word>;

/// The languages that the theme has words in; English has all of them.
pub const BUILTIN_LANGUAGES: [&str; 7] = ["de", "en", "es", "fr", "it", "nl", "pt"];

/// A file of words that the program brings along, and what it is read as when its language is first asked for.
type Builtin = (&'static [u8], OnceLock<Table>);

/// The theme's words by language: a view of constants.
static BUILTIN: LazyLock<BTreeMap<&'static str, Builtin>> = LazyLock::new(|| {
    let files = builtin::WORDS.iter();
    files.filter_map(|(name, bytes)| Some((name.strip_suffix(".yaml")?, (*bytes, OnceLock::new())))).collect()
});

/// A file of words as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFile {
    /// Path from the site's root; its name without the extension is the language.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// What it is written in.
    pub format: Format,
}

/// The words of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    own: BTreeMap<String, Table>,
    /// The site's first language, whose words stand in where another has none.
    fallback: Option<LanguageTag>,
}

impl Words {
    /// Reads the site's own words; `fallback` is its first language. Returns with them what is doubtful.
    ///
    /// # Errors
    /// `words-syntax`, for each file that is not in its format.
    pub fn read(
        files: &[WordFile],
        fallback: LanguageTag,
    ) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let mut words = Self { own: BTreeMap::new(), fallback: Some(fallback) };
        let (mut problems, mut warnings) = (Vec::new(), Vec::new());
        for file in files {
            let text = file.text.trim_start_matches('\u{FEFF}');
            match data::parse_value(text, file.format, Keys::AsWritten) {
                Ok(value) => {
                    let name = file.path.rsplit('/').next().unwrap_or_default();
                    let tag = LanguageTag::new(name.split('.').next().unwrap_or_default());
                    let table = words.own.entry(tag.as_str().to_owned()).or_default();
                    warnings.extend(Reader { file, table }.read(&value));
                }
                Err(error) => problems.push(data::diagnose("words-syntax", error, &file.path, 1)),
            }
        }
        if problems.is_empty() { Ok((words, warnings)) } else { Err(problems) }
    }

    /// Writes a word in a language; `count` chooses its plural form, `value` fills its gaps by name.
    ///
    /// Looked for in the language, then in the language without its region, each time among the site's own words first; then
    /// in the site's first language (its own words alone), in English, and in any other language of the site.
    ///
    /// # Errors
    /// The key is unknown, or there is no value for a gap: what a template gets to hear.
    pub fn text(
        &self,
        tag: &LanguageTag,
        key: &str,
        count: Option<u64>,
        value: impl Fn(&str) -> Option<String>,
    ) -> Result<String, String> {
        let (language, word) = self.find(tag, key).ok_or_else(|| self.unknown(key))?;
        let form = count.map_or(Plural::Other, |count| plural(&LanguageTag::new(language), count));
        let counted = |name: &str| match (name, count) {
            ("" | "count", Some(count)) => Some(count.to_string()),
            _ => value(name),
        };
        word.write(form, counted).map_err(|Gap(name)| {
            let name = if name.is_empty() { "count" } else { &name };
            format!("the word `{key}` wants a value: add `{name}=`")
        })
    }

    /// Writes a word of the theme that has no gaps; an unknown one as its key.
    pub fn plain(&self, tag: &LanguageTag, key: &str) -> String {
        self.text(tag, key, None, |_| None).unwrap_or_else(|_| key.to_owned())
    }

    fn find<'a>(&'a self, tag: &'a LanguageTag, key: &str) -> Option<(&'a str, &'a Word)> {
        let own = |tag: &str| self.own.get(tag).and_then(|table| table.get(key));
        let in_chain = tag
            .chain()
            .find_map(|tag| own(tag).or_else(|| builtin_table(tag)?.get(key)).map(|word| (tag, word)));
        in_chain
            .or_else(|| self.fallback.as_ref()?.chain().find_map(|tag| own(tag).map(|word| (tag, word))))
            .or_else(|| Some(("en", own("en").or_else(|| builtin_table("en")?.get(key))?)))
            .or_else(|| self.own.iter().find_map(|(tag, table)| Some((tag.as_str(), table.get(key)?))))
    }

    fn unknown(&self, key: &str) -> String {
        let own = self.own.values().flat_map(BTreeMap::keys);
        let known = builtin_table("en").into_iter().flat_map(BTreeMap::keys).chain(own);
        let near = crate::diag::nearest(key, known.map(String::as_str));
        let hint = near.map(|name| format!(": did you mean `{name}`?")).unwrap_or_default();
        format!("there is no word `{key}`{hint}")
    }
}

/// Returns the theme's words in a language by its exact tag.
pub(super) fn builtin_table(tag: &str) -> Option<&'static Table> {
    let (bytes, table) = BUILTIN.get(tag)?;
    Some(table.get_or_init(|| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let file = WordFile { path: tag.to_owned(), text, format: Format::Yaml };
        let mut table = Table::new();
        // Our own files are right: a test reads them all.
        if let Ok(value) = data::parse_value(&file.text, Format::Yaml, Keys::AsWritten) {
            let _ = Reader { file: &file, table: &mut table }.read(&value);
        }
        table
    }))
}

/// Keys beside the forms of a word, which say something to translators.
const NOTES: [&str; 5] = ["id", "description", "hash", "leftdelim", "rightdelim"];

/// Reads one file into a table.
struct Reader<'a> {
    file: &'a WordFile,
    table: &'a mut Table,
}

impl Reader<'_> {
    /// Returns warnings about words that cannot be read.
    fn read(mut self, value: &Value) -> Vec<Diagnostic> {
        let mut raw = Vec::new();
        let mut warnings = Vec::new();
        match value {
            Value::Object(map) => collect("", map, &mut raw, &mut warnings),
            Value::Array(items) => {
                for item in items.iter().filter_map(Value::as_object) {
                    let id = item.get("id").and_then(data::scalar_text).unwrap_or_default();
                    match item.get("translation") {
                        Some(translation) => collect_one(&id, translation, &mut raw, &mut warnings),
                        None => raw.push((id, forms_of(item))),
                    }
                }
            }
            _ => {}
        }
        let mut warnings: Vec<Diagnostic> = warnings.iter().map(|key| self.no_text(key)).collect();
        for (key, forms) in &raw {
            let read = Word::of_forms(forms.iter().map(|(form, text)| (*form, *text)));
            match read {
                Ok(word) => {
                    self.table.insert(key.clone(), word);
                }
                Err(gap) => warnings.push(self.no_gap(key, &gap)),
            }
        }
        self.adopt_docsy(&raw);
        warnings
    }

    /// Takes the words for Docsy's keys where the file has none for ours.
    fn adopt_docsy(&mut self, raw: &[(String, Vec<(Plural, &str)>)]) {
        for (key, forms) in raw {
            let translated = forms
                .iter()
                .filter_map(|(form, text)| docsy::translate(key, text).map(|(own, text)| (own, *form, text)));
            let translated: Vec<(&str, Plural, String)> = translated.collect();
            let Some((own, _, _)) = translated.first() else { continue };
            let word = Word::of_forms(translated.iter().map(|(_, form, text)| (*form, text.as_str())));
            if let Ok(word) = word
                && !self.table.contains_key(*own)
            {
                self.table.insert((*own).to_owned(), word);
            }
        }
    }

    fn no_text(&self, key: &str) -> Diagnostic {
        let at = data::key_position(&self.file.text, self.file.format, key).unwrap_or((1, 1));
        Diagnostic::warning("words-entry", format!("the word `{key}` is no text"))
            .at(Location::position(&self.file.path, at.0, at.1))
            .hint("write a text, or `other: a text`")
    }

    fn no_gap(&self, key: &str, gap: &Gap) -> Diagnostic {
        let offset = self.file.text.find(&gap.0).unwrap_or_default();
        Diagnostic::warning("words-entry", format!("the word `{key}` has a gap that is no name: `{}`", gap.0))
            .at(Location::offset(&self.file.path, &self.file.text, offset))
            .hint("only gaps such as `{{ .Count }}` are filled; the word is left out")
    }
}

/// Collects the words of a map; maps within it that are no plural forms are joined by dots, as in Hugo.
fn collect<'a>(
    above: &str,
    map: &'a Map<String, Value>,
    raw: &mut Vec<(String, Vec<(Plural, &'a str)>)>,
    wrong: &mut Vec<String>,
) {
    for (key, value) in map {
        let key = if above.is_empty() { key.clone() } else { format!("{above}.{key}") };
        collect_one(&key, value, raw, wrong);
    }
}

fn collect_one<'a>(
    key: &str,
    value: &'a Value,
    raw: &mut Vec<(String, Vec<(Plural, &'a str)>)>,
    wrong: &mut Vec<String>,
) {
    match value {
        Value::String(text) => raw.push((key.to_owned(), vec![(Plural::Other, text)])),
        Value::Object(map) => {
            let forms = forms_of(map);
            if forms.is_empty() {
                collect(key, map, raw, wrong);
            } else {
                raw.push((key.to_owned(), forms));
            }
        }
        // A note for translators above words that are grouped.
        Value::Null => {}
        _ if key.rsplit('.').next().is_some_and(|last| NOTES.contains(&last)) => {}
        _ => wrong.push(key.to_owned()),
    }
}

/// Returns the plural forms that a map has.
fn forms_of(map: &Map<String, Value>) -> Vec<(Plural, &str)> {
    let forms = map.iter();
    forms.filter_map(|(name, text)| Some((Plural::named(&name.to_lowercase())?, text.as_str()?))).collect()
}
