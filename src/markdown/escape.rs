//! Writes text where it lands in HTML: as text, in an attribute, as an address.
//!
//! One escaping serves text and double-quoted attributes. Placeholders pass through unchanged.

use super::placeholder;

/// Appends `text` with `&`, `<`, `>` and `"` escaped.
pub(super) fn push_text(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[from..at]);
            out.push_str(entity);
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// Returns the entity for a byte that means something in HTML.
pub(super) fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    }
}

/// Appends an address: percent-encoded where it has to be, escapes that are there kept, then escaped for
/// HTML.
pub(super) fn push_url(out: &mut String, url: &str) {
    let mut rest = url;
    while let Some(next) = rest.chars().next() {
        let mut taken = next.len_utf8();
        match next {
            '&' => out.push_str("&amp;"),
            '%' if !rest.as_bytes().get(1..3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit)) => {
                out.push_str("%25");
            }
            _ if is_url_safe(next) => out.push(next),
            placeholder::OPEN if placeholder::parse(rest).is_some() => {
                taken = placeholder::parse(rest).map_or(taken, |(_, len)| len);
                out.push_str(&rest[..taken]);
            }
            _ => {
                for byte in rest[..taken].bytes() {
                    out.push('%');
                    out.push(hex_digit(byte >> 4));
                    out.push(hex_digit(byte & 15));
                }
            }
        }
        rest = &rest[taken..];
    }
}

fn hex_digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase()
}

fn is_url_safe(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.~!*'();:@=+$,/?#%".contains(c)
}

/// Says whether a browser would run or read something other than a page when following `url`.
///
/// The list is Hugo's (0.168, recorded): `javascript:`, `vbscript:`, `file:` and `data:` except plain
/// pictures.
pub fn is_dangerous(url: &str) -> bool {
    let starts = |prefix: &str| {
        url.as_bytes().get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    };
    if starts("data:image/") {
        return !["png;", "gif;", "jpeg;", "webp;"].iter().any(|kind| starts(&format!("data:image/{kind}")));
    }
    ["javascript:", "vbscript:", "file:", "data:"].iter().any(|scheme| starts(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_encoded_once_and_placeholders_pass() {
        let hole = placeholder::placeholder(7);
        let cases = [
            ("/a b", "/a%20b".to_owned()),
            ("/x[1]", "/x%5B1%5D".to_owned()),
            ("/x%zz", "/x%25zz".to_owned()),
            ("/x%20y", "/x%20y".to_owned()),
            ("/é?a=b&c", "/%C3%A9?a=b&amp;c".to_owned()),
            ("x|y{z}^`\\\t\u{1}", "x%7Cy%7Bz%7D%5E%60%5C%09%01".to_owned()),
            ("x~y!z$(a)*+,;=:@'", "x~y!z$(a)*+,;=:@'".to_owned()),
            ("%", "%25".to_owned()),
            (&format!("/{hole}/x"), format!("/{hole}/x")),
            ("\u{FDD0}x", "%EF%B7%90x".to_owned()),
        ];
        for (url, expected) in cases {
            let mut out = String::new();
            push_url(&mut out, url);
            assert_eq!(out, expected, "{url}");
        }
    }

    #[test]
    fn addresses_that_run_code_are_dangerous() {
        for url in [
            "javascript:x",
            "JaVaScript:x",
            "vbscript:x",
            "file:x",
            "data:text/html,x",
            "data:image/svg+xml;x",
        ] {
            assert!(is_dangerous(url), "{url}");
        }
        for url in ["", "/x", "https://x", "data:image/png;base64,x", "javascriptx", "java"] {
            assert!(!is_dangerous(url), "{url}");
        }
    }
}
