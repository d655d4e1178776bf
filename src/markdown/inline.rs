//! Writes the elements of a text: code, emphasis, links, images, breaks, footnote marks.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};

use super::hooks::{self, Destination, TargetKind};
use super::options::EastAsianBreaks;
use super::writer::Writer;
use super::{east_asian, escape};

impl<'a> Writer<'a> {
    pub(super) fn code_span(&mut self, code: &str) {
        self.note_node();
        let code = self.restored(code);
        if let Some(heading) = &mut self.heading {
            heading.id_text.push_element(&code);
        }
        if self.text.images.is_empty() {
            self.out.push_str("<code>");
            escape::push_text(&mut self.out, &code);
            self.out.push_str("</code>");
        } else {
            escape::push_text(&mut self.out, &code);
        }
    }

    pub(super) fn soft_break(&mut self, range: Range<usize>) {
        if self.options.east_asian_breaks != EastAsianBreaks::Keep && self.break_vanishes(&range) {
            self.text.previous_end = None;
            return;
        }
        let is_bare = self.text.images.is_empty();
        let is_term = self.text.is_term && self.text.links == 0 && self.text.emphasis_ends.is_empty();
        if is_bare && is_term {
            self.end_term();
        }
        self.push_break(match is_bare {
            true if is_term => "</dt>\n<dt>",
            true if self.options.hard_wraps => self.line_break(),
            _ => "\n",
        });
        if is_bare
            && is_term
            && let Some(container) = self.open.last_mut()
        {
            container.target.at = self.out.len() - ">".len();
        }
    }

    pub(super) fn hard_break(&mut self) {
        self.push_break(if self.text.images.is_empty() { self.line_break() } else { "\n" });
    }

    fn line_break(&self) -> &'static str {
        if self.options.xhtml { "<br />\n" } else { "<br>\n" }
    }

    /// Says whether a line end between East Asian characters vanishes; what is written before it must be text.
    fn break_vanishes(&self, range: &Range<usize>) -> bool {
        let Some(end) = self.text.previous_end else { return false };
        let is_skipped = |c: char| c.is_whitespace() || matches!(c, '>' | '*' | '_' | '~' | '[');
        let before = self.source.get(..end).and_then(|text| text.chars().next_back());
        let after = self.source.get(range.end..).and_then(|text| text.chars().find(|c| !is_skipped(*c)));
        before
            .zip(after)
            .is_some_and(|(before, after)| east_asian::joins(before, after, self.options.east_asian_breaks))
    }

    fn push_break(&mut self, html: &str) {
        self.out.push_str(html);
        self.text.previous_end = None;
        self.text.is_line_start = true;
        if let Some(heading) = &mut self.heading {
            heading.id_text.end_line();
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str) {
        self.note_node();
        self.end_id_piece();
        let prefix = self.footnote_prefix();
        if self.text.images.is_empty() {
            self.footnotes.push_reference(&mut self.out, label, prefix);
        } else {
            // It counts, although an attribute has no room for it.
            self.footnotes.push_reference(&mut String::new(), label, prefix);
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.note_node();
        self.out.push_str("<input ");
        self.out.push_str(if done { "checked=\"\" " } else { "" });
        self.out.push_str("disabled=\"\" type=\"checkbox\"");
        self.out.push_str(self.void_end());
        self.out.push(' ');
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.note_node();
        if let Some(heading) = &mut self.heading {
            heading.id_text.open();
        }
        match tag {
            Tag::Emphasis => self.start_emphasis("<em>", range.end.saturating_sub(1)),
            Tag::Strong => self.start_emphasis("<strong>", range.end.saturating_sub(2)),
            Tag::Link { link_type: kind @ (LinkType::Autolink | LinkType::Email), .. } => {
                self.autolink(kind, range);
            }
            Tag::Link { dest_url, title, .. } => {
                self.text.links += 1;
                if self.text.images.is_empty() {
                    self.out.push_str("<a href=\"");
                    self.push_resolved(TargetKind::Link, &dest_url, range.start);
                    self.push_title(self.given_title(title, &range).as_deref());
                    self.out.push('>');
                }
            }
            Tag::Image { dest_url, title, .. } => {
                if self.text.images.is_empty() {
                    self.start_picture(&dest_url, range.start);
                }
                let title = self.given_title(title, &range);
                self.text.images.push(title);
            }
            _ => {}
        }
    }

    fn start_emphasis(&mut self, html: &str, end: usize) {
        self.text.emphasis_ends.push(end);
        if self.text.images.is_empty() {
            self.out.push_str(html);
        }
    }

    pub(super) fn end_inline(&mut self, tag: TagEnd) {
        self.note_node();
        if let Some(heading) = &mut self.heading {
            heading.id_text.close();
        }
        match tag {
            TagEnd::Image => {
                let title = self.text.images.pop().flatten();
                if self.text.images.is_empty() {
                    self.push_title(title.as_deref());
                    let frame = self.text.frame.take();
                    self.out.push_str(frame.as_ref().map_or("", |frame| &frame.attributes));
                    self.out.push_str(self.void_end());
                    self.out.push_str(frame.map_or("", |frame| frame.after));
                }
                return;
            }
            TagEnd::Link => self.text.links = self.text.links.saturating_sub(1),
            _ => {
                self.text.emphasis_ends.pop();
            }
        }
        if self.text.images.is_empty() {
            self.out.push_str(match tag {
                TagEnd::Emphasis => "</em>",
                TagEnd::Strong => "</strong>",
                TagEnd::Link => "</a>",
                _ => "",
            });
        }
    }

    /// Opens an image, up to its text.
    fn start_picture(&mut self, url: &str, offset: usize) {
        let target = self.restored(url).into_owned();
        let show = self.hooks.show_picture.filter(|_| !hooks::is_absolute(&target));
        let frame = show.and_then(|show| show(&target));
        self.out.push_str(frame.as_ref().map_or("", |frame| &frame.before));
        self.out.push_str("<img src=\"");
        match &frame {
            Some(frame) => {
                self.note_destination(TargetKind::Image, &target, offset);
                self.push_target(&frame.src);
            }
            None => self.push_resolved(TargetKind::Image, url, offset),
        }
        self.out.push_str("\" alt=\"");
        self.text.frame = frame;
    }

    fn note_destination(&mut self, kind: TargetKind, url: &str, offset: usize) {
        if self.hooks.notes_destinations {
            self.rendered.destinations.push(Destination { kind, url: url.to_owned(), offset });
        }
    }

    /// Appends the target of a link or image: the caller's address for it, or the author's own.
    fn push_resolved(&mut self, kind: TargetKind, url: &str, offset: usize) {
        let url = self.restored(url);
        self.note_destination(kind, &url, offset);
        let resolve = self.hooks.resolve.filter(|_| !hooks::is_absolute(&url));
        match resolve.and_then(|resolve| resolve(kind, &url)) {
            Some(resolved) => self.push_target(&resolved),
            None => self.push_target(&url),
        }
    }

    /// Appends an address, or nothing if a browser would run it.
    fn push_target(&mut self, url: &str) {
        if self.options.unsafe_html || !escape::is_dangerous(url) {
            escape::push_url(&mut self.out, url);
        }
    }

    /// Returns the title of a link or image, or `None` if there is none: an empty one (`[a](b "")`) is a title too.
    fn given_title(&self, title: CowStr<'a>, range: &Range<usize>) -> Option<CowStr<'a>> {
        if !title.is_empty() {
            return Some(title);
        }
        let written = self.source.get(range.clone())?.strip_suffix(')')?.trim_end();
        let before = ["\"\"", "''", "()"].iter().find_map(|empty| written.strip_suffix(empty))?;
        let target = before.trim_end();
        (target.len() < before.len() && !target.ends_with('(')).then_some(title)
    }

    /// Closes the attribute before and appends the title, without its closing bracket.
    fn push_title(&mut self, title: Option<&str>) {
        self.out.push('"');
        if let Some(title) = title {
            let title = self.restored(title);
            self.out.push_str(" title=\"");
            escape::push_text(&mut self.out, &title);
            self.out.push('"');
        }
    }

    /// Writes `<https://...>` up to its end.
    fn autolink(&mut self, kind: LinkType, range: Range<usize>) {
        self.skip_to(TagEnd::Link);
        if let Some(heading) = &mut self.heading {
            heading.id_text.close();
        }
        let source: &'a str = self.source;
        let label = source.get(range.start + 1..range.end.saturating_sub(1)).unwrap_or("");
        let label = &*self.restored(label);
        if self.hooks.notes_destinations && kind == LinkType::Autolink {
            let destination =
                Destination { kind: TargetKind::Link, url: label.to_owned(), offset: range.start };
            self.rendered.destinations.push(destination);
        }
        if !self.text.images.is_empty() {
            escape::push_text(&mut self.out, label);
            return;
        }
        self.out.push_str("<a href=\"");
        if kind == LinkType::Email {
            self.out.push_str("mailto:");
        }
        self.push_target(label);
        self.out.push_str("\">");
        escape::push_text(&mut self.out, label);
        self.out.push_str("</a>");
    }
}
