//! Writes the translation of a template: text as it is, actions in the braces of our language.
//!
//! What has no counterpart becomes a comment at its place, and a condition that is lost becomes `false`: nothing is
//! guessed, nothing is left out without a word.

use std::collections::BTreeSet;

use super::code::{Bond, Code, Kind};
use super::expression;
use super::lexer::Trim;
use super::lost::{Lost, Notes, Outcome};
use super::markup::Markup;
use super::scope::Scope;
use super::tree::{Branch, BranchKind, Jump, Node, Otherwise, Pipeline, Tag};

/// Something that the author is told about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Finding {
    /// It is not in the translation.
    Lost(Lost),
    /// It is, with this difference.
    Differs(&'static str),
}

/// Translates a template; returns the result and what was found, each at a byte of the template.
pub(super) fn translate(nodes: &[Node<'_>]) -> (String, Vec<(usize, Finding)>) {
    let mut assigned = BTreeSet::new();
    find_assigned(nodes, &mut assigned);
    let mut writer = Writer {
        out: String::new(),
        scope: Scope::new(),
        assigned,
        markup: Markup::default(),
        notes: Notes::new(),
        findings: Vec::new(),
    };
    writer.nodes(nodes);
    (writer.out, writer.findings)
}

/// Collects the variables that get another value somewhere: what is known of their first one is not enough.
fn find_assigned<'a>(nodes: &[Node<'a>], found: &mut BTreeSet<&'a str>) {
    for node in nodes {
        let pipeline = match node {
            Node::Print(_, pipeline) => pipeline,
            Node::Branch(branch) => {
                find_assigned_below(branch, found);
                &branch.pipeline
            }
            _ => continue,
        };
        if !pipeline.is_declaration {
            found.extend(pipeline.variables.iter());
        }
    }
}

fn find_assigned_below<'a>(branch: &Branch<'a>, found: &mut BTreeSet<&'a str>) {
    find_assigned(&branch.body, found);
    match &branch.otherwise {
        Otherwise::Chain(next) => find_assigned_below(next, found),
        Otherwise::Else(_, body) => find_assigned(body, found),
        Otherwise::End => {}
    }
}

/// Writes the translation.
pub(super) struct Writer<'a> {
    out: String,
    /// What names mean.
    pub(super) scope: Scope<'a>,
    assigned: BTreeSet<&'a str>,
    markup: Markup,
    notes: Notes,
    findings: Vec<(usize, Finding)>,
}

impl<'a> Writer<'a> {
    fn nodes(&mut self, nodes: &[Node<'a>]) {
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let written = self.markup.write(text);
                    self.out.push_str(&written);
                }
                Node::Comment(text, trim) => self.comment(*trim, text),
                Node::Print(tag, pipeline) => self.print(tag, pipeline),
                Node::Branch(branch) => self.branch(branch),
                Node::Jump(tag, Jump::Break) => self.tag(tag.trim, "break"),
                Node::Jump(tag, Jump::Continue) => self.tag(tag.trim, "continue"),
                Node::Foreign(tag, name) => self.lose(tag, Lost::function(name)),
            }
        }
    }

    /// Opens a piece of the translation; a brace before it would change its meaning.
    fn open(&mut self, mark: &str, trim: bool) {
        if self.out.ends_with('{') {
            self.out.pop();
            self.out.push_str("{{ \"{\" }}");
        }
        self.out.push_str(mark);
        self.out.push_str(if trim { "- " } else { " " });
    }

    /// Writes a tag, such as `else`.
    pub(super) fn tag(&mut self, trim: Trim, text: &str) {
        self.open("{%", trim.left);
        self.out.push_str(text);
        self.out.push_str(if trim.right { " -%}" } else { " %}" });
    }

    /// Writes a comment on one line.
    pub(super) fn comment(&mut self, trim: Trim, text: &str) {
        self.open("{#", trim.left);
        let words: Vec<&str> = text.split_whitespace().collect();
        self.out.push_str(&words.join(" ").replace("#}", "# }"));
        self.out.push_str(if trim.right { " -#}" } else { " #}" });
    }

    /// Marks the place of something that has no counterpart.
    fn lose(&mut self, tag: &Tag<'_>, lost: Lost) {
        self.comment(tag.trim, &format!("not translated: {}", tag.source));
        self.tell(tag, lost);
    }

    /// Notes what is lost, unless it follows from what has been told.
    pub(super) fn tell(&mut self, tag: &Tag<'_>, lost: Lost) {
        self.notes.clear();
        if !lost.is_told {
            self.findings.push((tag.offset, Finding::Lost(lost)));
        }
    }

    /// Translates what a tag asks for, and tells where the result differs.
    pub(super) fn evaluate(&mut self, tag: &Tag<'_>, pipeline: &Pipeline<'_>) -> Outcome {
        let result = expression::pipeline(pipeline, &self.scope, &mut self.notes);
        let notes = std::mem::take(&mut self.notes);
        if result.is_ok() {
            self.findings.extend(notes.into_iter().map(|note| (tag.offset, Finding::Differs(note))));
        }
        result
    }

    fn print(&mut self, tag: &Tag<'_>, pipeline: &Pipeline<'a>) {
        let result = self.evaluate(tag, pipeline);
        let [name, ..] = pipeline.variables.as_slice() else {
            match result.and_then(expression::value) {
                Ok(code) => self.print_value(tag, &code),
                Err(lost) => self.lose(tag, lost),
            }
            return;
        };
        match result {
            Ok(code) if pipeline.is_declaration => self.declare(tag.trim, name, code),
            Ok(code) => self.assign(tag, name, &code),
            Err(lost) => {
                self.lose(tag, lost);
                self.lose_variable(name, pipeline.is_declaration);
            }
        }
    }

    fn print_value(&mut self, tag: &Tag<'_>, code: &Code) {
        if self.markup.is_in_script() && !code.text.starts_with("throw(") {
            let note = "in a script or style sheet, Go writes values in that language; here they are escaped as HTML";
            self.findings.push((tag.offset, Finding::Differs(note)));
        }
        self.open("{{", tag.trim.left);
        self.out.push_str(&code.or_default("\"\"").text);
        self.out.push_str(if tag.trim.right { " -}}" } else { " }}" });
    }

    /// Declares a variable. What is there in every template needs no second name.
    fn declare(&mut self, trim: Trim, name: &'a str, code: Code) {
        let is_given =
            matches!(code.kind, Kind::Call | Kind::Page | Kind::Site | Kind::Resources | Kind::Arguments);
        if is_given && !self.assigned.contains(name) {
            let shown = if code.text.is_empty() { "the shortcode's call" } else { code.text.as_str() };
            self.comment(trim, &format!("${name} is {shown}"));
            self.scope.declare(name, Some(code));
            return;
        }
        if name == "_hugo_config" {
            self.comment(trim, "settings for Hugo");
            return;
        }
        let own = self.variable(name, &code);
        self.tag(trim, &format!("set {own} = {}", code.text));
    }

    /// Makes a variable for a value; returns what it is called.
    fn variable(&mut self, name: &'a str, code: &Code) -> String {
        let own = self.scope.fresh(name);
        let mut variable = Code::path(own.clone(), code.kind);
        variable.optional = code.optional;
        if self.assigned.contains(name) {
            variable = variable.of(Kind::Any).optional();
        }
        self.scope.declare(name, Some(variable));
        own
    }

    fn assign(&mut self, tag: &Tag<'_>, name: &str, code: &Code) {
        let (known, loops) = match self.scope.find(name) {
            Some(variable) => (variable.code.clone(), variable.loops),
            None => return self.lose(tag, Lost::new(format!("there is no variable `${name}` here"))),
        };
        let Some(known) = known else {
            return self.lose(tag, Lost::follows());
        };
        // `set` reaches the innermost loop, `set_global` the template outside of all.
        let word = match loops {
            _ if loops == self.scope.loops => "set",
            0 => "set_global",
            _ => {
                let lost = Lost::new(format!("`${name}` belongs to a loop outside of this one")).hint(
                    "a variable can be changed in its own loop only, or from everywhere if it is in none",
                );
                return self.lose(tag, lost);
            }
        };
        self.tag(tag.trim, &format!("{word} {} = {}", known.text, code.text));
    }

    /// Forgets the value of a variable that was to be declared.
    pub(super) fn lose_variable(&mut self, name: &'a str, is_declaration: bool) {
        if is_declaration {
            self.scope.declare(name, None);
        }
    }

    fn branch(&mut self, branch: &Branch<'a>) {
        self.scope.open();
        if branch.kind == BranchKind::Range {
            self.range(branch);
        } else {
            let opened = self.condition(branch, true);
            self.ends(branch.end, opened, "endif");
        }
        self.scope.close();
    }

    fn ends(&mut self, trim: Trim, count: usize, word: &str) {
        for index in 0..count {
            let own = Trim { left: trim.left && index == 0, right: trim.right && index + 1 == count };
            self.tag(own, word);
        }
    }

    /// Writes `if` or `with` with all that follows but the end; returns how many ends are needed.
    fn condition(&mut self, branch: &Branch<'a>, is_first: bool) -> usize {
        let tag = &branch.tag;
        let result = self.evaluate(tag, &branch.pipeline);
        let mut opened = usize::from(is_first);
        let word = if is_first { "if" } else { "elif" };
        let dot = match result {
            Err(lost) => {
                self.tag(Trim { right: false, ..tag.trim }, &format!("{word} false"));
                self.comment(Trim { left: false, ..tag.trim }, &format!("not translated: {}", tag.source));
                self.tell(tag, lost);
                for name in &branch.pipeline.variables {
                    self.lose_variable(name, true);
                }
                None
            }
            Ok(code) => {
                let (condition, set) = self.bind(branch, code);
                match set {
                    None => self.tag(tag.trim, &format!("{word} {}", asked(&condition))),
                    Some(set) => {
                        let mut left = tag.trim.left;
                        if !is_first {
                            self.tag(Trim { left, right: false }, "else");
                            (left, opened) = (false, 1);
                        }
                        self.tag(Trim { left, right: false }, &set);
                        self.tag(Trim { left: false, ..tag.trim }, &format!("if {}", asked(&condition)));
                    }
                }
                Some(Code { optional: false, ..condition })
            }
        };
        let is_with = branch.kind == BranchKind::With;
        if is_with {
            self.scope.push_dot(dot);
        }
        self.block(&branch.body);
        if is_with {
            self.scope.pop_dot();
        }
        opened + self.otherwise(&branch.otherwise)
    }

    /// Translates what follows after the first body; returns how many more ends are needed.
    pub(super) fn otherwise(&mut self, otherwise: &Otherwise<'a>) -> usize {
        match otherwise {
            Otherwise::End => 0,
            Otherwise::Else(trim, body) => {
                self.tag(*trim, "else");
                self.block(body);
                0
            }
            Otherwise::Chain(branch) => self.condition(branch, false),
        }
    }

    /// Returns what a condition asks, and the `set` that has to stand before it.
    fn bind(&mut self, branch: &Branch<'a>, code: Code) -> (Code, Option<String>) {
        let is_path = code.bond == Bond::Path && !self.assigned.contains(code.text.as_str());
        match branch.pipeline.variables.as_slice() {
            [name, ..] if branch.pipeline.is_declaration => {
                let own = self.variable(name, &code);
                let set = format!("set {own} = {}", code.text);
                (Code::path(own, code.kind), Some(set))
            }
            _ if branch.kind == BranchKind::If || is_path => (code, None),
            _ => {
                let own = self.scope.fresh("value");
                let set = format!("set {own} = {}", code.text);
                (Code::path(own, code.kind), Some(set))
            }
        }
    }

    /// Translates a body with variables of its own.
    pub(super) fn block(&mut self, nodes: &[Node<'a>]) {
        self.scope.open();
        self.nodes(nodes);
        self.scope.close();
    }
}

/// A call, and what is given with every template, are always there.
fn asked(condition: &Code) -> &str {
    if condition.text.is_empty() { "true" } else { &condition.text }
}
