//! One word of a file of words: its plural forms, with gaps such as `{{ .Count }}`.
//!
//! Knows gaps and nothing else of Go's templates, in which Hugo has these texts.

use std::collections::BTreeMap;

use super::Plural;

/// A word in one language, with the forms that it takes by count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    forms: BTreeMap<Plural, Vec<Part>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    /// The name of a value, empty for `{{ . }}`.
    Gap(String),
}

/// A gap that cannot be filled, by its name, or by its text where it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap(pub String);

impl Word {
    /// Reads a word of one form.
    ///
    /// # Errors
    /// A gap holds more than a name.
    pub fn plain(text: &str) -> Result<Self, Gap> {
        Self::of_forms([(Plural::Other, text)])
    }

    /// Reads the forms of a word.
    ///
    /// # Errors
    /// A gap holds more than a name.
    pub fn of_forms<'a>(forms: impl IntoIterator<Item = (Plural, &'a str)>) -> Result<Self, Gap> {
        let forms = forms.into_iter().map(|(plural, text)| Ok((plural, parts(text)?)));
        Ok(Self { forms: forms.collect::<Result<_, _>>()? })
    }

    /// Writes the form for a plural, or the general one; `value` knows what fills a gap, by its name in lower case.
    ///
    /// # Errors
    /// There is no value for a gap.
    pub fn write(&self, plural: Plural, value: impl Fn(&str) -> Option<String>) -> Result<String, Gap> {
        let form = self.forms.get(&plural).or_else(|| self.forms.get(&Plural::Other));
        // Hugo prints nothing where the general form is missing; any form is better than none.
        let parts = form.or_else(|| self.forms.values().next_back()).map(Vec::as_slice).unwrap_or_default();
        let mut text = String::new();
        for part in parts {
            match part {
                Part::Text(part) => text.push_str(part),
                Part::Gap(name) => text.push_str(&value(name).ok_or_else(|| Gap(name.clone()))?),
            }
        }
        Ok(text)
    }
}

fn parts(text: &str) -> Result<Vec<Part>, Gap> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, after) = after.split_once("}}").ok_or_else(|| Gap(format!("{{{{{after}")))?;
        // `{{-` and `-}}` take the space beside them away.
        let (trims_before, trims_after) = (inside.starts_with("- "), inside.ends_with(" -"));
        let name = inside.trim_start_matches("- ").trim_end_matches(" -").trim();
        let name = name.strip_prefix('.').ok_or_else(|| Gap(format!("{{{{{inside}}}}}")))?;
        if !name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            return Err(Gap(format!("{{{{{inside}}}}}")));
        }
        let before = if trims_before { before.trim_end() } else { before };
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(Part::Gap(name.to_lowercase()));
        rest = if trims_after { after.trim_start() } else { after };
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}
