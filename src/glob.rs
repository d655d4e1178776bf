//! Turns a pattern for the names of resources into a [`Glob`] that says which names match.
//!
//! The syntax is that of Hugo's `resources.Match`: `*` and `?` stop at `/`, `**` does not, `[ab]`, `[!ab]`,
//! `[a-z]`, `{a,b}` also nested, `\` takes the next character as it is. Case does not matter, nor does a
//! slash in front. Knows no files: order and what counts as a name are the caller's.

use std::iter::Peekable;
use std::str::Chars;

use crate::diag::Diagnostic;
use crate::text::lower;

/// A parsed pattern; matching takes time proportional to pattern times name, whatever the pattern.
#[derive(Debug, Clone)]
pub struct Glob {
    steps: Vec<Step>,
}

/// One state of the automaton; all but [`Step::Fork`] and [`Step::Jump`] go on to the next one.
#[derive(Debug, Clone)]
enum Step {
    /// This very character.
    Char(char),
    /// Any character but `/`.
    One,
    /// A character in one of the ranges, or with `negated` in none; `/` is as any other.
    Class { negated: bool, ranges: Vec<(char, char)> },
    /// Any number of characters, `/` among them only if `deep`.
    Many { deep: bool },
    /// Goes on at any of these steps.
    Fork(Vec<usize>),
    /// Goes on at this step.
    Jump(usize),
}

impl Glob {
    /// Parses a pattern.
    ///
    /// # Errors
    /// `glob-syntax`: a bracket or brace that is not closed, an empty or ill-formed class, a `\` at the end.
    pub fn new(pattern: &str) -> Result<Self, Diagnostic> {
        let lowered = lower(pattern);
        let mut parser = Parser {
            chars: lowered.strip_prefix('/').unwrap_or(&lowered).chars().peekable(),
            steps: Vec::new(),
        };
        let parsed = parser.sequence(0);
        parsed.map_err(|reason| {
            Diagnostic::error("glob-syntax", format!("the pattern `{pattern}` {reason}"))
                .hint("put a `\\` before a bracket, brace or backslash that is meant as it stands")
        })?;
        Ok(Self { steps: parser.steps })
    }

    /// Says whether the whole of `name` matches.
    pub fn matches(&self, name: &str) -> bool {
        let mut now = States::new(self.steps.len());
        let mut next = States::new(self.steps.len());
        self.enter(&mut now, 0);
        for c in lower(name.strip_prefix('/').unwrap_or(name)).chars() {
            for &state in &now.list {
                match self.steps.get(state) {
                    Some(Step::Many { deep }) if *deep || c != '/' => self.enter(&mut next, state),
                    Some(step) if step.takes(c) => self.enter(&mut next, state + 1),
                    _ => {}
                }
            }
            if next.list.is_empty() {
                return false;
            }
            std::mem::swap(&mut now, &mut next);
            next.clear();
        }
        now.list.contains(&self.steps.len())
    }

    /// Adds `state`, and all that can be reached from it without a character, to `states`.
    fn enter(&self, states: &mut States, state: usize) {
        let mut at = states.list.len();
        states.insert(state);
        while let Some(&state) = states.list.get(at) {
            at += 1;
            match self.steps.get(state) {
                Some(Step::Many { .. }) => states.insert(state + 1),
                Some(Step::Fork(targets)) => targets.iter().for_each(|target| states.insert(*target)),
                Some(Step::Jump(target)) => states.insert(*target),
                _ => {}
            }
        }
    }
}

impl Step {
    /// Says whether this step is passed by `c`; [`Step::Many`] stays where it is instead.
    fn takes(&self, c: char) -> bool {
        match self {
            Step::Char(wanted) => *wanted == c,
            Step::One => c != '/',
            Step::Class { negated, ranges } => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&c)) != *negated
            }
            Step::Many { .. } | Step::Fork(_) | Step::Jump(_) => false,
        }
    }
}

/// The states that matching is in, in the order of discovery.
struct States {
    seen: Vec<bool>,
    list: Vec<usize>,
}

impl States {
    /// Has room for the states of `steps` steps and the accepting one after them.
    fn new(steps: usize) -> Self {
        Self { seen: vec![false; steps + 1], list: Vec::new() }
    }

    /// Adds a state, unless it is there.
    fn insert(&mut self, state: usize) {
        if self.seen.get_mut(state).is_some_and(|seen| !std::mem::replace(seen, true)) {
            self.list.push(state);
        }
    }

    fn clear(&mut self) {
        self.seen.fill(false);
        self.list.clear();
    }
}

/// How deep braces may be nested, so that no pattern can exhaust the stack.
const MAX_DEPTH: usize = 32;

/// Reads a pattern once, from left to right; what is wrong with it is said in half a sentence.
struct Parser<'a> {
    chars: Peekable<Chars<'a>>,
    steps: Vec<Step>,
}

impl Parser<'_> {
    /// Reads up to the end, or inside braces up to the `,` or `}` that ends this alternative, which is left
    /// unread.
    fn sequence(&mut self, depth: usize) -> Result<(), &'static str> {
        while let Some(&c) = self.chars.peek() {
            if depth > 0 && matches!(c, ',' | '}') {
                break;
            }
            self.chars.next();
            match c {
                '?' => self.steps.push(Step::One),
                '*' => {
                    let deep = self.chars.next_if_eq(&'*').is_some();
                    while self.chars.next_if_eq(&'*').is_some() {}
                    self.steps.push(Step::Many { deep });
                }
                '[' => self.class()?,
                '{' => self.alternatives(depth + 1)?,
                '\\' => {
                    let escaped = self.chars.next().ok_or("ends with a lone `\\`")?;
                    self.steps.push(Step::Char(escaped));
                }
                plain => self.steps.push(Step::Char(plain)),
            }
        }
        Ok(())
    }

    /// Reads `a,b}` after its `{`.
    fn alternatives(&mut self, depth: usize) -> Result<(), &'static str> {
        if depth > MAX_DEPTH {
            return Err("has too many braces in braces");
        }
        let fork = self.steps.len();
        let mut starts = Vec::new();
        let mut ends = Vec::new();
        self.steps.push(Step::Fork(Vec::new()));
        loop {
            starts.push(self.steps.len());
            self.sequence(depth)?;
            ends.push(self.steps.len());
            self.steps.push(Step::Jump(0));
            match self.chars.next() {
                Some(',') => {}
                Some(_) => break,
                None => return Err("has a `{` that is not closed"),
            }
        }
        let after = self.steps.len();
        for (at, step) in std::iter::once((fork, Step::Fork(starts)))
            .chain(ends.into_iter().map(|end| (end, Step::Jump(after))))
        {
            if let Some(slot) = self.steps.get_mut(at) {
                *slot = step;
            }
        }
        Ok(())
    }

    /// Reads `!a-z]` or `abc]` after its `[`; a dash anywhere but in second place is a character like any
    /// other.
    fn class(&mut self) -> Result<(), &'static str> {
        const UNCLOSED: &str = "has a `[` that is not closed";
        let negated = self.chars.next_if_eq(&'!').is_some();
        let first = match self.chars.next().ok_or(UNCLOSED)? {
            ']' => return Err("has a `[]` with nothing in it"),
            '\\' => self.chars.next().ok_or(UNCLOSED)?,
            c => c,
        };
        if self.chars.next_if_eq(&'-').is_some() {
            let last = self.chars.next().ok_or(UNCLOSED)?;
            if self.chars.next().ok_or(UNCLOSED)? != ']' || last < first {
                return Err("has a range that is not of the form `[a-z]`");
            }
            self.steps.push(Step::Class { negated, ranges: vec![(first, last)] });
            return Ok(());
        }
        let mut ranges = vec![(first, first)];
        loop {
            let c = match self.chars.next().ok_or(UNCLOSED)? {
                ']' => break,
                '\\' => self.chars.next().ok_or(UNCLOSED)?,
                c => c,
            };
            ranges.push((c, c));
        }
        self.steps.push(Step::Class { negated, ranges });
        Ok(())
    }
}

#[cfg(test)]
#[path = "glob_tests.rs"]
mod tests;
