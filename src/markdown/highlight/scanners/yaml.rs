//! YAML: keys, scalars, block scalars and flow collections, with Helm's `{{ }}` left readable.

use super::super::class::Class;
use super::super::number;
use super::super::scan::Scan;
use super::{newline, quoted};

/// Paints a YAML document.
pub(in super::super) fn yaml(scan: &mut Scan) {
    let mut flow = 0_usize;
    while scan.byte().is_some() {
        let start = scan.pos;
        scan.skip_blanks();
        scan.paint(Class::Plain);
        if flow == 0 && (scan.looking_at("---") || scan.looking_at("...")) && scan.pos == start {
            scan.take(3, Class::Nn);
        }
        let column = line(scan, start, &mut flow);
        newline(scan);
        if let Some(column) = column {
            block_scalar(scan, column);
        }
    }
}

/// Passes the rest of a line; returns the column of the key whose block scalar starts on the next line.
fn line(scan: &mut Scan, start: usize, flow: &mut usize) -> Option<usize> {
    let mut column = scan.pos - start;
    let mut value_next = false;
    while let Some(byte) = scan.byte() {
        match byte {
            b'\n' => return None,
            b' ' | b'\t' | b'\r' => scan.take(1, Class::Plain),
            b'#' if !matches!(scan.before(), Some(before) if !before.is_ascii_whitespace()) => {
                scan.take_to(scan.line_end(), Class::C1);
            }
            b'-' | b'?' if !value_next && ends_indicator(scan.ahead(1)) => {
                scan.take(1, Class::Plain);
                scan.skip_blanks();
                scan.paint(Class::Plain);
                if !ends_line(scan) {
                    column = scan.pos - start;
                }
            }
            b'{' if scan.looking_at("{{") => template(scan),
            b'{' | b'[' => {
                *flow += 1;
                value_next = false;
                scan.take(1, Class::Plain);
            }
            b'}' | b']' => {
                *flow = flow.saturating_sub(1);
                scan.take(1, Class::Plain);
            }
            b',' | b':' => {
                value_next = byte == b':';
                scan.take(1, Class::Plain);
            }
            b'&' | b'*' => name(scan, Class::Nl),
            b'!' => name(scan, Class::Kt),
            b'|' | b'>' if *flow == 0 && header(scan) => return Some(column),
            b'"' | b'\'' => string(scan, byte),
            _ => value_next = scalar(scan, *flow, value_next),
        }
    }
    None
}

fn ends_indicator(next: Option<u8>) -> bool {
    next.is_none_or(|byte| byte.is_ascii_whitespace())
}

fn ends_line(scan: &Scan) -> bool {
    matches!(scan.byte(), None | Some(b'\n' | b'|' | b'>'))
}

/// Passes `|-` or `>2` with a comment, if nothing else follows on the line.
fn header(scan: &mut Scan) -> bool {
    let line = scan.line();
    let signs = line.iter().skip(1).take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9')).count();
    let after = line.get(signs + 1..).unwrap_or_default().trim_ascii_start();
    if !(after.is_empty() || after.starts_with(b"#")) {
        scan.take(1, Class::Plain);
        return false;
    }
    scan.take(signs + 1, Class::O);
    scan.skip_blanks();
    scan.paint(Class::Plain);
    scan.take_to(scan.line_end(), Class::C1);
    true
}

/// Passes the lines that are blank or indented more than `column`.
fn block_scalar(scan: &mut Scan, column: usize) {
    while scan.byte().is_some() {
        let line = scan.line();
        let indent = line.iter().take_while(|byte| **byte == b' ').count();
        if indent <= column && !line.trim_ascii().is_empty() {
            break;
        }
        scan.take(indent, Class::Plain);
        scan.take_to(scan.line_end(), Class::S);
        newline(scan);
    }
}

/// Passes a quoted scalar; before a colon it is a key.
fn string(scan: &mut Scan, quote: u8) {
    let len = scan.line().iter().skip(1).position(|byte| *byte == quote);
    if let Some(len) = len
        && scan.ahead(len + 2) == Some(b':')
    {
        return scan.take(len + 2, Class::Nt);
    }
    quoted(scan, if quote == b'"' { Class::S2 } else { Class::S1 });
}

/// Passes a plain scalar; returns whether it was a key and a value comes next.
fn scalar(scan: &mut Scan, flow: usize, value: bool) -> bool {
    let line = scan.line();
    let mut len = line.len();
    let mut key = false;
    for (at, byte) in line.iter().enumerate() {
        let next = line.get(at + 1).copied();
        let ends = match byte {
            b':' => ends_indicator(next) || (flow > 0 && matches!(next, Some(b',' | b'}' | b']'))),
            b'#' => at > 0 && matches!(line.get(at - 1), Some(b' ' | b'\t')),
            b',' | b']' | b'}' | b'[' => flow > 0,
            b'{' => flow > 0 || next == Some(b'{'),
            _ => false,
        };
        if ends {
            key = *byte == b':' && !(value && flow == 0);
            len = at;
            if *byte != b':' || key {
                break;
            }
            len = line.len();
        }
    }
    let text = line.get(..len).unwrap_or_default().trim_ascii_end();
    if key {
        scan.take(text.len(), Class::Nt);
        return true;
    }
    let class = class_of(text);
    scan.take(text.len().max(1), class);
    false
}

/// Returns what a plain scalar says: a constant, a number, or text.
fn class_of(text: &[u8]) -> Class {
    const CONSTANTS: [&str; 8] = ["true", "false", "null", "~", "yes", "no", "on", "off"];
    if CONSTANTS.iter().any(|constant| text.eq_ignore_ascii_case(constant.as_bytes())) {
        return Class::Kc;
    }
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if !digits.first().is_some_and(u8::is_ascii_digit) || digits.len() > 64 {
        return Class::Plain;
    }
    let Ok(digits) = std::str::from_utf8(digits) else { return Class::Plain };
    let mut scan = Scan::new(digits);
    let class = number::pass(&mut scan);
    let suffix = digits.bytes().any(|byte| byte.is_ascii_alphabetic());
    let whole = scan.byte().is_none() && (!suffix || class != Class::Mi);
    if whole { class } else { Class::Plain }
}

/// Passes an anchor, alias or tag.
fn name(scan: &mut Scan, class: Class) {
    scan.pos += 1;
    scan.skip(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b']' | b'}'));
    scan.paint(class);
}

/// Passes `{{ … }}` on one line.
fn template(scan: &mut Scan) {
    let end = memchr::memmem::find(scan.line(), b"}}").map_or(scan.line_end(), |at| scan.pos + at + 2);
    scan.take_to(end, Class::Cp);
}
