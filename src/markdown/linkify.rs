//! Finds an address at the start of a piece of text: `https://...`, `www...` or an e-mail address.
//!
//! The edges are those of Hugo 0.168 (recorded): a dotted ASCII host that ends in lower-case letters, closing
//! brackets only as many as were opened, no full stop or comma at the end. Where an address may start is the
//! business of `text`.

use super::placeholder;

/// An address found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Address {
    /// How many bytes of the text it takes.
    pub(super) len: usize,
    /// What has to be put before it to make it a link.
    pub(super) kind: AddressKind,
}

/// What kind of address was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressKind {
    /// Complete with scheme.
    Full,
    /// Begins with `www.`.
    Www,
    /// An e-mail address.
    Mail,
}

/// A host is looked for in this many bytes, as it is in Hugo.
const MAX_HOST: usize = 256;
/// The longest local part of an e-mail address that is considered, which bounds the work on one long word.
const MAX_LOCAL: usize = 256;

/// Returns the address at the start of `text`, which runs to the end of the line.
pub(super) fn find(text: &str) -> Option<Address> {
    let scheme = ["https://", "http://", "ftp://"].into_iter().find(|scheme| text.starts_with(scheme));
    let (found, kind) = match scheme {
        Some(scheme) => (web(text, scheme.len(), true), AddressKind::Full),
        None if text.starts_with("www.") => (web(text, "www.".len(), false), AddressKind::Www),
        None => (None, AddressKind::Mail),
    };
    let (len, kind) = match found {
        Some(len) => (len, kind),
        None => (mail(text)?, AddressKind::Mail),
    };
    let len = trimmed(&text[..len]);
    (len > 0).then_some(Address { len, kind })
}

/// Returns the length without the punctuation that belongs to the sentence.
pub(super) fn trimmed(text: &str) -> usize {
    text.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~']).len()
}

/// Returns the length of a web address whose host starts at `start`.
fn web(text: &str, start: usize, with_port: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut end = host(bytes, start)?;
    if let (true, Some(b':')) = (with_port, bytes.get(end)) {
        let digits = bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        end += if digits > 0 { 1 + digits } else { 0 };
    }
    if matches!(bytes.get(end), Some(b'/' | b'#' | b'?')) {
        end += path(&text[end..]);
    }
    // The punctuation of the sentence goes first, then a bracket before it.
    Some(without_loose_end(&text[..trimmed(&text[..end])]))
}

/// Returns where the host ends: after the last run of lower-case letters that follows a dot in it.
fn host(bytes: &[u8], start: usize) -> Option<usize> {
    let is_host = |byte: &u8| byte.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(byte);
    let len = bytes.get(start..)?.iter().take(MAX_HOST).take_while(|byte| is_host(byte)).count();
    let dots = (start + 1..start + len).rev().filter(|at| bytes[*at] == b'.');
    for dot in dots {
        let letters = bytes[dot + 1..].iter().take_while(|byte| byte.is_ascii_lowercase()).count();
        if letters > 0 {
            return Some(dot + 1 + letters);
        }
    }
    None
}

/// Returns how much of `text` may be path, query and fragment; placeholders count as letters.
fn path(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut len = 0;
    while let Some(byte) = bytes.get(len) {
        let more = b"-@:%_+.~#$!?&/=();,'\">^{}[]`";
        if byte.is_ascii_alphanumeric() || more.contains(byte) {
            len += 1;
        } else if let Some((_, hole)) = text.get(len..).and_then(placeholder::parse) {
            len += hole;
        } else {
            break;
        }
    }
    len
}

/// Returns the length without closing brackets that were not opened or an entity at the end.
fn without_loose_end(text: &str) -> usize {
    if text.ends_with(')') {
        let count = |bracket: char| text.matches(bracket).count();
        return text.len() - count(')').saturating_sub(count('('));
    }
    if let Some(rest) = text.strip_suffix(';') {
        let name = rest.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        if let (true, Some(before)) = (name.len() < rest.len(), name.strip_suffix('&')) {
            return before.len();
        }
    }
    text.len()
}

/// Returns the length of an e-mail address with a dotted domain.
fn mail(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let at = bytes.iter().take(MAX_LOCAL).take_while(|byte| is_local(byte)).count();
    let domain = text.get(at..)?.strip_prefix('@')?;
    let mut len = label(domain)?;
    let first = len;
    while let Some(next) = domain[len..].strip_prefix('.').and_then(label) {
        len += 1 + next;
    }
    let follows = domain.as_bytes().get(len);
    (len > first && !matches!(follows, Some(b'-' | b'_'))).then_some(at + 1 + len)
}

/// Returns the length of one part of a domain: letters, digits and inner hyphens, at most 63.
fn label(text: &str) -> Option<usize> {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let len = text.bytes().take(63).take_while(is_part).count();
    let len = text[..len].trim_end_matches('-').len();
    (len > 0 && !text.starts_with('-')).then_some(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        let cases = [
            ("https://a.bc/c: x", "https://a.bc/c"),
            ("https://a.bc/c; x", "https://a.bc/c;"),
            ("https://a.bc/c). x", "https://a.bc/c"),
            ("https://a.bc/(c)) x", "https://a.bc/(c)"),
            ("https://a.bc/x&amp; y", "https://a.bc/x"),
            ("https://a.bc/x%zz y", "https://a.bc/x%zz"),
            ("https://a.bc:80/x", "https://a.bc:80/x"),
            ("https://a.bc:x", "https://a.bc"),
            ("https://a.b1/x", "https://a.b"),
            ("https://a.bc?x#y z", "https://a.bc?x#y"),
            ("https://a..bc", "https://a..bc"),
            ("https://a.bc./x", "https://a.bc"),
            ("https://A.bc/é", "https://A.bc/"),
            ("https://a.BC/x", ""),
            ("https://localhost/x", ""),
            ("HTTP://a.bc", ""),
            ("www.a.bc:80/x", "www.a.bc"),
            ("www.a", ""),
            ("ftp://a.bc/x", "ftp://a.bc/x"),
            ("ftp.a.bc", ""),
            ("a.b+c'd@e.fg.", "a.b+c'd@e.fg"),
            ("a@b", ""),
            ("a@b.c-d", "a@b.c-d"),
            ("a@b.cd-", ""),
            ("a@b.c_d", ""),
            ("!a@b.cd", ""),
            ("", ""),
        ];
        for (text, expected) in cases {
            let len = find(text).map_or(0, |address| address.len);
            assert_eq!(text.get(..len), Some(expected), "{text}");
        }
    }
}
