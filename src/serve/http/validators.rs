//! Compares the digests that a client names with the one of the content (RFC 9110, 13.1).
//!
//! Knows digests only: conditions on dates are not heeded, because two saves of a file may fall into one second.

/// Says whether `If-None-Match` names this digest, so that the client has the content already.
///
/// `values` are the header's lines, `etag` is without quotes. The comparison is the weak one, as the header wants it.
pub(super) fn is_known<'a>(values: impl IntoIterator<Item = &'a str>, etag: &str) -> bool {
    values.into_iter().any(|value| value.trim() == "*" || tags(value).any(|tag| tag == etag))
}

/// Says whether `If-Range` names exactly this digest, so that a part of the content fits what the client has.
///
/// A date or a weak digest never does: then the whole content is sent.
pub(super) fn is_same(if_range: &str, etag: &str) -> bool {
    let tag = if_range.trim().strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    tag.is_some_and(|tag| tag == etag)
}

/// Returns the digests of a list, without quotes and marks of weakness; a list that breaks off ends there.
fn tags(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let quoted = rest.strip_prefix("W/").unwrap_or(rest).strip_prefix('"')?;
        let (tag, after) = quoted.split_once('"')?;
        rest = after;
        Some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_digest_is_found_in_every_form() {
        for value in [
            "\"a1\"",
            "W/\"a1\"",
            "\"x\", \"a1\"",
            "W/\"x\",W/\"a1\" ",
            "*",
            " * ",
            "\"x,y\", \"a1\"",
            ",,\"a1\"",
            "\"a1\", broken",
        ] {
            assert!(is_known([value], "a1"), "{value}");
        }
        assert!(is_known(["\"x\"", "\"a1\""], "a1"), "two lines");
    }

    #[test]
    fn another_digest_is_not_known() {
        for value in ["", "a1", "\"a1", "\"a\"", "\"a12\"", "w/\"a1\"", "\"x, a1\"", "*\"a1", "broken \"a1\""]
        {
            assert!(!is_known([value], "a1"), "{value}");
        }
        assert!(!is_known([], "a1"));
    }

    #[test]
    fn a_range_wants_exactly_this_digest() {
        assert!(is_same("\"a1\"", "a1"));
        for value in
            ["", "\"", "W/\"a1\"", "\"b\"", "a1", "*", "Sat, 29 Oct 1994 19:43:31 GMT", "\"a1\", \"b\""]
        {
            assert!(!is_same(value, "a1"), "{value}");
        }
    }
}
