//! Scanners of what is not a programming language: markup, style sheets, data by lines and indentation.
//!
//! Each is one function over a [`Scan`](super::scan::Scan) that hands embedded code to the engine. None
//! calls itself through another, so the call stack stays flat on any input.

pub(super) mod css;
pub(super) mod lines;
pub(super) mod makefile;
pub(super) mod markdown;
pub(super) mod markup;
pub(super) mod toml;
pub(super) mod yaml;

use super::class::Class;
use super::scan::Scan;

/// Passes and paints a string in the quotes it starts with, over many lines, and returns nothing if it
/// never ends.
fn quoted(scan: &mut Scan, class: Class) {
    let quote = scan.byte();
    scan.pos += 1;
    while let Some(byte) = scan.byte() {
        scan.pos += 1;
        if Some(byte) == quote {
            break;
        }
        if byte == b'\\' && quote == Some(b'"') {
            scan.pos += usize::from(scan.byte().is_some());
        }
    }
    scan.paint(class);
}

/// Passes the newline that ends a line, if there is one.
fn newline(scan: &mut Scan) {
    scan.take(usize::from(scan.byte().is_some()), Class::Plain);
}
