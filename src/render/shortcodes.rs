//! Calls the templates of shortcodes, and hands the text without shortcodes on to Markdown.

use std::cell::Cell;

use tera::value::Key;
use tera::{Context, Map, Value};

use super::engine::Engine;
use super::targets;
use super::values::{html, list, map, number, text};
use super::views;
use crate::diag::{Diagnostic, Location};
use crate::markdown;
use crate::markdown::expand::{Expanded, Parent, expand};
use crate::markdown::shortcode::{Argument, Arguments, Call, Delimiter, Node, Problem, Scanned, scan_all};
use crate::page::Content;
use crate::site::Page;

/// Whose text is expanded.
pub(super) struct Caller<'a> {
    /// The page.
    pub(super) page: &'a Page,
    /// Its index in the site.
    pub(super) page_index: usize,
    /// Its document.
    pub(super) content: &'a Content,
    /// The templates.
    pub(super) engine: &'a Engine,
    /// Where the last place was: the next one is counted from there.
    pub(super) last_place: Cell<Place>,
}

/// A byte of the body with its line and column, both from 1, in the whole file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

/// Most mistakes that are told of one text: the rest are likely to come from the same slip.
const PROBLEMS_MAX: usize = 100;

/// Most bytes that one shortcode may print: shortcodes in shortcodes could double their text without end.
const OUTPUT_MAX_BYTES: usize = 16 << 20;

impl<'a> Caller<'a> {
    /// Takes up the text of a page.
    pub(super) fn new(page: &'a Page, page_index: usize, content: &'a Content, engine: &'a Engine) -> Self {
        let (line, column) = content.body_position(0);
        Self { page, page_index, content, engine, last_place: Cell::new(Place { offset: 0, line, column }) }
    }

    /// Returns line and column of a byte of the body; quick where the bytes are asked for in their order.
    fn position(&self, offset: usize) -> (usize, usize) {
        let Place { offset: from, line, column } = self.last_place.get();
        let between = self.content.body().get(from..offset).filter(|_| from <= offset);
        let (line, column) = match between {
            None => self.content.body_position(offset),
            Some(between) => match between.rsplit_once('\n') {
                None => (line, column + between.chars().count()),
                Some((before, last)) => (
                    line + 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count(),
                    last.chars().count() + 1,
                ),
            },
        };
        self.last_place.set(Place { offset, line, column });
        (line, column)
    }

    fn place(&self, offset: usize) -> Location {
        let (line, column) = self.position(offset);
        Location::position(self.content.source.as_str(), line, column)
    }

    fn located(&self, mut problems: Vec<Problem>) -> Vec<Diagnostic> {
        let rest = problems.split_off(problems.len().min(PROBLEMS_MAX));
        let mut told: Vec<Diagnostic> =
            problems.into_iter().map(|problem| problem.diagnostic.at(self.place(problem.offset))).collect();
        if let Some(next) = rest.first() {
            let message = format!("{} more mistakes from here on are not shown", rest.len());
            told.push(Diagnostic::error("shortcode-syntax", message).at(self.place(next.offset)));
        }
        told
    }
}

/// Replaces the shortcodes of a page's text; on problems the text stays without the faulty ones.
pub(super) fn expand_body(caller: &Caller<'_>) -> (Expanded, Vec<Diagnostic>) {
    let body = markdown::neutralise(caller.content.body());
    let site = &caller.engine.shared.site;
    let rule = site.config.unknown_shortcodes;
    let Scanned { nodes, problems, unknown } = scan_all(&body, &caller.engine.shortcodes, rule);
    for used in &unknown {
        caller.engine.shared.unknown.note(&used.name, caller.place(used.offset));
    }
    if !problems.is_empty() {
        return (Expanded::default(), caller.located(problems));
    }
    if nodes.iter().all(|node| matches!(node, Node::Text(_))) {
        let source = nodes.iter().map(|node| if let Node::Text(text) = node { text } else { "" }).collect();
        return (Expanded { source, outputs: Vec::new() }, Vec::new());
    }
    let page = Value::from(views::facts(site, caller.page));
    let mut template = |call: &Call<'_>, parent: Option<&Parent<'_>>, inner: &str| {
        let context = context(caller, &page, call, parent, inner);
        let place = caller.place(call.offset).to_string();
        let output = caller.engine.render_shortcode(&call.name, &context, &place)?;
        if output.len() > OUTPUT_MAX_BYTES {
            let message = format!("`{}` prints more than 16 mebibytes", call.written);
            return Err(Diagnostic::error("shortcode-output", message)
                .hint("shortcodes inside of each other must not repeat their text"));
        }
        Ok(output)
    };
    match expand(&nodes, &mut template, &mut |text| {
        targets::render(&caller.engine.shared, caller.page, text).html
    }) {
        Ok(expanded) => (expanded, Vec::new()),
        Err(problems) => (Expanded::default(), caller.located(problems)),
    }
}

fn context(
    caller: &Caller<'_>,
    page: &Value,
    call: &Call<'_>,
    parent: Option<&Parent<'_>>,
    inner: &str,
) -> Context {
    let (line, column) = caller.position(call.offset);
    let mut context = caller.engine.context(caller.page.language);
    context.insert_value("page", page.clone());
    context.insert_value("page_index", number(caller.page_index));
    context.insert_value("source_path", text(caller.content.source.as_str()));
    context.insert_value("source_line", number(line));
    context.insert_value("source_column", number(column));
    context.insert_value("name", text(call.written));
    context.insert_value("ordinal", number(call.ordinal));
    context.insert_value("args", positional(&call.arguments));
    context.insert_value("named", named(&call.arguments));
    context.insert_value("inner", html(inner));
    context.insert_value("is_closed", Value::from(call.inner.is_some()));
    context.insert_value("is_markdown", Value::from(call.delimiter == Delimiter::Markdown));
    context.insert_value("ordinals", text(ordinals(call, parent)));
    context.insert_value("parent", parent.map_or_else(Value::none, parent_view));
    context
}

fn parent_view(parent: &Parent<'_>) -> Value {
    map([
        ("name", text(parent.call.written)),
        ("args", positional(&parent.call.arguments)),
        ("named", named(&parent.call.arguments)),
        ("ordinal", number(parent.call.ordinal)),
        ("ordinals", text(ordinals(parent.call, parent.parent))),
        ("parent", parent.parent.map_or_else(Value::none, parent_view)),
    ])
}

/// Returns the ordinals of all calls that lead to this one, `07-00`: no other call of the page has the same.
fn ordinals(call: &Call<'_>, parent: Option<&Parent<'_>>) -> String {
    let own = format!("{:02}", call.ordinal);
    match parent {
        Some(parent) => format!("{}-{own}", ordinals(parent.call, parent.parent)),
        None => own,
    }
}

fn positional(arguments: &Arguments) -> Value {
    match arguments {
        Arguments::Positional(values) => list(values.iter().map(argument)),
        Arguments::None | Arguments::Named(_) => list([]),
    }
}

fn named(arguments: &Arguments) -> Value {
    match arguments {
        Arguments::Named(values) => Value::from(
            values.iter().map(|(key, value)| (Key::from(key.clone()), argument(value))).collect::<Map>(),
        ),
        Arguments::None | Arguments::Positional(_) => map([]),
    }
}

fn argument(argument: &Argument) -> Value {
    match argument {
        Argument::Text(value) => text(value),
        Argument::Integer(number) => Value::from(*number),
        Argument::Float(number) => Value::from(*number),
        Argument::Boolean(flag) => Value::from(*flag),
    }
}
