//! Turns tags in the order of the text into the tree of calls.
//!
//! Knows which names exist and which are open. Does not know how a tag is written.

use std::collections::BTreeSet;
use std::mem;

use crate::diag::Diagnostic;

use super::tag::OpenTag;
use super::unknown::{Unknown, UnknownUse, Unpaired};
use super::{Call, Delimiter, Inner, Names, Node, Problem, Scanned};

/// How many shortcodes can be inside of each other; a body that goes deeper is a slip, and could exhaust the
/// stack.
pub(super) const DEEPEST: usize = 100;

/// The tree as far as it is read.
pub(super) struct Tree<'a, 'n> {
    names: &'n Names,
    rule: Unknown,
    done: Siblings<'a>,
    open: Vec<Frame<'a>>,
    /// How many shortcodes are open that were not taken, because they would be too deep.
    too_deep: usize,
    /// Uses of names that there are no templates for, and these names.
    unknown: Vec<UnknownUse>,
    unknown_names: BTreeSet<String>,
    problems: Vec<Problem>,
}

/// Nodes with the same parent.
#[derive(Default)]
struct Siblings<'a> {
    nodes: Vec<Node<'a>>,
    calls: usize,
    unpaired: Unpaired,
}

impl<'a> Siblings<'a> {
    fn finish(self) -> Vec<Node<'a>> {
        self.unpaired.without_dropped(self.nodes)
    }
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
    pub(super) fn new(names: &'n Names, rule: Unknown) -> Self {
        Self {
            names,
            rule,
            done: Siblings::default(),
            open: Vec::new(),
            too_deep: 0,
            unknown: Vec::new(),
            unknown_names: BTreeSet::new(),
            problems: Vec::new(),
        }
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
            return self.open_unknown(name, written, offset, self_closed.is_some());
        };
        let takes_inner = use_of_inner != Inner::Unused;
        // One that may end at its tag is never inside of its like: a row of them does not count as depth.
        let like = self.open.iter().rposition(|frame| !frame.is_optional || frame.call.name == name);
        if let Some(like) = like.filter(|like| self.open[*like].is_optional) {
            self.end_optional(like);
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
        let name = written.to_lowercase();
        if self.close_unknown(&name) {
            return;
        }
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
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
        call.inner = Some(inner.finish());
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
            siblings.nodes.extend(inner.finish().into_iter().map(|node| match node {
                Node::Call(call) => Node::Call(Call { ordinal: call.ordinal + before, ..call }),
                other => other,
            }));
        }
    }

    /// Returns the tree, with all that was reported in the order of the text.
    pub(super) fn finish(mut self) -> Scanned<'a> {
        self.end_optional(0);
        for Frame { awaited, .. } in mem::take(&mut self.open).into_iter().filter(|frame| !frame.is_optional)
        {
            let Awaited { name, delimiter, offset, reported } = awaited;
            if !reported {
                self.report(Problem { offset, diagnostic: unclosed(&name, delimiter) });
            }
        }
        self.problems.sort_by_key(|problem| problem.offset);
        Scanned { nodes: self.done.finish(), problems: self.problems, unknown: self.unknown }
    }

    fn siblings(&mut self) -> &mut Siblings<'a> {
        self.open.last_mut().map_or(&mut self.done, |frame| &mut frame.inner)
    }

    fn add(&mut self, call: Call<'a>) {
        let siblings = self.siblings();
        siblings.nodes.push(Node::Call(call));
        siblings.calls += 1;
    }

    /// Notes a shortcode that there is no template for; it may be closed as long as its parent is open.
    fn open_unknown(&mut self, name: String, written: &'a str, offset: usize, is_closed: bool) {
        let rule = self.rule;
        let siblings = self.siblings();
        if rule == Unknown::Inner {
            siblings.nodes.push(Node::Unknown(written));
        }
        if !is_closed {
            siblings.unpaired.open(&name, siblings.nodes.len());
        }
        self.unknown_names.insert(name.clone());
        self.unknown.push(UnknownUse { name, offset });
    }

    /// Returns whether a closing tag is that of an unknown shortcode; what it closes may be in another parent.
    fn close_unknown(&mut self, name: &str) -> bool {
        // What is between the tags of an inline shortcode is a template, and no text.
        let keeps_inner = self.rule != Unknown::Warn && !name.ends_with(".inline");
        if self.unknown_names.contains(name) {
            let is_inside = |frame: &&Frame<'_>| frame.is_optional && !frame.inner.unpaired.awaits(name);
            while self.open.last().filter(is_inside).is_some() {
                self.end_optional(self.open.len() - 1);
            }
        }
        let siblings = self.siblings();
        let next = siblings.nodes.len();
        if name.is_empty() {
            return siblings.unpaired.is_open() && self.open.is_empty();
        }
        siblings.unpaired.close(name, next, keeps_inner) || self.unknown_names.contains(name)
    }

    /// Reports a closing tag that nothing awaits.
    fn report_stray(&mut self, name: &str, opening: Opening) {
        let Opening { delimiter, offset, .. } = opening;
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
