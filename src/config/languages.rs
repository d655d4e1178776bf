//! Takes a merged configuration apart into one for each language of the site.
//!
//! Hugo's rules: what stands under `languages.fr` replaces the general value for French; maps such as `params` are
//! merged. Knows nothing about content.

use serde_json::{Map, Value};

use super::ConfigFile;
use super::keys::place;
use crate::data::{flag, integer, merge, scalar_text, text_list};
use crate::diag::{Diagnostic, nearest};

/// One language of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    /// Its key in the configuration, lower case, such as `fr`: suffix of file names and first part of addresses.
    pub key: String,
    /// Its BCP 47 tag, such as `fr-CH`.
    pub tag: String,
    /// Its name as readers know it, such as `Français`; empty where the configuration gives none.
    pub name: String,
    /// Whether it is written from right to left; absent where the configuration does not say.
    pub is_rtl: Option<bool>,
    /// First part of all its addresses; empty for the default language unless that has a folder of its own, too.
    pub prefix: String,
}

impl Language {
    /// Returns an address of this language: `/blog/` as `/fr/blog/`.
    pub fn route(&self, path: &str) -> String {
        let path = path.trim_start_matches('/');
        if self.prefix.is_empty() { format!("/{path}") } else { format!("/{}/{path}", self.prefix) }
    }
}

/// The values of one language, ready to be read.
pub(super) struct LanguageValues {
    /// The language.
    pub(super) language: Language,
    /// Everything that is configured for it.
    pub(super) values: Map<String, Value>,
    /// Whether it has a folder of content to itself.
    pub(super) has_own_folder: bool,
    weight: i64,
}

/// Returns the values of all languages in their order, and the index of the default one.
///
/// The order is by weight, with 0 last, then by key. A site without `languages` has one.
///
/// # Errors
/// `config-languages`: the default language is none of those configured, or all are disabled.
pub(super) fn split(
    map: &Map<String, Value>,
    files: &[ConfigFile],
) -> Result<(Vec<LanguageValues>, usize), Diagnostic> {
    let written = map.get("defaultcontentlanguage").and_then(scalar_text).unwrap_or_default().to_lowercase();
    let configured = map.get("languages").and_then(Value::as_object).filter(|map| !map.is_empty());
    let in_folder = map.get("defaultcontentlanguageinsubdir").and_then(flag).unwrap_or(false);
    let Some(configured) = configured else {
        let key = if written.is_empty() { "en".to_owned() } else { written };
        return Ok((vec![one(map, key, &Value::Null, true, in_folder)], 0));
    };
    let disabled = disabled(map);
    let enabled = || configured.iter().filter(|(key, _)| !disabled.contains(key));
    let default = default_key(&written, &enabled().map(|(key, _)| key.clone()).collect::<Vec<_>>(), files)?;
    let mut languages: Vec<LanguageValues> =
        enabled().map(|(key, value)| one(map, key.clone(), value, *key == default, in_folder)).collect();
    languages.sort_by(|a, b| {
        let order = |it: &LanguageValues| (it.weight == 0, it.weight, it.language.key.clone());
        order(a).cmp(&order(b))
    });
    let index = languages.iter().position(|language| language.language.key == default).unwrap_or(0);
    Ok((languages, index))
}

/// Returns the keys of the languages that are configured and not built.
pub(super) fn disabled(map: &Map<String, Value>) -> Vec<String> {
    let named: Vec<String> = map.get("disablelanguages").map(text_list).unwrap_or_default();
    let configured = map.get("languages").and_then(Value::as_object);
    let is_disabled = |key: &str, value: &Value| {
        named.iter().any(|name| name.eq_ignore_ascii_case(key))
            || value.get("disabled").and_then(flag).unwrap_or(false)
    };
    let entries = configured.into_iter().flatten().filter(|(key, value)| is_disabled(key, value));
    entries.map(|(key, _)| key.clone()).collect()
}

/// Hugo's default is `en`; of a site that has no English and names no default, it is the only language, or none.
fn default_key(written: &str, keys: &[String], files: &[ConfigFile]) -> Result<String, Diagnostic> {
    let wanted = if written.is_empty() { "en" } else { written };
    if let Some(key) = keys.iter().find(|key| *key == wanted) {
        return Ok(key.clone());
    }
    match keys {
        [] => Err(Diagnostic::error("config-languages", "all languages are disabled")
            .at(place("languages", files))
            .hint("leave at least one enabled")),
        [only] if written.is_empty() => Ok(only.clone()),
        _ => {
            let message = format!("the default language `{wanted}` is none of those configured");
            let at = if written.is_empty() { "languages" } else { "defaultContentLanguage" };
            let problem = Diagnostic::error("config-languages", message).at(place(at, files));
            Err(match nearest(wanted, keys.iter().map(String::as_str)) {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => {
                    problem.hint(format!("set `defaultContentLanguage` to one of `{}`", keys.join("`, `")))
                }
            })
        }
    }
}

/// Puts what is configured for a language over the general values.
fn one(
    map: &Map<String, Value>,
    key: String,
    own: &Value,
    is_default: bool,
    default_in_folder: bool,
) -> LanguageValues {
    let mut own = own.as_object().cloned().unwrap_or_default();
    let take =
        |own: &Map<String, Value>, names: [&str; 2]| names.iter().find_map(|name| own.get(*name)).cloned();
    let tag = take(&own, ["locale", "languagecode"])
        .or_else(|| if is_default { take(map, ["locale", "languagecode"]) } else { None });
    let name = take(&own, ["label", "languagename"]);
    let direction = take(&own, ["direction", "languagedirection"]);
    let weight = own.get("weight").and_then(integer).unwrap_or(0);
    let has_own_folder = own.contains_key("contentdir");
    for name in ["weight", "label", "languagename", "direction", "languagedirection", "disabled", "baseurl"] {
        own.remove(name);
    }
    let mut values = map.clone();
    merge(&mut values, own);
    let text = |value: Option<Value>| value.as_ref().and_then(scalar_text).filter(|text| !text.is_empty());
    let language = Language {
        tag: text(tag).unwrap_or_else(|| key.clone()),
        name: text(name).unwrap_or_default(),
        is_rtl: text(direction).map(|direction| direction.eq_ignore_ascii_case("rtl")),
        prefix: if is_default && !default_in_folder { String::new() } else { key.clone() },
        key,
    };
    LanguageValues { language, values, has_own_folder, weight }
}

/// Returns the warnings about values that are configured for a language and are not served.
pub(super) fn warnings(map: &Map<String, Value>, files: &[ConfigFile]) -> Option<Diagnostic> {
    let configured = map.get("languages").and_then(Value::as_object)?;
    let hosted: Vec<String> = configured
        .iter()
        .filter(|(_, value)| value.get("baseurl").is_some())
        .map(|(key, _)| format!("`{key}`"))
        .collect();
    (!hosted.is_empty()).then(|| {
        let message = match hosted.as_slice() {
            [one] => format!("{one} has a host of its own, which is not served"),
            several => format!("{} have hosts of their own, which is not served", several.join(", ")),
        };
        Diagnostic::warning("config-languages", message)
            .at(place("languages", files))
            .hint("all languages are built below the `baseURL` of the site")
    })
}
