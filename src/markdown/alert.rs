//! Writes quotes that begin with `[!NOTE]` as alerts.
//!
//! Core Hugo leaves them to the theme; the kinds are those of GitHub, Docsy and Obsidian. A quote with any other word
//! stays a quote. A sign after the bracket makes the alert foldable: `+` open, `-` closed. What follows on the
//! line is the title, else the caller's word for the kind, else the English one.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::attributes::Element;
use super::escape;
use super::writer::Writer;

/// The kinds with their English titles.
const KINDS: &[(&str, &str)] = &[
    ("abstract", "Abstract"),
    ("attention", "Attention"),
    ("bug", "Bug"),
    ("caution", "Caution"),
    ("danger", "Danger"),
    ("error", "Error"),
    ("example", "Example"),
    ("failure", "Failure"),
    ("faq", "FAQ"),
    ("hint", "Hint"),
    ("important", "Important"),
    ("info", "Info"),
    ("nb", "N.B."),
    ("note", "Note"),
    ("primary", "Note"),
    ("question", "Question"),
    ("quote", "Quote"),
    ("secondary", "Note"),
    ("success", "Success"),
    ("summary", "Summary"),
    ("tip", "Tip"),
    ("tldr", "TL;DR"),
    ("todo", "To do"),
    ("warning", "Warning"),
];

/// The first line of an alert.
struct Head {
    kind: &'static str,
    english: &'static str,
    /// Whether the alert can be folded, and if so whether it is open.
    open: Option<bool>,
    /// Where the title stands, in the text that was parsed.
    title: Range<usize>,
}

impl Head {
    /// Reads the first line of a quote.
    fn parse(quote: &str) -> Option<Self> {
        let line = quote.lines().next()?;
        let rest = line.trim_start().strip_prefix('>')?.trim_start().strip_prefix("[!")?;
        let (word, rest) = rest.split_once(']')?;
        let (kind, english) = KINDS.iter().find(|(kind, _)| kind.eq_ignore_ascii_case(word))?;
        let (open, rest) = match rest.as_bytes().first() {
            Some(b'+') => (Some(true), &rest[1..]),
            Some(b'-') => (Some(false), &rest[1..]),
            Some(b' ' | b'\t') | None => (None, rest),
            Some(_) => return None,
        };
        let start = line.len() - rest.trim_start().len();
        Some(Self { kind, english, open, title: start..start.max(line.trim_end().len()) })
    }
}

impl<'a> Writer<'a> {
    /// Opens an alert if the quote is one, and writes its title.
    pub(super) fn start_alert(&mut self, range: &Range<usize>) -> bool {
        let source: &'a str = self.source;
        let Some(head) = source.get(range.clone()).and_then(Head::parse) else { return false };
        let Some((Event::Start(Tag::Paragraph), paragraph)) = self.events.peek() else { return false };
        let paragraph = paragraph.clone();
        self.events.next();
        let title = range.start + head.title.start..range.start + head.title.end;
        let (title_tag, title_end) = match head.open {
            None => ("<p class=\"alert-title\">", "</p>\n"),
            Some(_) => ("<summary class=\"alert-title\">", "</summary>\n"),
        };
        let (tag, rest, end) = match head.open {
            None => ("<div", " role=\"note\">\n", "</div>\n"),
            Some(false) => ("<details", ">\n", "</details>\n"),
            Some(true) => ("<details", " open>\n", "</details>\n"),
        };
        self.quotes.push(end);
        self.open(tag, &format!(" class=\"alert alert-{}\"{rest}", head.kind), Element::None);
        self.out.push_str(title_tag);
        self.alert_title(&head, title);
        self.out.push_str(title_end);
        self.rest_of_alert_paragraph(&paragraph);
        true
    }

    /// Writes the title and takes the events of the first line.
    fn alert_title(&mut self, head: &Head, title: Range<usize>) {
        if title.is_empty() {
            let word = self.hooks.alert_title.and_then(|translated| translated(head.kind));
            escape::push_text(&mut self.out, word.as_deref().unwrap_or(head.english));
        }
        self.begin_text(title.end);
        let source: &'a str = self.source;
        while let Some((event, range)) = self.events.next_if(|(event, range)| {
            range.start < title.end && *event != Event::End(TagEnd::Paragraph)
                || matches!(event, Event::End(_))
                    && *event != Event::End(TagEnd::Paragraph)
                    && range.end <= title.end
        }) {
            if range.end <= title.start {
                continue;
            }
            if range.start >= title.start {
                self.event(event, range);
            } else if let (Event::Text(_), Some(rest)) = (&event, source.get(title.start..range.end)) {
                self.text(rest, title.start..range.end);
            }
        }
        self.end_extras();
    }

    /// Writes what the paragraph of the first line holds besides that line.
    fn rest_of_alert_paragraph(&mut self, paragraph: &Range<usize>) {
        self.events.next_if(|(event, _)| matches!(event, Event::SoftBreak | Event::HardBreak));
        if self.events.next_if(|(event, _)| *event == Event::End(TagEnd::Paragraph)).is_some() {
            return;
        }
        let text = self.source.get(paragraph.clone()).unwrap_or("").trim_end();
        self.rest_of_paragraph(paragraph.start + text.len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Hooks, MarkdownOptions, render, render_with};

    #[test]
    fn quotes_of_known_kinds_are_alerts() {
        let cases = [
            ("> [!NOTE]\n> a *b*", "div|note|Note|<p>a <em>b</em></p>\n"),
            ("> [!tip] My *own* title\n> a", "div|tip|My <em>own</em> title|<p>a</p>\n"),
            (">[!WARNING]\n>\n> a\n>\n> - b", "div|warning|Warning|<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n"),
            ("> [!NB]", "div|nb|N.B.|"),
            ("> [!info]-\n> a", "details|info|Info|<p>a</p>\n"),
            ("> [!info]+ T\n> a  \n> b", "details open|info|T|<p>a<br>\nb</p>\n"),
            ("> [!success] `c`\nlazy", "div|success|<code>c</code>|<p>lazy</p>\n"),
        ];
        for (source, expected) in cases {
            let [tag, kind, title, body] = expected.split('|').collect::<Vec<_>>()[..] else { panic!() };
            let expected = match tag {
                "div" => format!(
                    "<div class=\"alert alert-{kind}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n{body}</div>\n"
                ),
                _ => format!(
                    "<details class=\"alert alert-{kind}\"{}>\n<summary class=\"alert-title\">{title}</summary>\n{body}</details>\n",
                    tag.strip_prefix("details").unwrap_or("")
                ),
            };
            assert_eq!(render(source, &MarkdownOptions::default()).html, expected, "{source}");
        }
    }

    #[test]
    fn other_quotes_stay_quotes() {
        let off = MarkdownOptions { alerts: false, ..MarkdownOptions::default() };
        for (source, options) in [
            ("> [!unheard]\n> a", &MarkdownOptions::default()),
            ("> [!NOTE](x) a", &MarkdownOptions::default()),
            ("> a\n> [!NOTE]", &MarkdownOptions::default()),
            ("> - [!NOTE]", &MarkdownOptions::default()),
            ("> [!NOTE]\n> a", &off),
        ] {
            assert!(render(source, options).html.starts_with("<blockquote>"), "{source}");
        }
    }

    #[test]
    fn titles_are_the_callers_words() {
        let translated = |kind: &str| (kind == "note").then(|| "Hin<weis".to_owned());
        let hooks = Hooks { alert_title: Some(&translated), ..Hooks::default() };
        let html = render_with("> [!NOTE]\n> a\n\n> [!TIP]\n> b", &MarkdownOptions::default(), &hooks).html;
        assert!(html.contains(">Hin&lt;weis</p>") && html.contains(">Tip</p>"), "{html}");
    }
}
