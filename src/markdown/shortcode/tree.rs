//! Turns tags in the order of the text into the tree of calls.
//!
//! Knows which names exist and which are open. Does not know how a tag is written.

use std::collections::BTreeMap;
use std::mem;

use crate::diag::Diagnostic;

use super::tag::OpenTag;
use super::{Call, Delimiter, Inner, Names, Node, Problem};

/// How many shortcodes can be inside of each other; a body that goes deeper is a slip, and could exhaust the
/// stack.
pub(super) const DEEPEST: usize = 100;

/// The tree as far as it is read.
pub(super) struct Tree<'a, 'n> {
    names: &'n Names,
    done: Siblings<'a>,
    open: Vec<Frame<'a>>,
    /// How many shortcodes are open that were not taken, because they would be too deep.
    too_deep: usize,
    /// Diagnostics of names that there are no templates for.
    unknown: BTreeMap<String, Diagnostic>,
    problems: Vec<Problem>,
}

/// Nodes with the same parent.
#[derive(Default)]
struct Siblings<'a> {
    nodes: Vec<Node<'a>>,
    calls: usize,
}

/// A shortcode that is still open.
struct Frame<'a> {
    call: Call<'a>,
    inner: Siblings<'a>,
    awaited: Awaited,
    /// It may end at its opening tag.
    is_optional: bool,
}

/// The closing tag that has to come.
struct Awaited {
    name: String,
    delimiter: Delimiter,
    /// Byte of the opening tag.
    offset: usize,
    /// Its being missing would be no news, because a tag of its pair was reported.
    reported: bool,
}

/// What is known of an opening tag beside what it says.
#[derive(Clone, Copy)]
pub(super) struct Opening<'a> {
    /// Its kind of braces.
    pub(super) delimiter: Delimiter,
    /// Its first byte.
    pub(super) offset: usize,
    /// The blanks before it, see [`Call::indent`].
    pub(super) indent: &'a str,
    /// It could not be read to its end, and was reported.
    pub(super) broken: bool,
}

impl<'a, 'n> Tree<'a, 'n> {
    /// Starts with nothing.
    pub(super) fn new(names: &'n Names) -> Self {
        let (done, unknown) = (Siblings::default(), BTreeMap::new());
        Self { names, done, open: Vec::new(), too_deep: 0, unknown, problems: Vec::new() }
    }

    /// Adds a text.
    pub(super) fn text(&mut self, text: &'a str) {
        if !text.is_empty() {
            self.siblings().nodes.push(Node::Text(text));
        }
    }

    /// Adds a problem.
    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Adds a shortcode, which stays open if its template uses the text that follows.
    pub(super) fn open(&mut self, tag: OpenTag<'a>, opening: Opening<'a>) {
        let OpenTag { name: written, arguments, self_closed } = tag;
        let Opening { delimiter, offset, indent, broken } = opening;
        let name = written.to_lowercase();
        let Some(&use_of_inner) = self.names.get(&name) else {
            return self.report_unknown(name, offset);
        };
        let takes_inner = use_of_inner != Inner::Unused;
        // One that may end at its tag is never inside of its like: a row of them does not count as depth.
        if self.open.last().is_some_and(|frame| frame.is_optional && frame.call.name == name) {
            self.end_optional(self.open.len() - 1);
        }
        if let (Some(slash), false, false) = (self_closed, takes_inner, broken) {
            let diagnostic = closing(format!("`{written}` takes no text, so it cannot be closed"))
                .hint(format!("leave out the slash: `{}`", delimiter.tag(written)));
            self.report(Problem { offset: slash, diagnostic });
        }
        let ordinal = self.siblings().calls;
        let inner = takes_inner.then(Vec::new);
        let call = Call { name: name.clone(), written, delimiter, arguments, inner, indent, offset, ordinal };
        if !takes_inner || self_closed.is_some() {
            self.add(call);
        } else if self.open.len() < DEEPEST {
            let awaited = Awaited { name, delimiter, offset, reported: broken };
            let is_optional = use_of_inner == Inner::Optional;
            self.open.push(Frame { call, inner: Siblings::default(), awaited, is_optional });
        } else {
            self.too_deep += 1;
            let message = format!("more than {DEEPEST} shortcodes are inside of each other");
            self.report(Problem { offset, diagnostic: Diagnostic::error("shortcode-syntax", message) });
        }
    }

    /// Closes the innermost open shortcode, if one with the name is open; without a name, in any case.
    ///
    /// Two pairs may cross: `{{< a >}}{{< b >}}{{< /a >}}{{< /b >}}` is read as if the closing tags were in
    /// the right order (Hugo 0.168, recorded). So each closing tag is awaited by one of the open shortcodes,
    /// and what is missing in the end can be told.
    pub(super) fn close(&mut self, written: &str, opening: Opening) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let name = written.to_lowercase();
        let awaiting = self.open.iter().rposition(|frame| name.is_empty() || frame.awaited.name == name);
        let Some(awaiting) = awaiting else {
            if !opening.broken {
                self.report_stray(&name, opening);
            }
            return;
        };
        self.end_optional(awaiting + 1);
        let Some(mut innermost) = self.open.pop() else { return };
        if let Some(frame) = self.open.get_mut(awaiting) {
            mem::swap(&mut frame.awaited, &mut innermost.awaited);
        }
        let Frame { mut call, inner, awaited: _, is_optional: _ } = innermost;
        call.inner = Some(inner.nodes);
        self.add(call);
    }

    /// Ends the innermost open shortcodes at their opening tags, as far as they do well without a closing one and
    /// stand at `from` or deeper: what was read as their inner text is what follows them.
    fn end_optional(&mut self, from: usize) {
        while self.open.len() > from && self.open.last().is_some_and(|frame| frame.is_optional) {
            let Some(Frame { mut call, inner, .. }) = self.open.pop() else { return };
            call.inner = None;
            self.add(call);
            let siblings = self.siblings();
            let before = siblings.calls;
            siblings.calls += inner.calls;
            siblings.nodes.extend(inner.nodes.into_iter().map(|node| match node {
                Node::Call(call) => Node::Call(Call { ordinal: call.ordinal + before, ..call }),
                Node::Text(text) => Node::Text(text),
            }));
        }
    }

    /// Returns the tree.
    ///
    /// # Errors
    /// All that was reported, in the order of the text.
    pub(super) fn finish(mut self) -> Result<Vec<Node<'a>>, Vec<Problem>> {
        self.end_optional(0);
        for Frame { awaited, .. } in mem::take(&mut self.open).into_iter().filter(|frame| !frame.is_optional)
        {
            let Awaited { name, delimiter, offset, reported } = awaited;
            if !reported {
                self.report(Problem { offset, diagnostic: unclosed(&name, delimiter) });
            }
        }
        if self.problems.is_empty() {
            return Ok(self.done.nodes);
        }
        self.problems.sort_by_key(|problem| problem.offset);
        Err(self.problems)
    }

    fn siblings(&mut self) -> &mut Siblings<'a> {
        self.open.last_mut().map_or(&mut self.done, |frame| &mut frame.inner)
    }

    fn add(&mut self, call: Call<'a>) {
        let siblings = self.siblings();
        siblings.nodes.push(Node::Call(call));
        siblings.calls += 1;
    }

    fn report_unknown(&mut self, name: String, offset: usize) {
        let names = self.names;
        let diagnostic = self.unknown.entry(name).or_insert_with_key(|name| unknown(name, names)).clone();
        self.report(Problem { offset, diagnostic });
    }

    /// Reports a closing tag that nothing awaits, unless it belongs to an unknown shortcode.
    fn report_stray(&mut self, name: &str, opening: Opening) {
        let Opening { delimiter, offset, .. } = opening;
        if self.unknown.contains_key(name) {
            return;
        }
        let tag = delimiter.tag(&format!("/{name}"));
        let diagnostic = if self.names.get(name) == Some(&Inner::Unused) {
            closing(format!("`{name}` takes no text, so it cannot be closed"))
                .hint(format!("leave out `{tag}`"))
        } else if let Some(Frame { awaited, .. }) = self.open.last_mut() {
            awaited.reported = true;
            let meant = delimiter.tag(&format!("/{}", awaited.name));
            closing(format!("`{tag}` closes a shortcode that is not open"))
                .hint(format!("`{}` is open: close it with `{meant}`", awaited.name))
        } else {
            closing(format!("`{tag}` closes a shortcode, but none is open")).hint(format!(
                "leave it out, or write `{}/* /{name} {}` to show it",
                delimiter.open(),
                delimiter.escape_end()
            ))
        };
        self.report(Problem { offset, diagnostic });
    }
}

fn unclosed(name: &str, delimiter: Delimiter) -> Diagnostic {
    let (open, close, end) = (delimiter.open(), delimiter.close(), delimiter.tag(&format!("/{name}")));
    Diagnostic::error("shortcode-unclosed", format!("the shortcode `{name}` is not closed"))
        .hint(format!("close it with `{end}`, or write `{open} {name} … /{close}` if nothing is in it"))
}

fn closing(message: String) -> Diagnostic {
    Diagnostic::error("shortcode-closing", message)
}

fn unknown(name: &str, names: &Names) -> Diagnostic {
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
