//! Writes raw HTML, or says that it was left out.

use pulldown_cmark::TagEnd;

use super::attributes::Element;
use super::writer::{Target, Writer};
use super::{escape, prepare};

const OMITTED: &str = "<!-- raw HTML omitted -->";

impl Writer<'_> {
    /// Writes a block of raw HTML up to its end, or applies it if it is an attribute line in disguise.
    pub(super) fn html_block(&mut self, offset: usize) {
        let html = self.take_text(TagEnd::HtmlBlock);
        if let Some(written) = prepare::marked_attributes(&html) {
            self.apply_attributes(written);
            return;
        }
        let target = Target { at: self.out.len(), element: Element::None };
        if self.options.unsafe_html {
            self.new_line();
            let html = self.restored(&html);
            self.out.push_str(&html);
        } else if !html.trim_start().starts_with("<!--") {
            self.new_line();
            self.out.push_str(OMITTED);
            self.out.push('\n');
            self.rendered.raw_html_omitted.get_or_insert(offset);
        }
        self.closed(target);
    }

    /// Writes one tag of raw HTML in a text.
    pub(super) fn inline_html(&mut self, html: &str, offset: usize) {
        self.note_node();
        self.end_id_piece();
        if !self.text.images.is_empty() {
            return;
        }
        if prepare::is_marked(html) {
            let html = self.restored(html);
            escape::push_text(&mut self.out, &html);
        } else if self.options.unsafe_html {
            let html = self.restored(html);
            self.out.push_str(&html);
        } else if !html.starts_with("<!--") {
            self.out.push_str(OMITTED);
            self.rendered.raw_html_omitted.get_or_insert(offset);
        }
    }
}
