//! Numbers: one rule for all languages.
//!
//! Accepts a little more than any of them (`0b12`, `1__0`, suffixes of any letters), because colouring a
//! wrong number as a number hurts nobody.

use super::class::Class;
use super::scan::Scan;

/// Passes the number at the position and returns its class.
pub(super) fn pass(scan: &mut Scan) -> Class {
    let class = match (scan.byte(), scan.ahead(1)) {
        (Some(b'0'), Some(b'x' | b'X')) => Class::Mh,
        (Some(b'0'), Some(b'b' | b'B')) => Class::Mb,
        (Some(b'0'), Some(b'o' | b'O')) => Class::Mo,
        _ => return decimal(scan),
    };
    scan.pos += 2;
    digits(scan);
    class
}

fn decimal(scan: &mut Scan) -> Class {
    let mut class = Class::Mi;
    digits_and_exponent(scan, &mut class);
    if scan.byte() == Some(b'.') && scan.ahead(1).is_some_and(|next| next.is_ascii_digit()) {
        class = Class::Mf;
        scan.pos += 1;
        digits_and_exponent(scan, &mut class);
    }
    class
}

/// Passes digits and letters; the sign of an exponent belongs to them.
fn digits_and_exponent(scan: &mut Scan, class: &mut Class) {
    let start = scan.pos;
    digits(scan);
    if let [b'0'..=b'9', middle @ .., b'0'..=b'9'] = scan.since(start)
        && middle.iter().any(|byte| matches!(byte, b'e' | b'E'))
    {
        *class = Class::Mf;
    }
    let exponent = matches!(scan.before(), Some(b'e' | b'E')) && matches!(scan.byte(), Some(b'+' | b'-'));
    if exponent && scan.ahead(1).is_some_and(|next| next.is_ascii_digit()) {
        *class = Class::Mf;
        scan.pos += 1;
        digits(scan);
    }
}

fn digits(scan: &mut Scan) {
    scan.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
}
