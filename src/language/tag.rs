//! Names of languages (BCP 47, RFC 5646) in one spelling.

use std::fmt;

/// The tag of a language in lower case with hyphens: `pt-br`, `zh-hans`.
///
/// Takes the spellings that configurations have (`pt_BR`, `en-us`); does not check that there is such a language.
/// `Display` writes the spelling that HTML and `hreflang` want: `pt-BR`, `zh-Hans-CN`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Makes a tag from any spelling of it; an empty one is English.
    pub fn new(text: &str) -> Self {
        // A POSIX locale names its character set after a dot: `de_DE.UTF-8`.
        let tag = text.trim().split(['.', '@']).next().unwrap_or_default();
        let tag = tag.replace('_', "-").to_lowercase();
        Self(if tag.is_empty() { "en".to_owned() } else { tag })
    }

    /// Returns the tag in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the language without script and region: `zh` of `zh-hant-tw`.
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Returns the tags under which to look for what a language has, the most exact first: `zh-hant-tw`, `zh-hant`, `zh`.
    ///
    /// Languages with two scripts of one region (Chinese) and languages of two names (Norwegian) go by the name that
    /// Unicode's data has (CLDR, likely subtags).
    pub fn chain(&self) -> impl Iterator<Item = &str> {
        let mut next = Some(self.as_str());
        std::iter::from_fn(move || {
            let tag = next?;
            next = alias(tag).or_else(|| tag.rsplit_once('-').map(|(shorter, _)| shorter));
            Some(tag)
        })
    }
}

/// Returns the tag that another one has its names under.
fn alias(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "zh-tw" | "zh-hk" | "zh-mo" => "zh-hant",
        "no" => "nb",
        "tl" => "fil",
        "iw" => "he",
        "in" => "id",
        "ji" => "yi",
        "mo" => "ro",
        "sh" => "sr-latn",
        _ => return None,
    })
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut is_extension = false;
        for (index, part) in self.0.split('-').enumerate() {
            if index > 0 {
                f.write_str("-")?;
            }
            let first = part.chars().next().filter(|_| index > 0 && !is_extension);
            // A part of one character begins an extension, which stays in lower case (RFC 5646, section 2.1.1).
            is_extension |= part.len() == 1;
            match (part.len(), first) {
                (2, Some(_)) => f.write_str(&part.to_uppercase())?,
                (4, Some(first)) if first.is_ascii_alphabetic() => {
                    write!(f, "{}{}", first.to_ascii_uppercase(), part.get(1..).unwrap_or_default())?;
                }
                _ => f.write_str(part)?,
            }
        }
        Ok(())
    }
}
