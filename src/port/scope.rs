//! Names of a template while it is translated: what the dot is, and which variables there are.
//!
//! Go's variables end with their block and may hide each other; ours do not, so each gets a name of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::code::{Code, Kind};
use super::lost::{Lost, Outcome};

/// Names that mean something in every template of a shortcode, or in the language.
const TAKEN: &[&str] = &[
    "and",
    "args",
    "break",
    "continue",
    "elif",
    "else",
    "endfor",
    "endif",
    "false",
    "False",
    "for",
    "if",
    "in",
    "inner",
    "is",
    "language",
    "loop",
    "name",
    "named",
    "None",
    "none",
    "not",
    "null",
    "or",
    "ordinal",
    "page",
    "page_index",
    "parent",
    "self",
    "set",
    "site",
    "source_column",
    "source_line",
    "source_path",
    "true",
    "True",
];

/// A variable of the template.
#[derive(Debug, Clone)]
pub(super) struct Variable {
    /// What it is called, and what is known of it; none if its value was lost.
    pub(super) code: Option<Code>,
    /// In how many loops it was declared.
    pub(super) loops: usize,
}

/// What names mean at a place of the template.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    variables: Vec<BTreeMap<&'a str, Variable>>,
    dots: Vec<Option<Code>>,
    used: BTreeSet<String>,
    /// In how many loops the place is.
    pub(super) loops: usize,
}

impl<'a> Scope<'a> {
    /// Opens the outermost scope: the dot is the call.
    pub(super) fn new() -> Self {
        Self {
            variables: vec![BTreeMap::new()],
            dots: vec![Some(Code::path("", Kind::Call))],
            used: TAKEN.iter().map(|name| (*name).to_owned()).collect(),
            loops: 0,
        }
    }

    /// Opens a block.
    pub(super) fn open(&mut self) {
        self.variables.push(BTreeMap::new());
    }

    /// Closes a block: its variables are gone.
    pub(super) fn close(&mut self) {
        self.variables.pop();
    }

    /// Makes a value the dot; none if it was lost.
    pub(super) fn push_dot(&mut self, dot: Option<Code>) {
        self.dots.push(dot);
    }

    /// Gives back the dot from before.
    pub(super) fn pop_dot(&mut self) {
        self.dots.pop();
    }

    /// Returns the dot.
    pub(super) fn dot(&self) -> Outcome {
        self.dots.last().cloned().flatten().ok_or_else(Lost::follows)
    }

    /// Returns a variable; the empty name is the call.
    pub(super) fn variable(&self, name: &str) -> Outcome {
        if name.is_empty() {
            return Ok(Code::path("", Kind::Call));
        }
        match self.find(name) {
            Some(variable) => variable.code.clone().ok_or_else(Lost::follows),
            None => Err(Lost::new(format!("there is no variable `${name}` here"))),
        }
    }

    /// Returns what is known of a variable.
    pub(super) fn find(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find_map(|block| block.get(name))
    }

    /// Declares a variable in the innermost block.
    pub(super) fn declare(&mut self, name: &'a str, code: Option<Code>) {
        let loops = self.loops;
        if let Some(block) = self.variables.last_mut() {
            block.insert(name, Variable { code, loops });
        }
    }

    /// Makes a name that nothing else has, as near to `wanted` as can be.
    pub(super) fn fresh(&mut self, wanted: &str) -> String {
        let is_plain = wanted.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && wanted.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let base = match wanted {
            _ if !is_plain => "value".to_owned(),
            _ if TAKEN.contains(&wanted) => format!("own_{wanted}"),
            _ => wanted.to_owned(),
        };
        let mut name = base.clone();
        let mut count = 1;
        while !self.used.insert(name.clone()) {
            count += 1;
            name = format!("{base}_{count}");
        }
        name
    }
}
