//! Turns a formula in TeX into MathML, so that a page with formulas needs no script.
//!
//! pulldown-latex reads TeX; what it writes is looked over here, tag by tag, because it does not escape every
//! text and colours by `style`, which a strict content security policy refuses. Where formulas stand in a text is
//! the business of `passthrough`.

use std::fmt::Write as _;

use pulldown_latex::config::DisplayMode;
use pulldown_latex::mathml::push_mathml;
use pulldown_latex::{Parser, ParserError, RenderConfig, Storage};

use super::escape;
use super::placeholder::LEAD;
use crate::diag::Diagnostic;

/// The longest formula that is read, in bytes.
const MAX_FORMULA: usize = 64 << 10;

/// Returns the MathML of a formula.
///
/// # Errors
/// The warning `math-syntax` without a place; `None` for a formula with a shortcode in it, which is no TeX yet.
pub(super) fn mathml(tex: &str, is_block: bool) -> Result<String, Option<Diagnostic>> {
    if memchr::memmem::find(tex.as_bytes(), LEAD).is_some() {
        return Err(None);
    }
    if tex.len() > MAX_FORMULA {
        return Err(Some(Diagnostic::warning("math-syntax", "this formula is longer than 64 kibibytes")));
    }
    let storage = Storage::new();
    let events = Parser::new(tex.trim(), &storage).collect::<Result<Vec<_>, _>>();
    let events = events.map_err(|error| Some(problem(tex, &error)))?;
    let display_mode = if is_block { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::new();
    let written = push_mathml(&mut html, events.into_iter().map(Ok::<_, ParserError>), config);
    match written {
        Ok(()) => Ok(cleaned(&html)),
        Err(_) => Err(Some(Diagnostic::warning("math-syntax", "this formula cannot be written"))),
    }
}

/// Appends a formula that could not be read, as the author wrote it.
pub(super) fn push_source(out: &mut String, source: &str) {
    out.push_str("<code class=\"math\">");
    escape::push_text(out, source);
    out.push_str("</code>");
}

fn problem(tex: &str, error: &ParserError) -> Diagnostic {
    let reason = reason(error);
    let is_unknown = |command: &&str| {
        let storage = Storage::new();
        let error = Parser::new(command, &storage).find_map(Result::err);
        error.is_some_and(|error| self::reason(&error) == reason)
    };
    let unknown = reason.contains("unknown primitive").then(|| commands(tex).find(is_unknown)).flatten();
    let diagnostic = match unknown {
        Some(command) => {
            Diagnostic::warning("math-syntax", format!("`{command}` is no command for formulas"))
        }
        None => Diagnostic::warning("math-syntax", format!("this formula cannot be read: {reason}")),
    };
    diagnostic.hint("its source is shown instead; commands of packages and definitions are not understood")
}

/// Returns the first line of an error, without what all have in common.
fn reason(error: &ParserError) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("parsing error: ").unwrap_or(line).to_owned()
}

/// Returns the commands of a formula, such as `\frac`.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    tex.match_indices('\\').filter_map(|(at, _)| {
        let rest = &tex[at..];
        let len = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        (len > 0).then(|| &rest[..=len])
    })
}

const ELEMENTS: &[&str] = &[
    "math",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
];

const ATTRIBUTES: &[&str] = &[
    "accent",
    "accentunder",
    "class",
    "columnspan",
    "depth",
    "display",
    "displaystyle",
    "form",
    "height",
    "linethickness",
    "lspace",
    "mathvariant",
    "maxsize",
    "minsize",
    "movablelimits",
    "notation",
    "rowspan",
    "rspace",
    "scriptlevel",
    "stretchy",
    "symmetric",
    "voffset",
    "width",
];

/// Returns MathML in which every tag is one of ours and every other `<` is text.
fn cleaned(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        let (before, from) = rest.split_at(at);
        push_text(&mut out, before);
        match push_tag(&mut out, from) {
            Some(len) => rest = &from[len..],
            None => {
                out.push_str("&lt;");
                rest = &from[1..];
            }
        }
    }
    push_text(&mut out, rest);
    out
}

fn push_text(out: &mut String, text: &str) {
    // A space that was escaped twice.
    out.push_str(&text.replace("&amp;nbsp;", "\u{A0}").replace('>', "&gt;"));
}

/// Appends the tag at the start of `text`, without attributes that do not belong; returns its length.
fn push_tag(out: &mut String, text: &str) -> Option<usize> {
    let len = memchr::memchr(b'>', text.as_bytes())? + 1;
    let inside = text[..len].strip_prefix('<')?.strip_suffix('>')?;
    if let Some(name) = inside.strip_prefix('/') {
        ELEMENTS.contains(&name).then(|| out.push_str(&text[..len]))?;
        return Some(len);
    }
    let (inside, end) = inside.strip_suffix('/').map_or((inside, ">"), |inside| (inside.trim_end(), "/>"));
    let (name, mut attributes) = inside.split_once(' ').unwrap_or((inside, ""));
    if !ELEMENTS.contains(&name) {
        return None;
    }
    let mut tag = format!("<{name}");
    while !attributes.trim_start().is_empty() {
        let (name, after) = attributes.trim_start().split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if name == "style" {
            push_colour(&mut tag, value);
        } else if ATTRIBUTES.contains(&name) && !value.contains('<') {
            // Writing to a String cannot fail.
            let _ = write!(tag, " {name}=\"{value}\"");
        }
        attributes = after;
    }
    out.push_str(&tag);
    out.push_str(end);
    Some(len)
}

/// Appends `color: rgb(255 0 0)` as an attribute; what else a style says is only distance.
fn push_colour(tag: &mut String, style: &str) {
    let numbers = style.split("color: rgb(").nth(1).and_then(|rest| rest.split(')').next());
    let channels: Vec<u8> =
        numbers.unwrap_or_default().split(' ').filter_map(|number| number.parse().ok()).collect();
    if let [red, green, blue] = channels[..] {
        let name = if style.contains("background") { "mathbackground" } else { "mathcolor" };
        let _ = write!(tag, " {name}=\"#{red:02x}{green:02x}{blue:02x}\"");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inline(tex: &str) -> String {
        match mathml(tex, false) {
            Ok(html) => html,
            Err(problem) => problem.map_or_else(|| "none".to_owned(), |problem| problem.message),
        }
    }

    #[test]
    fn formulas_become_mathml_without_styles_or_markup_of_others() {
        let cases = [
            ("x^2", "<math display=\"inline\"><msup><mi>x</mi><mn>2</mn></msup></math>"),
            (" \\color{red} x", "<math display=\"inline\"><mi mathcolor=\"#ff0000\">x</mi></math>"),
            ("a\\ b", "<math display=\"inline\"><mi>a</mi><mtext>\u{A0}</mtext><mi>b</mi></math>"),
            ("a<b", "<math display=\"inline\"><mi>a</mi><mo>&lt;</mo><mi>b</mi></math>"),
            (
                "\\operatorname{<b onclick=\"x\">}",
                "<math display=\"inline\"><mi>&lt;b onclick=\"x\"&gt;</mi></math>",
            ),
            (
                "\\operatorname{<mi href=\"javascript:x\" onclick=\"x\">}",
                "<math display=\"inline\"><mi><mi></mi></math>",
            ),
            ("\\text{<i>}", "<math display=\"inline\"><mtext>&lt;i&gt;</mtext></math>"),
            ("\u{FDD0}1\u{FDD1}", "none"),
        ];
        for (tex, expected) in cases {
            assert_eq!(inline(tex), expected, "{tex}");
        }
        assert!(mathml("x", true).is_ok_and(|html| html.starts_with("<math display=\"block\">")));
    }

    #[test]
    fn a_broken_formula_is_told_with_the_command_that_is_unknown() {
        let cases = [
            ("a + \\frac{1}{2} \\unknown{x}", "`\\unknown` is no command for formulas"),
            (
                "\\frac{",
                "this formula cannot be read: unbalanced group found, expected it to be closed with `}`",
            ),
        ];
        for (tex, expected) in cases {
            assert_eq!(inline(tex), expected, "{tex}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_mathml_comes_out(tex in "[a-c0-2{}^_&<>=\"'/ \\\\$%#~]{0,24}(\\\\operatorname\\{<[a-z]{1,3} on=\"x\">\\})?") {
            if let Ok(html) = mathml(&tex, false) {
                for (at, _) in html.match_indices('<') {
                    let name = html[at + 1..].trim_start_matches('/');
                    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
                    prop_assert!(ELEMENTS.contains(&&name[..len]), "{}", html);
                    let tag = name.split('>').next().unwrap_or(name);
                    prop_assert!(!tag.contains(" on") && !tag.contains("style"), "{}", html);
                }
            }
        }
    }
}
