//! Markdown as code: headings, lists, emphasis, links, and fences in the language that they name.

use super::super::class::Class;
use super::super::scan::Scan;
use super::super::{Syntax, paint_as, syntax};
use super::{newline, yaml};

/// Paints Markdown.
pub(in super::super) fn markdown(scan: &mut Scan) {
    if scan.looking_at("---\n") {
        let end = memchr::memmem::find(scan.rest(), b"\n---\n").map_or(scan.pos, |at| at + 5);
        scan.within(end, yaml::yaml);
    }
    while scan.byte().is_some() {
        scan.skip_blanks();
        scan.paint(Class::Plain);
        match scan.byte() {
            Some(b'`' | b'~') if scan.looking_at("```") || scan.looking_at("~~~") => fence(scan),
            Some(b'#') => {
                let class = if scan.ahead(1) == Some(b'#') { Class::Gu } else { Class::Gh };
                scan.take_to(scan.line_end(), class);
            }
            Some(b'>') => scan.take(1, Class::K),
            Some(b'-' | b'*' | b'+') if scan.ahead(1) == Some(b' ') => scan.take(1, Class::K),
            _ => {}
        }
        inline(scan);
        newline(scan);
    }
}

/// Passes a fenced block; what is in it is painted as its language.
fn fence(scan: &mut Scan) {
    let sign = scan.byte();
    let start = scan.pos;
    scan.skip(|byte| Some(byte) == sign);
    let fence = scan.since(start);
    scan.paint(Class::Sb);
    scan.skip_blanks();
    let name = scan.line();
    let len = name.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'{').count();
    let language = std::str::from_utf8(name.get(..len).unwrap_or_default()).unwrap_or_default();
    scan.take_to(scan.line_end(), Class::Nl);
    newline(scan);
    let mut end = scan.pos;
    for line in scan.rest().split_inclusive(|byte| *byte == b'\n') {
        if line.trim_ascii().starts_with(fence) {
            break;
        }
        end += line.len();
    }
    let syntax = syntax(language).filter(|syntax| !matches!(syntax, Syntax::Markdown));
    scan.within(end, |scan| match syntax {
        Some(syntax) => paint_as(scan, syntax),
        None => scan.take_to(scan.end(), Class::Sb),
    });
    scan.take_to(scan.line_end(), Class::Sb);
}

/// Passes the text of a line.
fn inline(scan: &mut Scan) {
    let end = scan.line_end();
    while scan.pos < end {
        match scan.byte() {
            Some(b'`') => span(scan, "`", Class::Sb),
            Some(b'*') if scan.looking_at("**") => span(scan, "**", Class::Gs),
            Some(b'*') => span(scan, "*", Class::Ge),
            Some(b'[') => link(scan),
            Some(b'\\') => scan.pos = (scan.pos + 2).min(end),
            _ => scan.pos += 1,
        }
    }
    scan.paint(Class::Plain);
}

/// Passes text between two equal signs on one line, or, where the second is missing, the rest of the line.
fn span(scan: &mut Scan, sign: &str, class: Class) {
    scan.paint(Class::Plain);
    let inner = scan.line().get(sign.len()..).unwrap_or_default();
    match memchr::memmem::find(inner, sign.as_bytes()) {
        Some(at) => scan.take(at + 2 * sign.len(), class),
        None => scan.take_to(scan.line_end(), Class::Plain),
    }
}

/// Passes `[text](address)`.
fn link(scan: &mut Scan) {
    scan.paint(Class::Plain);
    let line = scan.line();
    let Some(close) = memchr::memchr(b']', line) else { return scan.take_to(scan.line_end(), Class::Plain) };
    scan.take(1, Class::Plain);
    scan.take(close - 1, Class::Nt);
    scan.take(1, Class::Plain);
    if scan.byte() == Some(b'(') {
        let end = memchr::memchr(b')', scan.line()).map_or(scan.line_end(), |at| scan.pos + at);
        scan.take(1, Class::Plain);
        scan.take_to(end, Class::Na);
    }
}
