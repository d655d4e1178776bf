//! Turns XML into a small tree of [`Node`]s.
//!
//! Refuses what no schedule needs and hostile files have: document types, deep nesting, elements by the million. Entities are
//! not expanded beyond those of HTML. Knows nothing about schedules, except that text is five levels deep in them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::problem::{Lines, Problem};

/// Deepest nesting; abstracts in XHTML have ten levels.
const MAX_DEPTH: usize = 24;

/// Most elements; FOSDEM has 60,000.
const MAX_NODES: usize = 500_000;

/// Most attributes of an element that are kept.
const MAX_ATTRIBUTES: usize = 16;

/// Level below which elements are markup of a text: `schedule/day/room/event/abstract/p`.
const TEXT_LEVEL: usize = 5;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// Name without prefix.
    pub(super) name: String,
    /// Byte where it begins.
    pub(super) offset: usize,
    /// Text in it, and in the markup below it.
    pub(super) text: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

impl Node {
    /// Returns the value of an attribute, empty if it is missing.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Returns the elements of a name directly below.
    pub(super) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> + 'a {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// Returns the first element of a name directly below.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// Returns the text of an element directly below, trimmed, empty if it is missing.
    pub(super) fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }
}

/// Returns the root of an XML text.
///
/// # Errors
/// It is not well-formed, or larger or more deeply nested than a schedule is.
pub(super) fn parse(text: &str) -> Result<Node, Problem> {
    let mut reader = Reader::from_str(text);
    // Abstracts with a lone `&` are common, and harmless.
    reader.config_mut().allow_dangling_amp = true;
    let mut open: Vec<Node> = vec![Node::default()];
    let mut count = 0;
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let fail = |message: String| Lines::new(text.as_bytes()).at(offset, message);
        let event = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => event,
            Err(error) => return Err(fail(format!("this XML is broken: {}", lower(&error.to_string())))),
        };
        let is_element = matches!(event, Event::Start(_) | Event::Empty(_));
        count += usize::from(is_element);
        if count > MAX_NODES {
            return Err(fail(format!("this XML has more than {MAX_NODES} elements")));
        }
        if open.len() > MAX_DEPTH && is_element {
            return Err(fail(format!("this XML is nested more than {MAX_DEPTH} levels deep")));
        }
        if matches!(event, Event::DocType(_)) {
            return Err(fail("this XML has a document type, which no schedule needs".to_owned()));
        }
        take(&mut open, event, offset);
    }
    let is_closed = open.len() == 1;
    let root = open.into_iter().next().and_then(|document| document.children.into_iter().next());
    match root {
        Some(root) if is_closed => Ok(root),
        _ => Err(Lines::new(text.as_bytes())
            .at(text.len(), "this XML ends too early")
            .with_hint("fetch it again: the download may have been cut short")),
    }
}

/// Adds what an event says to the innermost open element.
fn take(open: &mut Vec<Node>, event: Event<'_>, offset: usize) {
    match event {
        Event::Start(start) => open.push(node(&start, offset)),
        Event::Empty(start) => {
            open.push(node(&start, offset));
            close(open);
        }
        Event::End(_) => close(open),
        Event::Text(content) => append(open, &content),
        Event::CData(content) => append(open, &content),
        Event::GeneralRef(name) => match crate::text::entity(&name) {
            Some(character) => append(open, character.encode_utf8(&mut [0; 4])),
            None => append(open, &format!("&{};", &*name)),
        },
        _ => {}
    }
}

fn append(open: &mut [Node], content: &str) {
    if let Some(node) = open.last_mut() {
        node.text.push_str(content);
    }
}

/// Ends the innermost element; below the level of texts its text is also its parent's.
fn close(open: &mut Vec<Node>) {
    let level = open.len().saturating_sub(1);
    let Some(node) = open.pop_if(|_| level > 0) else { return };
    let Some(parent) = open.last_mut() else { return };
    if level > TEXT_LEVEL {
        parent.text.push_str(&node.text);
        if matches!(node.name.as_str(), "p" | "div" | "li" | "br") {
            parent.text.push_str("\n\n");
        }
    }
    parent.children.push(node);
}

fn node(start: &BytesStart<'_>, offset: usize) -> Node {
    let mut attributes = start.attributes();
    // The check for doubles takes quadratic time.
    let attributes = attributes.with_checks(false).flatten().take(MAX_ATTRIBUTES);
    let attributes = attributes.map(|attribute| {
        let key = attribute.key.local_name().as_ref().to_owned();
        (key, crate::text::decode_entities(&attribute.value).into_owned())
    });
    let attributes = attributes.collect();
    Node { name: start.local_name().as_ref().to_owned(), offset, attributes, ..Node::default() }
}

/// Returns an error's text as one of ours.
fn lower(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_have_texts_and_attributes() {
        let root =
            parse("<?xml version='1.0'?><s><t a='1 &amp; 2'>Q&amp;A &#228; <![CDATA[<x>]]> R&D</t><u/></s>")
                .unwrap();
        let node = root.child("t").unwrap();
        assert_eq!((node.attribute("a"), node.text.as_str()), ("1 & 2", "Q&A ä <x> R&D"));
        assert_eq!((root.text_of("u"), root.text_of("v")), ("", ""));
    }

    #[test]
    fn markup_in_a_text_is_text() {
        let root = parse("<a><b><c><d><e><p>One <b>two</b></p><p>three</p></e></d></c></b></a>").unwrap();
        let text = ["b", "c", "d", "e"].iter().try_fold(&root, |node, name| node.child(name)).unwrap();
        assert_eq!(text.text, "One two\n\nthree\n\n");
    }

    #[test]
    fn broken_and_hostile_files_are_refused() {
        for (xml, expected) in [
            ("<a><b></a>".to_owned(), "1:"),
            ("<a>".to_owned(), "ends too early"),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".to_owned(), "document type"),
            ("<a>".repeat(100_000), "nested more than"),
            (format!("<a>{}</a>", "<b/>".repeat(MAX_NODES)), "more than 500000 elements"),
        ] {
            let problem = parse(&xml).unwrap_err();
            assert!(problem.to_string().contains(expected), "{problem}");
        }
    }
}
