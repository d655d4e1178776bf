//! Settings: TOML (whose values may span lines) and the older ini and properties files.

use super::super::class::Class;
use super::super::engine;
use super::super::languages::data::TOML_VALUES;
use super::super::scan::Scan;
use super::newline;

/// Paints TOML: headers here, everything between them by the engine.
pub(in super::super) fn toml(scan: &mut Scan) {
    while scan.byte().is_some() {
        if is_header(scan.line()) {
            header(scan);
            newline(scan);
            continue;
        }
        let mut end = scan.pos;
        for line in scan.rest().split_inclusive(|byte| *byte == b'\n') {
            if is_header(line) {
                break;
            }
            end += line.len();
        }
        scan.within(end, |scan| engine::run(scan, &TOML_VALUES));
    }
}

/// Returns whether a line is `[table]` or `[[array]]`, not a row of an array.
fn is_header(line: &[u8]) -> bool {
    let comment = memchr::memchr(b'#', line).unwrap_or(line.len());
    let text = line.get(..comment).unwrap_or_default().trim_ascii();
    let name = text.strip_prefix(b"[").map(|rest| rest.strip_prefix(b"[").unwrap_or(rest));
    let first = name.and_then(|name| name.first());
    first.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'"' | b'_'))
        && text.ends_with(b"]")
        && !text.contains(&b',')
}

/// Paints ini files: sections, `key = value`, comments with `#` or `;`.
pub(in super::super) fn ini(scan: &mut Scan) {
    while let Some(byte) = scan.byte() {
        match byte {
            _ if byte.is_ascii_whitespace() => scan.take(1, Class::Plain),
            b'#' | b';' | b'!' => scan.take_to(scan.line_end(), Class::C1),
            b'[' => header(scan),
            _ => pair(scan),
        }
    }
}

fn header(scan: &mut Scan) {
    scan.skip_blanks();
    scan.paint(Class::Plain);
    let end = memchr::memrchr(b']', scan.line()).map_or(scan.line_end(), |at| scan.pos + at + 1);
    scan.take_to(end, Class::K);
    scan.skip_blanks();
    scan.paint(Class::Plain);
    scan.take_to(scan.line_end(), Class::C1);
}

/// Passes `key = value`, `key: value`, or a line with neither.
fn pair(scan: &mut Scan) {
    let end = scan.line_end();
    let Some(sign) = memchr::memchr2(b'=', b':', scan.line()) else {
        return scan.take_to(end, Class::Plain);
    };
    let key = scan.line().get(..sign).unwrap_or_default().trim_ascii_end().len();
    let sign_at = scan.pos + sign;
    scan.take(key, Class::Na);
    scan.take_to(sign_at, Class::Plain);
    scan.take(1, Class::O);
    scan.skip_blanks();
    scan.paint(Class::Plain);
    scan.take_to(end, Class::S);
}
