//! Reads the site's own words of all languages, once the configuration is known.

use std::sync::Arc;

use super::{Failure, FailureKind, Request};
use crate::config::{self, ConfigFile, Configs};
use crate::diag::Diagnostic;
use crate::language::{LanguageTag, WordFile, Words};

/// Reads the site's own words into its configuration; returns their files.
pub(super) fn read_words(
    request: &Request,
    configs: &mut Configs,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Vec<ConfigFile>, Failure> {
    let files =
        config::read_words(&request.root).map_err(|problem| Failure::one(FailureKind::Io, problem))?;
    let read = Words::read(&files, LanguageTag::new(&configs.general().language.tag));
    let (words, doubts) = read.map_err(|problems| Failure::new(FailureKind::Config, problems))?;
    let words = Arc::new(words);
    configs.for_each(|config| config.words = Arc::clone(&words));
    warnings.extend(doubts);
    // From here on they are what configuration files are: a change of one makes another site.
    let files = files.into_iter().map(|WordFile { path, text, format }| ConfigFile { path, text, format });
    Ok(files.collect())
}
