//! Shortcodes that there is no template for: what becomes of them, and what is said of each name.
//!
//! They make no call, because nobody knows whether they take the text that follows. Which tags belong together is told
//! from the tags alone: a name that is closed further on, in the same shortcode, was opened by the last one before.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Diagnostic;

use super::{Names, Node};

/// What becomes of shortcodes that there is no template for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unknown {
    /// They end the build.
    #[default]
    Error,
    /// They are left out with all that is between their tags.
    Warn,
    /// They are replaced by what is between their tags, as Markdown of the page.
    Inner,
}

impl Unknown {
    /// Returns the rule of a name as the command line and the configuration write it.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "error" => Some(Self::Error),
            "warn" => Some(Self::Warn),
            "inner" => Some(Self::Inner),
            _ => None,
        }
    }
}

/// One use of a shortcode that there is no template for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownUse {
    /// Name in lower case.
    pub name: String,
    /// Byte of the opening `{{` in the body.
    pub offset: usize,
}

/// Says that there is no shortcode of a name, and what was probably meant; without a place.
pub fn unknown(name: &str, names: &Names) -> Diagnostic {
    let unknown = |message: String| Diagnostic::error("shortcode-unknown", message);
    if let Some(bare) = name.strip_suffix(".inline") {
        return unknown(format!(
            "inline shortcodes such as `{name}` are not supported: content is never run"
        ))
        .hint(format!("put its template into `templates/shortcodes/{bare}.html`"));
    }
    let diagnostic = unknown(format!("there is no shortcode `{name}`"));
    if let Some(bare) = name.strip_suffix('/') {
        diagnostic.hint(format!("put a space before the slash: `{bare} /`"))
    } else if let Some((bare, _)) = name.split_once('.') {
        diagnostic.hint(format!("write `{bare}`, without the ending of the file"))
    } else {
        diagnostic
            .hint(format!("a shortcode is a template: put one at `templates/shortcodes/{name}.html`"))
            .did_you_mean(name, names.keys().map(String::as_str))
    }
}

/// The unknown shortcodes among the nodes of one parent.
#[derive(Debug, Default)]
pub(super) struct Unpaired {
    /// Where the nodes begin that stand after opening tags which may still be closed, by name.
    opened: BTreeMap<String, Vec<usize>>,
    /// Nodes that are left out.
    dropped: Vec<Range<usize>>,
}

impl Unpaired {
    /// Notes an opening tag before the node `next`.
    pub(super) fn open(&mut self, name: &str, next: usize) {
        match self.opened.get_mut(name) {
            Some(starts) => starts.push(next),
            None => {
                self.opened.insert(name.to_owned(), vec![next]);
            }
        }
    }

    /// Pairs a closing tag before the node `next` with the last opening one, and returns whether there is one.
    pub(super) fn close(&mut self, name: &str, next: usize, keeps_inner: bool) -> bool {
        let Some(start) = self.opened.get_mut(name).and_then(Vec::pop) else {
            return false;
        };
        if !keeps_inner {
            self.dropped.push(start..next);
        }
        true
    }

    /// Says whether an opening tag of a name may still be closed.
    pub(super) fn awaits(&self, name: &str) -> bool {
        self.opened.get(name).is_some_and(|starts| !starts.is_empty())
    }

    /// Says whether an opening tag may still be closed.
    pub(super) fn is_open(&self) -> bool {
        self.opened.values().any(|starts| !starts.is_empty())
    }

    /// Returns the nodes that are not left out.
    pub(super) fn without_dropped<'a>(mut self, nodes: Vec<Node<'a>>) -> Vec<Node<'a>> {
        if self.dropped.is_empty() {
            return nodes;
        }
        self.dropped.sort_by_key(|range| range.start);
        let mut ranges = self.dropped.into_iter().peekable();
        let mut end = 0;
        let is_kept = |(index, node)| {
            while let Some(range) = ranges.next_if(|range| range.start <= index) {
                end = end.max(range.end);
            }
            (index >= end).then_some(node)
        };
        nodes.into_iter().enumerate().filter_map(is_kept).collect()
    }
}
