//! Translates the Go template of a Hugo shortcode into a template of ours: [`shortcode`].
//!
//! What can be translated is; what cannot stands as a comment at its place and is listed with line and column. Nothing is
//! run, no file is read, and only Go's language and Hugo's names are known here: whether the result is well formed,
//! `render` says.

mod code;
mod collections;
mod expression;
mod fields;
mod format;
mod functions;
mod inventory;
mod lexer;
mod loops;
mod lost;
mod markup;
mod parser;
mod scope;
mod translate;
mod tree;

#[cfg(test)]
mod tests;

pub use inventory::inventory;

use crate::diag::{Diagnostic, Location, in_order};
use translate::Finding;

/// A translated template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ported {
    /// The template for `templates/shortcodes/`.
    pub template: String,
    /// What needs the author: warnings on what is lost or differs, an error where the original is no Go template. Places
    /// have an empty path until [`Ported::at_path`] names the file.
    pub unported: Vec<Diagnostic>,
}

impl Ported {
    /// Names the file in all places.
    #[must_use]
    pub fn at_path(mut self, path: &str) -> Self {
        for place in self.unported.iter_mut().filter_map(|diagnostic| diagnostic.at.as_mut()) {
            path.clone_into(&mut place.path);
        }
        self
    }

    /// Says whether the original could be read at all.
    pub fn is_readable(&self) -> bool {
        !self.unported.iter().any(Diagnostic::is_error)
    }
}

/// Translates the template of a shortcode. Any text can be given; what is no Go template comes back as one comment.
pub fn shortcode(text: &str) -> Ported {
    let place = |offset: usize| Location::offset("", text, offset);
    let nodes = match parser::parse(text) {
        Ok(nodes) => nodes,
        Err(mistake) => {
            let problem = Diagnostic::error("port-syntax", mistake.message).at(place(mistake.offset));
            let template = "{# not translated: the template cannot be read #}\n".to_owned();
            return Ported { template, unported: vec![problem] };
        }
    };
    let (mut template, findings) = translate::translate(&nodes);
    if inventory::uses_inner(text) && !mentions_inner(&template) {
        // Whether a shortcode is closed is seen from the use of `inner`.
        template.insert_str(0, "{% set own_inner = inner %}");
    }
    let unported = findings.into_iter().map(|(offset, finding)| diagnose(finding).at(place(offset)));
    Ported { template, unported: in_order(unported.collect()) }
}

fn diagnose(finding: Finding) -> Diagnostic {
    match finding {
        Finding::Lost(lost) => {
            let problem = Diagnostic::warning("port-untranslated", lost.reason);
            lost.hint.into_iter().fold(problem, Diagnostic::hint)
        }
        Finding::Differs(note) => Diagnostic::warning("port-differs", note),
    }
}

/// Says whether an expression of a template names `inner`; comments and text do not count.
fn mentions_inner(template: &str) -> bool {
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        rest = rest.get(start + 1..).unwrap_or_default();
        let close = match rest.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            _ => continue,
        };
        let end = rest.find(close).unwrap_or(rest.len());
        let inside = rest.get(1..end).unwrap_or_default();
        let mut words = inside.split(|c: char| !c.is_alphanumeric() && c != '_');
        if close != "#}" && words.any(|word| word == "inner") {
            return true;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    false
}
