//! Style sheets: CSS, and as much of SCSS and Less as looks like it.

use super::super::class::Class;
use super::super::number;
use super::super::scan::Scan;
use super::quoted;

/// Paints a style sheet.
pub(in super::super) fn css(scan: &mut Scan) {
    while let Some(byte) = scan.byte() {
        match byte {
            _ if byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b';') => {
                scan.take(1, Class::Plain)
            }
            _ if comment(scan) => {}
            b'@' => {
                name(scan, 1, Class::K);
                parts(scan, |byte| matches!(byte, b'{' | b';' | b'}'), value_part);
            }
            _ if is_rule(scan) => parts(scan, |byte| byte == b'{', selector_part),
            _ => declaration(scan),
        }
    }
}

/// Returns whether the statement has a block, and so starts with selectors.
fn is_rule(scan: &Scan) -> bool {
    let mut before = 0;
    for byte in scan.rest() {
        match byte {
            b'{' if before != b'#' => return true,
            b';' | b'}' => return false,
            _ => before = *byte,
        }
    }
    false
}

/// Passes the parts of a statement up to a byte that ends it.
fn parts(scan: &mut Scan, ends: impl Fn(u8) -> bool, part: impl Fn(&mut Scan, u8)) {
    while let Some(byte) = scan.byte() {
        if ends(byte) && !(byte == b'{' && scan.before() == Some(b'#')) {
            return;
        }
        if byte.is_ascii_whitespace() {
            scan.take(1, Class::Plain);
        } else if !comment(scan) {
            part(scan, byte);
        }
    }
}

/// Passes `property: value`.
fn declaration(scan: &mut Scan) {
    let variable = matches!(scan.byte(), Some(b'$')) || scan.looking_at("--");
    name(scan, 0, if variable { Class::Nv } else { Class::K });
    parts(scan, |byte| matches!(byte, b';' | b'}' | b'{'), value_part);
    // Only where a brace could not be a block; it must not stand still.
    if scan.byte() == Some(b'{') {
        scan.take(1, Class::Plain);
    }
}

/// Passes one part of a selector.
fn selector_part(scan: &mut Scan, byte: u8) {
    match byte {
        b'.' => name(scan, 1, Class::Nc),
        b'#' => name(scan, 1, Class::Nn),
        b':' => {
            scan.skip(|byte| byte == b':');
            name(scan, 0, Class::Nd);
        }
        b'"' | b'\'' => quoted(scan, Class::S),
        b'>' | b'+' | b'~' | b'*' | b'&' | b'=' | b'|' | b'^' | b'$' => scan.take(1, Class::O),
        b'[' => {
            scan.take(1, Class::Plain);
            name(scan, 0, Class::Na);
        }
        _ if letter(byte) => name(scan, 1, Class::Nt),
        _ => scan.take(1, Class::Plain),
    }
}

/// Passes one part of a value.
fn value_part(scan: &mut Scan, byte: u8) {
    match byte {
        b'"' | b'\'' => quoted(scan, Class::S),
        b'#' => name(scan, 1, Class::Mh),
        b'$' | b'@' => name(scan, 1, Class::Nv),
        b'!' => name(scan, 1, Class::Cp),
        b'-' if scan.ahead(1) == Some(b'-') => name(scan, 2, Class::Nv),
        b'0'..=b'9' => numeric(scan),
        b'.' if scan.ahead(1).is_some_and(|next| next.is_ascii_digit()) => numeric(scan),
        b'+' | b'-' | b'*' | b'/' | b'>' | b'<' | b'=' | b'%' => scan.take(1, Class::O),
        _ if letter(byte) => {
            scan.skip(letter);
            let call = scan.byte() == Some(b'(');
            scan.paint(if call { Class::Nf } else { Class::Plain });
        }
        _ => scan.take(1, Class::Plain),
    }
}

fn numeric(scan: &mut Scan) {
    let class = number::pass(scan);
    scan.skip(|byte| byte == b'%');
    scan.paint(class);
}

/// Passes `skip` bytes and the name after them.
fn name(scan: &mut Scan, skip: usize, class: Class) {
    scan.paint(Class::Plain);
    scan.pos += skip;
    scan.skip(|byte| letter(byte) || byte == b'$');
    scan.paint(class);
}

fn letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte >= 0x80
}

fn comment(scan: &mut Scan) -> bool {
    if scan.looking_at("/*") {
        let end = scan.find("*/").map_or(scan.end(), |at| at + 2);
        scan.take_to(end, Class::Cm);
        return true;
    }
    let line = scan.looking_at("//") && scan.before() != Some(b':');
    if line {
        scan.take_to(scan.line_end(), Class::C1);
    }
    line
}
