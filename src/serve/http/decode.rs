//! Turns the path of a request target into the address that is looked up, or says why there is none.
//!
//! Decodes once and never guesses: what is still encoded afterwards stays so. Knows neither files nor folders; the clean
//! path is a key of the site's table of outputs.

/// Why a path is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It breaks the rules of addresses: status 400.
    Malformed,
    /// It is an address, but one that no site can have: status 404.
    Nowhere,
}

/// Returns the decoded path.
///
/// # Errors
/// `Malformed`: no `/` first, `%` without two hexadecimal digits, bytes that are no UTF-8 (overlong forms too), NUL and
/// other control characters. `Nowhere`: `\`, an encoded `/` (it is part of a name, and no output has such a
/// name), segments `.`, `..` or empty, a drive letter as first segment.
pub(super) fn decode(raw: &str) -> Result<String, Fault> {
    if !raw.starts_with('/') {
        return Err(Fault::Malformed);
    }
    let (bytes, has_encoded_slash) = unescape(raw.as_bytes()).ok_or(Fault::Malformed)?;
    let path = String::from_utf8(bytes).map_err(|_| Fault::Malformed)?;
    if path.chars().any(char::is_control) {
        return Err(Fault::Malformed);
    }
    if has_encoded_slash || path.contains('\\') || !is_clean(&path) {
        return Err(Fault::Nowhere);
    }
    Ok(path)
}

/// Replaces `%XX` by its byte, and says whether one of them was a `/`; `None` where the two digits are missing.
fn unescape(raw: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut has_slash = false;
    let mut rest = raw.iter();
    while let Some(&byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let decoded = digit(*rest.next()?)? * 16 + digit(*rest.next()?)?;
        has_slash |= decoded == b'/';
        bytes.push(decoded);
    }
    Some((bytes, has_slash))
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

/// Says whether every segment is a name; the last one may be empty.
fn is_clean(path: &str) -> bool {
    let inside = path.strip_prefix('/').unwrap_or(path);
    if inside.is_empty() {
        return true;
    }
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let is_name = |segment: &str| !matches!(segment, "" | "." | "..");
    inside.split('/').all(is_name) && !inside.split('/').next().is_some_and(is_drive)
}

/// Says whether a segment is a drive letter; `C|` is how old browsers wrote it.
fn is_drive(segment: &str) -> bool {
    matches!(segment.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        let cases = [
            ("/", "/"),
            ("/blog/", "/blog/"),
            ("/blog/a%20b.jpg", "/blog/a b.jpg"),
            ("/caf%C3%A9/", "/café/"),
            ("/café/", "/café/"),
            ("/%252e%252e/x", "/%2e%2e/x"),
            ("/a..b/...", "/a..b/..."),
            ("/ab:/c", "/ab:/c"),
            ("/_hallway/live.js", "/_hallway/live.js"),
        ];
        for (raw, path) in cases {
            assert_eq!(decode(raw).as_deref(), Ok(path), "{raw}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        use Fault::{Malformed, Nowhere};
        let cases = [
            ("", Malformed),
            ("*", Malformed),
            ("blog", Malformed),
            ("/%", Malformed),
            ("/%4", Malformed),
            ("/%zz", Malformed),
            ("/%+1", Malformed),
            ("/%u002e", Malformed),
            ("/%00", Malformed),
            ("/a%0d%0ab", Malformed),
            ("/%7f", Malformed),
            ("/%c2%85", Malformed),
            ("/%ff", Malformed),
            ("/%c0%ae%c0%ae/", Malformed),
            ("/%e0%80%ae", Malformed),
            ("/%ed%a0%80", Malformed),
            ("/..", Nowhere),
            ("/../x", Nowhere),
            ("/a/./b", Nowhere),
            ("/a/..", Nowhere),
            ("/a/../", Nowhere),
            ("/%2e%2E/x", Nowhere),
            ("/.%2e/x", Nowhere),
            ("/..%2fx", Nowhere),
            ("/a%2Fb", Nowhere),
            ("/a%5cb", Nowhere),
            ("/a\\b", Nowhere),
            ("//", Nowhere),
            ("//evil.example/", Nowhere),
            ("/a//b", Nowhere),
            ("/a//", Nowhere),
            ("/C:/x", Nowhere),
            ("/c%3a/x", Nowhere),
            ("/c|/x", Nowhere),
            ("/z:", Nowhere),
        ];
        for (raw, fault) in cases {
            assert_eq!(decode(raw), Err(fault), "{raw}");
        }
    }

    const PARTS: &[&str] = &[
        "/",
        ".",
        "..",
        "%2e",
        "%2f",
        "%5c",
        "\\",
        "%00",
        "%c0%ae",
        "%25",
        "C:",
        "a",
        "é",
        "%",
        "%e2%80%ae",
    ];

    /// Texts that are made of what attackers use, so that more than noise is tried.
    fn hostile() -> impl Strategy<Value = String> {
        let noise = any::<String>();
        let part = prop_oneof![8 => proptest::sample::select(PARTS).prop_map(str::to_owned), 1 => noise];
        vec(part, 0..12).prop_map(|parts| format!("/{}", parts.concat()))
    }

    proptest! {
        #[test]
        fn whatever_comes_through_is_clean(raw in hostile()) {
            if let Ok(path) = decode(&raw) {
                prop_assert!(path.starts_with('/'));
                prop_assert!(!path.contains('\\') && !path.contains("//") && !path.chars().any(char::is_control));
                prop_assert!(path.split('/').all(|segment| segment != "." && segment != ".."));
            }
        }

        #[test]
        fn every_clean_path_comes_through_when_it_is_encoded(names in vec("[a-zé %.]{1,3}[a-z]", 1..4)) {
            let path = format!("/{}", names.join("/"));
            let escape = |byte| if byte == b'/' { "/".to_owned() } else { format!("%{byte:02x}") };
            let raw: String = path.bytes().map(escape).collect();
            prop_assert_eq!(decode(&raw), Ok(path));
        }
    }
}
