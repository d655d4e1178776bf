//! Finds the marks of text that the parser does not know: `==mark==`, `++insert++`, `x^2^`, `H~2~O`.
//!
//! Also `~~deleted~~`, which the parser reads in fewer places than Hugo does. The rules are those of goldmark's extras and strikethrough, as recorded with Hugo 0.168: a run opens or closes by
//! what stands around it (CommonMark's flanking rules), and closes the nearest open run of the same length. Unlike
//! there, emphasis that the parser has found already stays whole. Writes nothing.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memmem};
use pulldown_cmark::{Event, OffsetIter, Tag, TagEnd};

use super::linkify;
use super::options::MarkdownOptions;

/// One tag in the place of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extra {
    /// Where the mark begins in the source.
    pub(super) at: usize,
    /// Bytes of the mark.
    pub(super) len: usize,
    /// Name of the element.
    pub(super) tag: &'static str,
    /// Whether this opens the element.
    pub(super) opens: bool,
}

/// A run of marks that may open an element.
struct Run {
    at: usize,
    /// Marks that are left of it.
    len: usize,
    /// Marks that it had.
    whole: usize,
    mark: u8,
    /// Whether it could close as well.
    closes: bool,
}

/// Returns the tags in the order of the source; the text is parsed for them only if it has such marks.
pub(super) fn find<'a>(
    source: &str,
    options: &MarkdownOptions,
    parse: impl FnOnce() -> OffsetIter<'a>,
) -> Vec<Extra> {
    if !may_have(source.as_bytes(), options) {
        return Vec::new();
    }
    let mut finder = Finder { source, options, levels: vec![Vec::new()], found: Vec::new(), done: 0 };
    for (event, range) in parse() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock)
            | Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                finder.done = finder.done.max(range.end);
            }
            // Any other element holds its own marks.
            Event::Start(_) => finder.levels.push(Vec::new()),
            Event::End(_) => {
                finder.levels.pop();
            }
            Event::Text(text) if source.get(range.clone()) == Some(&text) => finder.text(range),
            _ => {}
        }
    }
    finder.found.sort_unstable_by_key(|extra| extra.at);
    finder.found
}

/// Says cheaply whether the text can have marks that are looked for.
fn may_have(bytes: &[u8], options: &MarkdownOptions) -> bool {
    let extras = options.extras;
    extras.superscript && memchr(b'^', bytes).is_some()
        || extras.mark && memmem::find(bytes, b"==").is_some()
        || extras.insert && memmem::find(bytes, b"++").is_some()
        || (extras.subscript || extras.delete || options.strikethrough) && has_two_runs(bytes)
}

/// Says whether there are two runs of tildes that are no fences.
fn has_two_runs(bytes: &[u8]) -> bool {
    let is_tilde = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'~');
    let starts = memchr_iter(b'~', bytes).filter(|at| !is_tilde(at.checked_sub(1)));
    starts.filter(|at| !(is_tilde(Some(at + 1)) && is_tilde(Some(at + 2)))).nth(1).is_some()
}

/// Most runs that are kept open in one element, so that a text of nothing but marks takes no time.
const MAX_OPENERS: usize = 256;

/// Most bytes of an address that are passed over.
const MAX_ADDRESS: usize = 4096;

struct Finder<'s> {
    source: &'s str,
    options: &'s MarkdownOptions,
    /// Runs that may open, by the elements that are open.
    levels: Vec<Vec<Run>>,
    found: Vec<Extra>,
    /// Up to where the source was looked at.
    done: usize,
}

impl Finder<'_> {
    fn text(&mut self, range: Range<usize>) {
        let bytes = self.source.as_bytes();
        let mut at = range.start.max(self.done);
        let is_escaped = range.start.checked_sub(1).is_some_and(|before| bytes[before] == b'\\');
        if is_escaped && at == range.start && bytes.get(at).is_some_and(u8::is_ascii_punctuation) {
            at += 1;
        }
        while at < range.end {
            let Some(byte) = bytes.get(at).copied() else { break };
            if matches!(byte, b'h' | b'f' | b'w') {
                at += self.address(at);
            } else if matches!(byte, b'^' | b'~' | b'=' | b'+') {
                let len = bytes[at..].iter().take_while(|next| **next == byte).count();
                self.run(at, len, byte);
                at += len;
            } else {
                at += 1;
            }
        }
        self.done = at;
    }

    /// Returns the length of the address that starts at `at`, or 1.
    fn address(&self, at: usize) -> usize {
        let is_inside = self.source[..at].ends_with(|c: char| c.is_alphanumeric());
        if is_inside || !self.options.linkify {
            return 1;
        }
        let rest = &self.source[at..];
        let is_web = ["http://", "https://", "ftp://", "www."].iter().any(|start| rest.starts_with(start));
        if !is_web {
            return 1;
        }
        let rest = (0..4).find_map(|less| rest.get(..MAX_ADDRESS - less)).unwrap_or(rest);
        linkify::find(rest.lines().next().unwrap_or("")).map_or(1, |address| address.len.max(1))
    }

    /// Looks at one run of marks: closes what it fits, or remembers it.
    fn run(&mut self, at: usize, len: usize, mark: u8) {
        if !self.is_read(mark, len) {
            return;
        }
        let before = self.source[..at].chars().next_back().unwrap_or('\n');
        let after = self.source[at + len..].chars().next().unwrap_or('\n');
        let loose = |c: char| c.is_whitespace() || is_mark(c);
        let opens = !after.is_whitespace() && (!is_mark(after) || loose(before));
        let closes = !before.is_whitespace() && (!is_mark(before) || loose(after));
        let mut rest = Run { at, len, whole: len, mark, closes };
        while closes && rest.len > 0 && self.close(&mut rest, opens) {}
        let Some(openers) = self.levels.last_mut() else { return };
        if opens && rest.len > 0 && openers.len() < MAX_OPENERS {
            openers.push(rest);
        }
    }

    /// Closes the nearest open run that fits, as far as both reach.
    fn close(&mut self, closer: &mut Run, opens: bool) -> bool {
        let Some(openers) = self.levels.last_mut() else { return false };
        // CommonMark's rule of three: a run that could do both fits only some lengths.
        let fits = |opener: &Run| {
            let whole = opener.whole + closer.whole;
            opener.mark == closer.mark
                && !((opener.closes || opens) && whole.is_multiple_of(3) && !closer.whole.is_multiple_of(3))
        };
        let Some(index) = openers.iter().rposition(fits) else { return false };
        openers.truncate(index + 1);
        let Some(opener) = openers.last_mut() else { return false };
        let len = opener.len.min(closer.len);
        opener.len -= len;
        let opened = opener.at + opener.len;
        if opener.len == 0 {
            openers.pop();
        }
        let tag = match closer.mark {
            b'^' => "sup",
            b'=' => "mark",
            b'+' => "ins",
            _ if self.options.strikethrough || self.options.extras.delete && len == 2 => "del",
            _ => "sub",
        };
        self.found.push(Extra { at: opened, len, tag, opens: true });
        self.found.push(Extra { at: closer.at, len, tag, opens: false });
        closer.at += len;
        closer.len -= len;
        true
    }

    fn is_read(&self, mark: u8, len: usize) -> bool {
        let extras = self.options.extras;
        match mark {
            b'^' => extras.superscript && len <= 2,
            b'=' => extras.mark && len == 2,
            b'+' => extras.insert && len == 2,
            _ if self.options.strikethrough => len <= 2,
            _ => extras.subscript && len == 1 || extras.delete && len == 2 || extras.subscript && len == 2,
        }
    }
}

/// Punctuation and symbols, as CommonMark counts them.
fn is_mark(c: char) -> bool {
    super::typographer::is_mark(c)
}

#[cfg(test)]
mod tests {
    use super::super::options::Extras;
    use super::super::render;
    use super::*;

    fn inline(source: &str, options: &MarkdownOptions) -> String {
        let html = render(source, options).html;
        html.trim_end().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
    }

    #[test]
    fn marks_are_read_as_recorded() {
        let extras = Extras { delete: true, insert: true, mark: true, subscript: true, superscript: true };
        let options = MarkdownOptions { extras, strikethrough: false, ..MarkdownOptions::default() };
        let cases = [
            (
                "H~2~O x^2^ ==mark== ++ins++ ~~del~~ ~sub~",
                "H<sub>2</sub>O x<sup>2</sup> <mark>mark</mark> <ins>ins</ins> <del>del</del> <sub>sub</sub>",
            ),
            ("x^a b^ ==a b== ++a\nb++", "x<sup>a b</sup> <mark>a b</mark> <ins>a\nb</ins>"),
            ("x^ab^c^", "x<sup>ab</sup>c^"),
            (
                "*==a==* ==*a*== ==a `==` b==",
                "<em><mark>a</mark></em> <mark><em>a</em></mark> <mark>a <code>==</code> b</mark>",
            ),
            ("x^^2^^ ===a=== +++a+++ ++++", "x<sup>2</sup> ===a=== +++a+++ ++++"),
            ("== a == ++ b ++ ^ a^ C++ and D++", "== a == ++ b ++ ^ a^ C++ and D++"),
            ("a++b++c a==b==c", "a<ins>b</ins>c a<mark>b</mark>c"),
            ("x^2^^3^ H~2~~3~ ~~a~b~~", "x<sup>2^^3</sup> H<sub>2~~3</sub> <del>a~b</del>"),
            ("\\==a== ==a\\==", "==a== ==a=="),
            ("[==a==](b) ==[a](b)==", "<a href=\"b\"><mark>a</mark></a> <mark><a href=\"b\">a</a></mark>"),
            ("![==a==](c)", "<img src=\"c\" alt=\"a\">"),
            ("\"==a==\" ==\"a\"==", "&ldquo;<mark>a</mark>&rdquo; <mark>&ldquo;a&rdquo;</mark>"),
            (
                "https://a.bc/==x== ++https://a.bc++",
                "<a href=\"https://a.bc/==x==\">https://a.bc/==x==</a> \
                 <ins><a href=\"https://a.bc\">https://a.bc</a></ins>",
            ),
            ("x^*2*^ ^ a ^", "x^<em>2</em>^ ^ a ^"),
            ("==a~b~==", "<mark>a<sub>b</sub></mark>"),
            (
                "# H~2~O and x^2^ ==m==",
                "<h1 id=\"h2o-and-x2-m\">H<sub>2</sub>O and x<sup>2</sup> <mark>m</mark></h1>",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(inline(source, &options), expected, "{source}");
        }
        let off = MarkdownOptions { strikethrough: false, ..MarkdownOptions::default() };
        assert_eq!(inline("H~2~O x^2^ ==m== ++i++", &off), "H~2~O x^2^ ==m== ++i++");
    }

    #[test]
    fn deleted_text_may_stand_in_a_word() {
        let cases = [
            ("H~2~O a~~b~~c ~a~b a~b~ x~y", "H<del>2</del>O a<del>b</del>c <del>a</del>b a<del>b</del> x~y"),
            ("~~a~~ *a~b~c* `a~b~`", "<del>a</del> <em>a<del>b</del>c</em> <code>a~b~</code>"),
            (
                "| a~b~ |\n|---|\n| x~y~z |",
                "<table>\n<thead>\n<tr>\n<th>a<del>b</del></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>x<del>y</del>z</td>\n</tr>\n</tbody>\n</table>",
            ),
        ];
        for (source, expected) in cases {
            assert_eq!(inline(source, &MarkdownOptions::default()), expected, "{source}");
        }
    }
}
