//! Writes blocks: paragraphs, headings, lists, tables, code.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::attributes::{self, Element};
use super::headings::IdText;
use super::highlight::highlight;
use super::placeholder::{self, DIVIDER};
use super::writer::{Container, OpenHeading, TableState, Target, Writer};
use super::{Heading, OpeningHeading, code};

impl<'a> Writer<'a> {
    pub(super) fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.paragraph(range),
            Tag::Heading { level, .. } => self.start_heading(level, range),
            Tag::BlockQuote(_) => self.start_quote(&range),
            Tag::CodeBlock(kind) => self.code_block(&kind, &range),
            Tag::HtmlBlock => self.html_block(range.start),
            Tag::List(None) => self.open("<ul", ">\n", Element::List),
            Tag::List(Some(1)) => self.open("<ol", ">\n", Element::List),
            Tag::List(Some(start)) => self.open("<ol", &format!(" start=\"{start}\">\n"), Element::List),
            Tag::Item => {
                self.text.task_at = self.task_in_text(&range);
                self.open_with_text("<li", range);
            }
            Tag::DefinitionList => self.open("<dl", ">\n", Element::Plain),
            Tag::DefinitionListTitle => {
                self.open_with_text("<dt", range);
                self.text.is_term = true;
            }
            Tag::DefinitionListDefinition => self.open_with_text("<dd", range),
            Tag::FootnoteDefinition(label) => {
                self.set_aside.push((label, std::mem::take(&mut self.out)));
                self.open.push(Container { target: Target { at: 0, element: Element::None }, last: None });
            }
            Tag::Table(alignments) => {
                self.table = TableState { alignments, ..TableState::default() };
                self.open("<table", ">\n", Element::Table);
            }
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead>\n<tr>\n");
            }
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(range),
            Tag::MetadataBlock(_) => {}
            inline => self.start_inline(inline, range),
        }
    }

    pub(super) fn end(&mut self, tag: TagEnd) {
        match tag {
            // Paragraphs, code and raw HTML are taken whole by their start.
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) => {
                let tag = self.quotes.pop().unwrap_or("</blockquote>\n");
                self.close(tag);
            }
            TagEnd::List(false) => self.close("</ul>\n"),
            TagEnd::List(true) => self.close("</ol>\n"),
            TagEnd::Item => self.close("</li>\n"),
            TagEnd::DefinitionList => self.close("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.end_term();
                self.close("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => self.close("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                self.open.pop();
                self.closed(Target { at: 0, element: Element::None });
                if let Some((label, outer)) = self.set_aside.pop() {
                    let html = std::mem::replace(&mut self.out, outer);
                    self.footnotes.define(&label, html);
                }
            }
            TagEnd::Table => {
                if self.table.has_body {
                    self.out.push_str("</tbody>\n");
                }
                self.close("</table>\n");
            }
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out.push_str("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.out.push_str("</tr>\n"),
            TagEnd::TableCell => {
                self.end_extras();
                self.out.push_str(if self.table.in_head { "</th>\n" } else { "</td>\n" });
            }
            inline => self.end_inline(inline),
        }
    }

    /// Opens a quote, or an alert if it begins as one.
    fn start_quote(&mut self, range: &Range<usize>) {
        if !self.options.alerts || !self.start_alert(range) {
            self.quotes.push("</blockquote>\n");
            self.open("<blockquote", ">\n", Element::Quote);
        }
    }

    /// Opens a block that holds blocks.
    pub(super) fn open(&mut self, name: &str, rest: &str, element: Element) {
        self.new_line();
        self.out.push_str(name);
        self.open.push(Container { target: Target { at: self.out.len(), element }, last: None });
        self.out.push_str(rest);
    }

    /// Opens a block that holds blocks or, if tight, text.
    fn open_with_text(&mut self, name: &str, range: Range<usize>) {
        self.open(name, ">", Element::None);
        self.begin_text(range.end);
    }

    fn close(&mut self, tag: &str) {
        self.end_extras();
        self.out.push_str(tag);
        if let Some(container) = self.open.pop() {
            self.closed(container.target);
        }
    }

    /// Writes a paragraph up to its end.
    fn paragraph(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or("").trim_end();
        self.new_line();
        if text.starts_with(DIVIDER) && text.len() == DIVIDER.len_utf8() {
            self.out.push(DIVIDER);
            self.out.push('\n');
            self.skip_to(TagEnd::Paragraph);
            return;
        }
        let end = range.start + text.len();
        if let Some(mut target) = self.target_of_lone(text, range.start..end) {
            self.begin_text(end);
            self.text_of_paragraph();
            target.at = self.out.len() - self.void_end().len();
            self.new_line();
            self.closed(target);
            return;
        }
        self.rest_of_paragraph(end);
    }

    /// Returns the target for attributes, with its place to come, if the paragraph is an image or a formula that stands alone and so loses
    /// its `<p>`.
    fn target_of_lone(&mut self, text: &str, range: Range<usize>) -> Option<Target> {
        if let Some((index, len)) = placeholder::parse_formula(text) {
            let is_alone = len == text.len() && self.formulas.get(index).is_some_and(|one| one.is_block);
            return is_alone.then_some(Target { at: 0, element: Element::None });
        }
        if self.options.wrap_lone_image || !text.starts_with("![") {
            return None;
        }
        match self.events.peek() {
            Some((Event::Start(Tag::Image { .. }), image)) if *image == range => {
                Some(Target { at: 0, element: Element::Image })
            }
            _ => None,
        }
    }

    /// Writes a `<p>` with all that is left of a paragraph, whose text ends at `end` in the source.
    pub(super) fn rest_of_paragraph(&mut self, end: usize) {
        self.out.push_str("<p");
        let target = Target { at: self.out.len(), element: Element::Plain };
        self.out.push('>');
        self.begin_text(end);
        self.text_of_paragraph();
        self.out.push_str("</p>\n");
        self.closed(target);
    }

    fn text_of_paragraph(&mut self) {
        while let Some((event, range)) = self.events.next() {
            if event == Event::End(TagEnd::Paragraph) {
                break;
            }
            self.event(event, range);
        }
        self.end_extras();
    }

    pub(super) fn skip_to(&mut self, end: TagEnd) {
        for (event, _) in self.events.by_ref() {
            if event == Event::End(end) {
                return;
            }
        }
    }

    fn start_heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.new_line();
        let level = level as u8;
        let (limit, attributes) = self.heading_attributes(&range);
        let is_opening = self.out.is_empty() && self.open.len() == 1 && level == 1;
        let start = self.out.len();
        let _ = write!(self.out, "<h{level}>");
        self.begin_text(limit.min(range.end));
        self.heading =
            Some(OpenHeading { level, start, id_text: IdText::default(), attributes, limit, is_opening });
    }

    /// Reads `{...}` at the end of a heading: where the text ends then, and what they say.
    fn heading_attributes(&self, range: &Range<usize>) -> (usize, Vec<attributes::Attribute>) {
        let none = (usize::MAX, Vec::new());
        let raw = self.source.get(range.clone()).unwrap_or("").trim_end();
        if !self.options.title_attributes || memchr::memchr(b'{', raw.as_bytes()).is_none() {
            return none;
        }
        let is_atx = raw.starts_with('#');
        // The last line of the other kind is its underline.
        let text = if is_atx { raw } else { raw.rsplit_once('\n').map_or("", |(text, _)| text.trim_end()) };
        let last_line = text.rfind('\n').map_or(0, |at| at + 1);
        let Some((at, attributes)) = attributes::at_end(&text[last_line..]) else {
            return none;
        };
        let mut text = text[..last_line + at].trim_end();
        let without_closing = text.trim_end_matches('#');
        if is_atx && without_closing.ends_with([' ', '\t']) {
            text = without_closing.trim_end();
        }
        (range.start + text.len(), attributes)
    }

    fn end_heading(&mut self, _level: HeadingLevel) {
        self.end_extras();
        let Some(mut heading) = self.heading.take() else { return };
        let inner_at = heading.start + "<h1>".len();
        self.out.truncate(self.out.trim_end().len().max(inner_at));
        let html = self.out.get(inner_at..).unwrap_or("").to_owned();
        let id = self.heading_id(&mut heading);
        let mut written = String::new();
        attributes::push(&mut written, &heading.attributes, Element::Free);
        let target = Target { at: inner_at - 1, element: Element::Free };
        self.out.insert_str(target.at, &written);
        let _ = writeln!(self.out, "</h{}>", heading.level);
        if heading.is_opening {
            let range = heading.start..self.out.len();
            self.opening_heading = Some(OpeningHeading { range, heading: self.headings.len() });
        }
        self.headings.push(Heading { level: heading.level, id, html });
        self.closed(target);
    }

    /// Returns the id of a heading; one made from its text becomes its last attribute.
    fn heading_id(&mut self, heading: &mut OpenHeading) -> String {
        if let Some(given) = heading.attributes.iter().find(|one| one.name == "id") {
            let id = given.value.as_str().to_owned();
            self.ids.claim(&id);
            return id;
        }
        if !self.options.auto_heading_id || heading.id_text.as_str().trim().is_empty() {
            return String::new();
        }
        let id = self.ids.make(heading.id_text.as_str(), self.options.heading_id_kind);
        let value = attributes::Value::Text(id.clone());
        heading.attributes.push(attributes::Attribute { name: "id".to_owned(), value });
        id
    }

    fn start_row(&mut self) {
        if !self.table.has_body {
            self.table.has_body = true;
            self.out.push_str("<tbody>\n");
        }
        self.table.column = 0;
        self.out.push_str("<tr>\n");
    }

    fn start_cell(&mut self, range: Range<usize>) {
        self.out.push_str(if self.table.in_head { "<th" } else { "<td" });
        let alignment =
            self.table.alignments.get(self.table.column).filter(|_| !self.is_missing_cell(&range));
        self.table.column += 1;
        self.out.push_str(match alignment {
            Some(Alignment::Left) => " align=\"left\">",
            Some(Alignment::Center) => " align=\"center\">",
            Some(Alignment::Right) => " align=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        let cell =
            self.source.get(range.clone()).unwrap_or("").trim_end_matches([' ', '\t', '|', '\n', '\r']);
        self.begin_text(range.start + cell.len());
    }

    /// Says whether a row ends before this cell, which then has no alignment: neither `|a|` nor `|a||` has a second one.
    fn is_missing_cell(&self, range: &Range<usize>) -> bool {
        range.is_empty()
            && !self.table.in_head
            && self.source.get(range.end..).is_some_and(|rest| {
                let rest = rest.strip_prefix('|').unwrap_or(rest).trim_start_matches([' ', '\t']);
                rest.is_empty() || rest.starts_with(['\n', '\r'])
            })
    }

    pub(super) fn rule(&mut self) {
        self.new_line();
        self.out.push_str("<hr");
        let target = Target { at: self.out.len(), element: Element::Rule };
        self.out.push_str(self.void_end());
        self.out.push('\n');
        self.closed(target);
    }

    /// Writes a code block up to its end.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        let mut text = self.take_text(TagEnd::CodeBlock);
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        let text = self.restored(&text);
        self.new_line();
        let target = Target { at: self.out.len(), element: Element::None };
        match kind {
            CodeBlockKind::Indented => code::push_indented(&mut self.out, &text),
            CodeBlockKind::Fenced(info) => match code::language(info) {
                "mermaid" => {
                    self.rendered.uses_mermaid = true;
                    code::push_diagram(&mut self.out, &text);
                }
                "math" => {
                    self.push_formula(&text, &text, true, range.start);
                    self.out.push('\n');
                }
                _ => {
                    let ordinal = self.fences;
                    code::push_fenced(&mut self.out, &text, info, ordinal, &self.options.code, highlight);
                    self.fences += 1;
                }
            },
        }
        self.closed(target);
    }

    /// Takes the text of all events up to `end`.
    pub(super) fn take_text(&mut self, end: TagEnd) -> String {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(piece) | Event::Html(piece) => text.push_str(&piece),
                Event::End(tag) if tag == end => break,
                _ => {}
            }
        }
        text
    }

    /// Gives the attributes to the block that was closed last in the same container.
    pub(super) fn apply_attributes(&mut self, written: &str) {
        let Some(mut attributes) = attributes::parse(written) else { return };
        let Some(target) = self.open.last_mut().and_then(|container| container.last.take()) else { return };
        let is_heading = target.element == Element::Free;
        attributes.retain(|one| !is_heading || one.name != "id");
        let mut html = String::new();
        attributes::push(&mut html, &attributes, target.element);
        self.out.insert_str(target.at, &html);
        if let Some(opening) = &mut self.opening_heading
            && opening.range.contains(&target.at)
        {
            opening.range.end += html.len();
        }
    }
}
