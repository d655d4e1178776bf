//! Turns the text of a body into text and shortcode calls, before Markdown sees any of it.
//!
//! Looks at the whole body, so a shortcode in a code fence, an attribute or a comment is a call too; only
//! `{{</* … */>}}` is not. Knows which shortcodes there are but calls no template: that is `expand`'s work.
//! The rules are Hugo's (0.168, recorded), the messages and the exact places are ours.

mod argument;
mod cursor;
mod tag;
#[cfg(test)]
mod tests;
mod tree;
mod unknown;

use std::collections::BTreeMap;

use memchr::memmem;

use crate::diag::Diagnostic;

pub use argument::{Argument, Arguments};
use cursor::Cursor;
use tag::{Failure, Tag};
use tree::{Opening, Tree};
pub use unknown::{Unknown, UnknownUse, unknown};

/// The shortcodes of a site: lower-case name, and what the template does with the text between the two tags.
pub type Names = BTreeMap<String, Inner>;

/// What becomes of the text between the two tags of a shortcode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// The template does not use it: the shortcode may not be closed.
    Unused,
    /// The template uses it: the shortcode must be closed.
    Needed,
    /// The template does well without: the shortcode ends at its tag where no closing one follows.
    Optional,
}

impl From<bool> for Inner {
    /// Takes whether the template uses the text.
    fn from(is_used: bool) -> Self {
        if is_used { Self::Needed } else { Self::Unused }
    }
}

/// A piece of a body.
#[derive(Debug, Clone, PartialEq)]
pub enum Node<'a> {
    /// Text outside of tags, never empty. An escaped `{{</* x */>}}` is three texts: `{{<`, ` x `, `>}}`.
    Text(&'a str),
    /// A shortcode, with all that is between its tags.
    Call(Call<'a>),
    /// The place of an opening tag of this name, which there is no template for; what it stood before is kept.
    Unknown(&'a str),
}

/// All that was found in a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Scanned<'a> {
    /// Text and calls; not to be relied on if there are problems.
    pub nodes: Vec<Node<'a>>,
    /// What is wrong, in the order of the body.
    pub problems: Vec<Problem>,
    /// Where shortcodes are used that there is no template for, in the order of the body.
    pub unknown: Vec<UnknownUse>,
}

/// One shortcode as the author called it.
#[derive(Debug, Clone, PartialEq)]
pub struct Call<'a> {
    /// Name in lower case, as the templates are found by.
    pub name: String,
    /// Name as the author wrote it, which is what Hugo's `.Name` is.
    pub written: &'a str,
    /// Which of the two kinds of braces the opening tag has; the closing tag's may differ.
    pub delimiter: Delimiter,
    /// What stands after the name.
    pub arguments: Arguments,
    /// What is between the tags; `None` for a shortcode that takes nothing, empty for `{{< x />}}`.
    pub inner: Option<Vec<Node<'a>>>,
    /// The blanks before the opening tag, if nothing else stands before it on its line (or since the last
    /// tag).
    pub indent: &'a str,
    /// Byte of the opening `{{` in the body.
    pub offset: usize,
    /// How many calls stand before this one in the same parent.
    pub ordinal: usize,
}

/// The two kinds of braces, which say when the output meets Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Delimiter {
    /// `{{< >}}`: the output is put into the finished HTML.
    Raw,
    /// `{{% %}}`: the output is Markdown of the page.
    Markdown,
}

impl Delimiter {
    /// Returns what a tag begins with.
    pub fn open(self) -> &'static str {
        match self {
            Self::Raw => "{{<",
            Self::Markdown => "{{%",
        }
    }

    /// Returns what a tag ends with.
    pub fn close(self) -> &'static str {
        match self {
            Self::Raw => ">}}",
            Self::Markdown => "%}}",
        }
    }

    /// Returns the other kind.
    fn other(self) -> Self {
        match self {
            Self::Raw => Self::Markdown,
            Self::Markdown => Self::Raw,
        }
    }

    /// Returns the tag with `content`, as an author would type it.
    fn tag(self, content: &str) -> String {
        format!("{} {content} {}", self.open(), self.close())
    }

    /// Returns what follows `content` and the tag's end in an escaped tag.
    fn escape_end(self) -> &'static str {
        match self {
            Self::Raw => "*/>}}",
            Self::Markdown => "*/%}}",
        }
    }
}

/// What is wrong with a body, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Byte in the body, of the first character that is wrong.
    pub offset: usize,
    /// What is wrong; still without a place, because only the caller knows the file.
    pub diagnostic: Diagnostic,
}

impl Problem {
    fn boxed(at: Cursor, diagnostic: Diagnostic) -> Box<Self> {
        Box::new(Self { offset: at.offset(), diagnostic })
    }
}

/// Splits `body` into text and the calls of `names`.
///
/// # Errors
/// All problems of the body, in its order: `shortcode-unknown`, `shortcode-unclosed`, `shortcode-closing` and
/// `shortcode-syntax`. One slip of the author gives one problem where that can be told.
pub fn scan<'a>(body: &'a str, names: &Names) -> Result<Vec<Node<'a>>, Vec<Problem>> {
    let Scanned { nodes, mut problems, unknown: uses } = scan_all(body, names, Unknown::Error);
    problems.extend(
        uses.iter().map(|used| Problem { offset: used.offset, diagnostic: unknown(&used.name, names) }),
    );
    problems.sort_by_key(|problem| problem.offset);
    if problems.is_empty() { Ok(nodes) } else { Err(problems) }
}

/// Splits `body` into text and the calls of `names`, with everything that is wrong with it; `rule` says what becomes
/// of shortcodes of other names.
///
/// Takes time in proportion to the length of any input, and one search if there is no shortcode in it.
pub fn scan_all<'a>(body: &'a str, names: &Names, rule: Unknown) -> Scanned<'a> {
    let mut tree = Tree::new(names, rule);
    let mut rest = Cursor::new(body);
    let mut escapes = Escapes::default();
    while let Some((text, delimiter)) = next_tag(&mut rest) {
        tree.text(text);
        let is_escape = rest.after(delimiter.open()).text().starts_with("/*");
        rest = if is_escape {
            escapes.read(rest, delimiter, &mut tree)
        } else {
            read_tag(rest, delimiter, indent_of(text), &mut tree)
        };
    }
    tree.text(rest.text());
    tree.finish()
}

/// Moves to the next tag, if there is one, and returns the text before it and the kind of its braces.
fn next_tag<'a>(rest: &mut Cursor<'a>) -> Option<(&'a str, Delimiter)> {
    let mut at = *rest;
    loop {
        at.skip(memmem::find(at.text().as_bytes(), b"{{")?);
        let starts = |delimiter: &Delimiter| at.text().starts_with(delimiter.open());
        if let Some(delimiter) = [Delimiter::Raw, Delimiter::Markdown].into_iter().find(starts) {
            let text = rest.until(at);
            *rest = at;
            return Some((text, delimiter));
        }
        // One brace only, because `{{{< x >}}}` is a brace and a tag.
        at.skip(1);
    }
}

/// Returns the blanks that `text` ends with, if they are all of its last line.
fn indent_of(text: &str) -> &str {
    let kept = text.trim_end_matches([' ', '\t']);
    if kept.is_empty() || kept.ends_with('\n') { text.strip_prefix(kept).unwrap_or_default() } else { "" }
}

/// The search for the ends of escaped tags, which remembers that there are no more of them.
///
/// Without that, a body of nothing but `{{</*` would be searched to its end from each of them.
#[derive(Default)]
struct Escapes {
    raw_ended: bool,
    markdown_ended: bool,
}

impl Escapes {
    /// Adds what the escaped tag at `start` shows, and returns where to go on.
    fn read<'a>(&mut self, start: Cursor<'a>, delimiter: Delimiter, tree: &mut Tree<'a, '_>) -> Cursor<'a> {
        let open = start.after(delimiter.open());
        let content = open.after("/*");
        let Some(length) = self.find_end(content, delimiter) else {
            let (begin, end) = (delimiter.open(), delimiter.escape_end());
            let diagnostic = tag::syntax(format!("the escaped shortcode `{begin}/*` has no `{end}`"))
                .hint(format!("end it with `{end}`"));
            tree.report(*Problem::boxed(start, diagnostic));
            return content;
        };
        let mut end = content;
        end.skip(length);
        let close = end.after("*/");
        let resume = close.after(delimiter.close());
        tree.text(start.until(open));
        tree.text(content.until(end));
        tree.text(close.until(resume));
        resume
    }

    fn find_end(&mut self, content: Cursor, delimiter: Delimiter) -> Option<usize> {
        let ended = match delimiter {
            Delimiter::Raw => &mut self.raw_ended,
            Delimiter::Markdown => &mut self.markdown_ended,
        };
        if *ended {
            return None;
        }
        let found = memmem::find(content.text().as_bytes(), delimiter.escape_end().as_bytes());
        *ended = found.is_none();
        found
    }
}

/// Adds what the tag at `start` says, and returns where to go on.
fn read_tag<'a>(
    start: Cursor<'a>,
    delimiter: Delimiter,
    indent: &'a str,
    tree: &mut Tree<'a, '_>,
) -> Cursor<'a> {
    let sound = Opening { delimiter, offset: start.offset(), indent, broken: false };
    let (said, opening, resume) = match tag::read(start, delimiter) {
        Ok((said, end)) => (Some(said), sound, end),
        Err(failure) => {
            let (said, resume) = recover(failure, start, delimiter, tree);
            (said, Opening { broken: true, ..sound }, resume)
        }
    };
    match said {
        Some(Tag::Open(call)) => tree.open(call, opening),
        Some(Tag::Close(name)) => tree.close(name, opening),
        None => {}
    }
    resume
}

/// Reports a tag that cannot be read, and returns what could be read of it and where to go on.
///
/// That is after its end; or at the next tag, if that comes first: then the end is what is missing.
fn recover<'a>(
    failure: Failure<'a>,
    start: Cursor<'a>,
    delimiter: Delimiter,
    tree: &mut Tree<'a, '_>,
) -> (Option<Tag<'a>>, Cursor<'a>) {
    let Failure { problem, stop, tag: mut said } = failure;
    let mut resume = stop;
    if resume.eat(delimiter.other().close()) {
        tree.report(*problem);
        return (said, resume);
    }
    let within = next_tag(&mut resume).map_or(stop.text(), |(text, _)| text);
    resume = stop;
    let Some((skipped, _)) = within.split_once(delimiter.close()) else {
        tree.report(*tag::unclosed(start, delimiter));
        resume.skip(within.len());
        return (said, resume);
    };
    tree.report(*problem);
    if let Some(Tag::Open(call)) = &mut said {
        call.self_closed = skipped.trim_end().ends_with('/').then_some(start.offset());
    }
    resume.skip(skipped.len() + delimiter.close().len());
    (said, resume)
}
