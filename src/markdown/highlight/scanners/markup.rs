//! HTML, XML and templates that are written into them.
//!
//! Knows tags, attributes, comments, entities, `<script>` and `<style>`, and pairs of template delimiters;
//! does not check that tags match.

use super::super::class::Class;
use super::super::engine;
use super::super::grammar::Grammar;
use super::super::languages::web::JAVASCRIPT;
use super::super::scan::Scan;
use super::css;

/// A pair of delimiters with code between them.
pub(in super::super) struct Template {
    pub(in super::super) open: &'static str,
    pub(in super::super) close: &'static str,
    /// The language between them; none for a comment.
    pub(in super::super) code: Option<&'static Grammar>,
}

/// Paints markup with templates in it; a longer opening stands before its prefix.
pub(in super::super) fn markup(scan: &mut Scan, templates: &'static [Template]) {
    let mut hopeless = vec![false; templates.len()];
    while let Some(byte) = scan.byte() {
        if template(scan, templates, &mut hopeless) {
            continue;
        }
        match byte {
            b'<' => angle(scan, templates, &mut hopeless),
            b'&' => entity(scan),
            _ => scan.pos += 1,
        }
    }
}

/// Passes a template, if one starts here and ends somewhere.
///
/// `hopeless` remembers, for each pair, that its end does not come again, which keeps the time linear.
fn template(scan: &mut Scan, templates: &[Template], hopeless: &mut [bool]) -> bool {
    for (template, hopeless) in templates.iter().zip(hopeless) {
        if *hopeless || !scan.looking_at(template.open) {
            continue;
        }
        let Some(end) = scan.find(template.close) else {
            *hopeless = true;
            continue;
        };
        scan.paint(Class::Plain);
        match template.code {
            Some(code) => {
                scan.take(template.open.len(), Class::Cp);
                scan.within(end, |scan| engine::run(scan, code));
                scan.take(template.close.len(), Class::Cp);
            }
            None => scan.take_to(end + template.close.len(), Class::Cm),
        }
        return true;
    }
    false
}

/// Passes what starts with `<`.
fn angle(scan: &mut Scan, templates: &[Template], hopeless: &mut [bool]) {
    scan.paint(Class::Plain);
    let special = [
        ("<!--", "-->", Class::Cm),
        ("<![CDATA[", "]]>", Class::Cp),
        ("<!", ">", Class::Cp),
        ("<?", "?>", Class::Cp),
    ];
    if let Some((_, close, class)) = special.iter().find(|(open, ..)| scan.looking_at(open)) {
        let end = scan.find(close).map_or(scan.end(), |at| at + close.len());
        scan.take_to(end, *class);
        return;
    }
    let closing = usize::from(scan.ahead(1) == Some(b'/'));
    let first = scan.ahead(1 + closing);
    if !first.is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80) {
        scan.pos += 1;
        return;
    }
    let start = scan.pos + 1;
    scan.pos += 1 + closing;
    scan.skip(|byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.') || byte >= 0x80
    });
    let name = scan.since(start);
    scan.paint(Class::Nt);
    attributes(scan, templates, hopeless);
    match name {
        b"script" => embedded(scan, "</script", |scan| engine::run(scan, &JAVASCRIPT)),
        b"style" => embedded(scan, "</style", css::css),
        _ => {}
    }
}

/// Passes the attributes of a tag and the `>` that ends it.
fn attributes(scan: &mut Scan, templates: &[Template], hopeless: &mut [bool]) {
    while let Some(byte) = scan.byte() {
        if template(scan, templates, hopeless) {
            continue;
        }
        match byte {
            b'>' => return scan.take(1, Class::Nt),
            b'/' if scan.ahead(1) == Some(b'>') => return scan.take(2, Class::Nt),
            // A new tag: the last one was never closed.
            b'<' => return,
            b'=' => scan.take(1, Class::O),
            b'"' | b'\'' => value(scan, byte, templates, hopeless),
            _ if byte.is_ascii_whitespace() => scan.take(1, Class::Plain),
            _ => {
                let bare = scan.before() == Some(b'=');
                scan.pos += 1;
                scan.skip(|byte| {
                    !byte.is_ascii_whitespace()
                        && !matches!(byte, b'=' | b'>' | b'<' | b'"' | b'\'' | b'/' | b'{')
                });
                scan.paint(if bare { Class::S } else { Class::Na });
            }
        }
    }
}

/// Passes the value of an attribute, with templates in it.
fn value(scan: &mut Scan, quote: u8, templates: &[Template], hopeless: &mut [bool]) {
    scan.pos += 1;
    while let Some(byte) = scan.byte() {
        if templates.iter().any(|template| scan.looking_at(template.open)) {
            scan.paint(Class::S);
            if template(scan, templates, hopeless) {
                continue;
            }
        }
        scan.pos += 1;
        if byte == quote {
            break;
        }
    }
    scan.paint(Class::S);
}

/// Passes the text of `<script>` or `<style>`, if it is closed.
fn embedded(scan: &mut Scan, close: &str, scanner: impl FnOnce(&mut Scan)) {
    if scan.before() == Some(b'>') {
        let end = scan.find(close).unwrap_or(scan.end());
        scan.within(end, scanner);
    }
}

/// Passes `&name;` or `&#1;`.
fn entity(scan: &mut Scan) {
    let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let len = scan.rest().iter().skip(1).take(32).take_while(|byte| name(byte)).count();
    if len > 0 && scan.ahead(len + 1) == Some(b';') {
        scan.paint(Class::Plain);
        scan.take(len + 2, Class::Ni);
    } else {
        scan.pos += 1;
    }
}
