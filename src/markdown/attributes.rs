//! Reads `{#id .class key="value"}` and writes it as HTML attributes.
//!
//! Which attributes an element keeps is goldmark's rule, as recorded with Hugo 0.168; event handlers
//! (`on...`) are dropped everywhere.

use super::escape;

/// One attribute as the author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attribute {
    /// The name; `class` and `id` also stand for `.x` and `#x`.
    pub(super) name: String,
    /// What follows the `=`.
    pub(super) value: Value,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A quoted text or a bare word.
    Text(String),
    /// A bare number, `true`, `false` or `null`.
    Literal(String),
    /// `[1, "3-4"]`, as text.
    List(Vec<String>),
}

impl Value {
    /// Returns the value as text; a list has none.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Literal(text) => text,
            Self::List(_) => "",
        }
    }
}

/// The kinds of element that differ in which attributes they keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// `p`, `dl`: global attributes only.
    Plain,
    /// `h1` to `h6` and the frame of a code block: everything.
    Free,
    /// `ul`, `ol`.
    List,
    /// `blockquote`.
    Quote,
    /// `hr`.
    Rule,
    /// `img`.
    Image,
    /// `table`: everything, sorted by name.
    Table,
    /// A block that takes none, such as a code block.
    None,
}

const GLOBAL: &[&str] = &[
    "accesskey",
    "autocapitalize",
    "autofocus",
    "class",
    "contenteditable",
    "dir",
    "draggable",
    "enterkeyhint",
    "hidden",
    "id",
    "inert",
    "inputmode",
    "is",
    "itemid",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "lang",
    "part",
    "role",
    "slot",
    "spellcheck",
    "style",
    "tabindex",
    "title",
    "translate",
];

const IMAGE: &[&str] = &[
    "align",
    "border",
    "crossorigin",
    "decoding",
    "height",
    "importance",
    "intrinsicsize",
    "ismap",
    "loading",
    "referrerpolicy",
    "sizes",
    "srcset",
    "usemap",
    "width",
];

impl Element {
    fn keeps(self, name: &str) -> bool {
        if name.get(..2).is_some_and(|head| head.eq_ignore_ascii_case("on")) {
            return false;
        }
        let own: &[&str] = match self {
            Self::None => return false,
            Self::Free | Self::Table => return true,
            Self::Plain => &[],
            Self::List => &["start", "reversed", "type"],
            Self::Quote => &["cite"],
            Self::Rule => &["align", "color", "noshade", "size", "width"],
            Self::Image => IMAGE,
        };
        name.starts_with("data-") || GLOBAL.contains(&name) || own.contains(&name)
    }
}

/// Appends the attributes that `element` keeps, each with a space before it.
pub(super) fn push(out: &mut String, attributes: &[Attribute], element: Element) {
    let mut kept: Vec<&Attribute> = attributes.iter().filter(|one| element.keeps(&one.name)).collect();
    if element == Element::Table {
        kept.sort_by(|a, b| a.name.cmp(&b.name));
    }
    let literals = matches!(element, Element::Free | Element::Table | Element::Image);
    for Attribute { name, value } in kept {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        match value {
            Value::Text(text) => escape::push_text(out, text),
            // Bare numbers come out empty on most blocks (Hugo 0.168, recorded), but a width of nothing is no use.
            Value::Literal(text) if literals && text != "null" => out.push_str(text),
            Value::Literal(_) | Value::List(_) => {}
        }
        out.push('"');
    }
}

/// Parses the whole of `text`, from `{` to `}`; `None` if it is anything else.
///
/// Classes are gathered where the first stands, and the last of any other name wins.
pub(super) fn parse(text: &str) -> Option<Vec<Attribute>> {
    let mut rest = text.strip_prefix('{')?;
    let mut attributes: Vec<Attribute> = Vec::new();
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',', '\n', '\r']);
        if let Some(end) = rest.strip_prefix('}') {
            return end.is_empty().then_some(attributes);
        }
        let (attribute, after) = parse_one(rest)?;
        add(&mut attributes, attribute);
        rest = after;
    }
}

fn add(attributes: &mut Vec<Attribute>, new: Attribute) {
    let Some(old) = attributes.iter_mut().find(|old| old.name == new.name) else {
        attributes.push(new);
        return;
    };
    match (&mut old.value, new.value) {
        (Value::Text(classes), Value::Text(class)) if new.name == "class" => {
            classes.push(' ');
            classes.push_str(&class);
        }
        (old, value) => *old = value,
    }
}

fn parse_one(text: &str) -> Option<(Attribute, &str)> {
    for (mark, name) in [('.', "class"), ('#', "id")] {
        if let Some(rest) = text.strip_prefix(mark) {
            let (word, rest) = take(rest, |c| is_word(c) || !c.is_ascii() && !c.is_whitespace())?;
            return Some((Attribute { name: name.to_owned(), value: Value::Text(word.to_owned()) }, rest));
        }
    }
    let (name, rest) = take(text, is_word)?;
    if name.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.') {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('=')?;
    let (value, rest) = parse_value(rest.trim_start_matches([' ', '\t']))?;
    Some((Attribute { name: name.to_owned(), value }, rest))
}

fn parse_value(text: &str) -> Option<(Value, &str)> {
    if let Some(rest) = text.strip_prefix('"') {
        return parse_quoted(rest).map(|(value, rest)| (Value::Text(value), rest));
    }
    if let Some(mut rest) = text.strip_prefix('[') {
        let mut values = Vec::new();
        loop {
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if let Some(rest) = rest.strip_prefix(']') {
                return Some((Value::List(values), rest));
            }
            // A list in a list means nothing here, so one level is read.
            let (value, after) = if rest.starts_with('[') { None } else { parse_value(rest) }?;
            values.push(value.as_str().to_owned());
            rest = after;
        }
    }
    let (word, rest) = take(text, |c| is_word(c) || c == '+')?;
    let literal = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok();
    let word = word.to_owned();
    Some((if literal { Value::Literal(word) } else { Value::Text(word) }, rest))
}

fn parse_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut chars = text.chars();
    loop {
        match chars.next()? {
            '"' => return Some((value, chars.as_str())),
            '\\' => match chars.next()? {
                quoted @ ('"' | '\\') => value.push(quoted),
                other => value.extend(['\\', other]),
            },
            c => value.push(c),
        }
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ':' | '.')
}

/// Splits off the longest non-empty start whose characters all satisfy `accept`.
fn take(text: &str, accept: impl Fn(char) -> bool) -> Option<(&str, &str)> {
    let end = text.find(|c| !accept(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// Finds attributes at the end of `line`: where their `{` stands and what they say.
pub(super) fn at_end(line: &str) -> Option<(usize, Vec<Attribute>)> {
    if !line.ends_with('}') {
        return None;
    }
    // A quoted value may hold a brace, so a few earlier ones are tried as well.
    let starts = line.rmatch_indices('{').map(|(at, _)| at).take(4);
    starts.filter(|at| !line[..*at].ends_with('\\')).find_map(|at| Some((at, parse(&line[at..])?)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str, element: Element) -> Option<String> {
        let mut out = String::new();
        push(&mut out, &parse(text)?, element);
        Some(out)
    }

    #[test]
    fn attributes_are_kept_by_element_as_recorded() {
        let cases = [
            (
                "{.x #y .z title=foo lang=\"fr\" data-n=5 hidden=true}",
                Element::Plain,
                Some(" class=\"x z\" id=\"y\" title=\"foo\" lang=\"fr\" data-n=\"\" hidden=\"\""),
            ),
            (
                "{aria-label=\"x\" role=\"note\" tabindex=\"3\" onclick=\"x\" foo=\"y\"}",
                Element::Plain,
                Some(" role=\"note\" tabindex=\"3\""),
            ),
            (
                "{start=\"3\" reversed=true type=\"a\"}",
                Element::List,
                Some(" start=\"3\" reversed=\"\" type=\"a\""),
            ),
            (
                "{.right width=3 height=\"5\" loading=lazy alt=\"x\" src=\"y\"}",
                Element::Image,
                Some(" class=\"right\" width=\"3\" height=\"5\" loading=\"lazy\""),
            ),
            ("{cite=\"x\" foo=\"x\"}", Element::Quote, Some(" cite=\"x\"")),
            ("{.a width=3 size=\"4\"}", Element::Rule, Some(" class=\"a\" width=\"\" size=\"4\"")),
            (
                "{.t foo=\"x\" border=\"1\" data-x=1 OnClick=\"y\"}",
                Element::Table,
                Some(" border=\"1\" class=\"t\" data-x=\"1\" foo=\"x\""),
            ),
            (
                "{k=[1,2] x=true y=null z=a-b.c w=1.5}",
                Element::Free,
                Some(" k=\"\" x=\"true\" y=\"\" z=\"a-b.c\" w=\"1.5\""),
            ),
            ("{title=\"<&\\\"q\"}", Element::Free, Some(" title=\"&lt;&amp;&quot;q\"")),
            ("{.a,.é id=\"x\" #y class=\"c\"}", Element::Free, Some(" class=\"a é c\" id=\"y\"")),
            ("{ .a  #b }", Element::None, Some("")),
            ("{}", Element::Free, Some("")),
            ("{key}", Element::Free, None),
            ("{data-x='y'}", Element::Free, None),
            ("{.a} x", Element::Free, None),
            ("{.a", Element::Free, None),
            ("{% raw %}", Element::Free, None),
            ("{{.x}}", Element::Free, None),
        ];
        for (text, element, expected) in cases {
            assert_eq!(written(text, element).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn the_last_braces_of_a_line_count() {
        assert_eq!(at_end("H {.a}{.b}").map(|(at, _)| at), Some(6));
        assert_eq!(at_end("H {k=\"{x}\"}").map(|(at, _)| at), Some(2));
        assert_eq!(at_end("H {.a} x"), None);
        assert_eq!(at_end("H \\{.a}"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_parsed_or_refused(text in "[{}.#=\"\\\\a1é \\[\\],-]{0,24}") {
            let _ = parse(&text);
            let _ = at_end(&text);
        }
    }
}
