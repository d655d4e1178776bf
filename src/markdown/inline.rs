//! Writes the elements of a text: code, emphasis, links, images, breaks, footnote marks.

use std::ops::Range;

use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};

use super::writer::Writer;
use super::{escape, prepare};

impl<'a> Writer<'a> {
    pub(super) fn code_span(&mut self, code: &str) {
        self.note_node();
        let code = prepare::restore(code);
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

    pub(super) fn soft_break(&mut self) {
        let is_bare = self.text.images.is_empty();
        let is_term = self.text.is_term && self.text.links == 0 && self.text.emphasis_ends.is_empty();
        self.push_break(match is_bare {
            true if is_term => "</dt>\n<dt>",
            true if self.options.hard_wraps => "<br>\n",
            _ => "\n",
        });
    }

    pub(super) fn hard_break(&mut self) {
        self.push_break(if self.text.images.is_empty() { "<br>\n" } else { "\n" });
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
        if self.text.images.is_empty() {
            self.footnotes.push_reference(&mut self.out, label);
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.note_node();
        self.out.push_str(if done {
            "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
        } else {
            "<input disabled=\"\" type=\"checkbox\"> "
        });
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.note_node();
        if let Some(heading) = &mut self.heading {
            heading.id_text.open();
        }
        match tag {
            Tag::Emphasis => self.start_emphasis("<em>", range.end.saturating_sub(1)),
            Tag::Strong => self.start_emphasis("<strong>", range.end.saturating_sub(2)),
            Tag::Strikethrough => self.start_emphasis("<del>", range.end.saturating_sub(1)),
            Tag::Link { link_type: kind @ (LinkType::Autolink | LinkType::Email), .. } => {
                self.autolink(kind, range);
            }
            Tag::Link { dest_url, title, .. } => {
                self.text.links += 1;
                if self.text.images.is_empty() {
                    self.out.push_str("<a href=\"");
                    self.push_target(&dest_url);
                    self.push_title(&title);
                    self.out.push('>');
                }
            }
            Tag::Image { dest_url, title, .. } => {
                if self.text.images.is_empty() {
                    self.out.push_str("<img src=\"");
                    self.push_target(&dest_url);
                    self.out.push_str("\" alt=\"");
                }
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
                let title = self.text.images.pop().unwrap_or(CowStr::Borrowed(""));
                if self.text.images.is_empty() {
                    self.push_title(&title);
                    self.out.push('>');
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
                TagEnd::Strikethrough => "</del>",
                TagEnd::Link => "</a>",
                _ => "",
            });
        }
    }

    /// Appends an address, or nothing if a browser would run it.
    fn push_target(&mut self, url: &str) {
        if self.options.unsafe_html || !escape::is_dangerous(url) {
            escape::push_url(&mut self.out, url);
        }
    }

    /// Closes the attribute before and appends the title, without its closing bracket.
    fn push_title(&mut self, title: &str) {
        self.out.push('"');
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::push_text(&mut self.out, title);
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
