//! The tree of a Go template, as `parser` makes it and `translate` reads it. Holds no behaviour.

use super::lexer::Trim;

/// The braces of one action: what is kept of them in the translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// Its white space.
    pub(super) trim: Trim,
    /// Byte of the template where the braces begin.
    pub(super) offset: usize,
    /// What is written between them.
    pub(super) source: &'a str,
}

/// One part of a template.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'a> {
    /// Text.
    Text(&'a str),
    /// A comment.
    Comment(&'a str, Trim),
    /// `{{ … }}`: prints, or declares.
    Print(Tag<'a>, Pipeline<'a>),
    /// `if`, `with` or `range`.
    Branch(Branch<'a>),
    /// `break` or `continue`.
    Jump(Tag<'a>, Jump),
    /// What has no counterpart: `template`, and `define` or `block` with all that they hold.
    Foreign(Tag<'a>, &'static str),
}

/// How a loop is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jump {
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// Which word a branch begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BranchKind {
    /// `if`
    If,
    /// `with`: the dot is the value.
    With,
    /// `range`: the dot is each value.
    Range,
}

/// `{{ if }} … {{ else }} … {{ end }}` and its relatives.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Branch<'a> {
    /// Which of them.
    pub(super) kind: BranchKind,
    /// Its first braces.
    pub(super) tag: Tag<'a>,
    /// What is asked.
    pub(super) pipeline: Pipeline<'a>,
    /// What is done if so.
    pub(super) body: Vec<Node<'a>>,
    /// What is done if not.
    pub(super) otherwise: Otherwise<'a>,
    /// The braces of `end`; those of the last branch in a row of `else if`.
    pub(super) end: Trim,
}

/// What follows after the first body of a branch.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Otherwise<'a> {
    /// Nothing.
    End,
    /// `else`
    Else(Trim, Vec<Node<'a>>),
    /// `else if`, `else with`: its tag is the whole `else …`.
    Chain(Box<Branch<'a>>),
}

/// Commands joined by `|`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pipeline<'a> {
    /// Variables that take the value, in their order.
    pub(super) variables: Vec<&'a str>,
    /// Whether they are new (`:=`) or there already (`=`).
    pub(super) is_declaration: bool,
    /// The commands; at least one.
    pub(super) commands: Vec<Command<'a>>,
}

/// A value, or a function with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command<'a> {
    /// The function or the value.
    pub(super) first: Operand<'a>,
    /// The arguments.
    pub(super) arguments: Vec<Operand<'a>>,
}

/// A value with the fields that are asked of it: `.Page.Title`, `$x.Name`, `(index . 0).Url`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Operand<'a> {
    /// Where the chain begins.
    pub(super) base: Base<'a>,
    /// The fields.
    pub(super) fields: Vec<&'a str>,
    /// What is written.
    pub(super) source: &'a str,
}

/// What a chain begins with.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Base<'a> {
    /// `.`
    Dot,
    /// `$x`; `$` is the empty name.
    Variable(&'a str),
    /// A function, or a name that is given: `site`.
    Function(&'a str),
    /// `( … )`
    Group(Box<Pipeline<'a>>),
    /// A text.
    Text(String),
    /// A number, as it is written.
    Number(String),
    /// `true` or `false`.
    Boolean(bool),
    /// `nil`
    Nil,
}
