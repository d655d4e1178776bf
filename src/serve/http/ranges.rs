//! Reads the `Range` header (RFC 9110, 14.2): which part of the content is wanted.
//!
//! Knows single ranges of bytes. Several at once, other units and what cannot be understood mean the whole content,
//! which the standard allows.

/// What a range header asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// From a byte to a byte, both included and both inside the content.
    Part { first: u64, last: u64 },
    /// Only what lies outside the content: status 416.
    Outside,
}

/// Returns what is wanted of content of `size` bytes.
pub(super) fn wanted(header: Option<&str>, size: u64) -> Wanted {
    header.and_then(|header| part(header, size)).unwrap_or(Wanted::Whole)
}

/// Returns `None` where the header is not to be heeded.
fn part(header: &str, size: u64) -> Option<Wanted> {
    let (unit, set) = header.split_once('=')?;
    let (start, end) = set.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let end_of_content = size.checked_sub(1);
    if start.is_empty() {
        let count = number(end)?;
        return Some(match end_of_content {
            Some(last) if count > 0 => Wanted::Part { first: size.saturating_sub(count), last },
            _ => Wanted::Outside,
        });
    }
    let first = number(start)?;
    let end = if end.is_empty() { u64::MAX } else { number(end)? };
    if end < first {
        return None;
    }
    Some(match end_of_content {
        Some(last) if first <= last => Wanted::Part { first, last: end.min(last) },
        _ => Wanted::Outside,
    })
}

/// Reads a number; one that is too large for its type is as good as the largest.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_to_the_content() {
        use Wanted::{Outside, Whole};
        let part = |first, last| Wanted::Part { first, last };
        let cases = [
            ("bytes=0-", 10, part(0, 9)),
            ("bytes=0-0", 10, part(0, 0)),
            ("bytes=2-5", 10, part(2, 5)),
            ("bytes=2-500", 10, part(2, 9)),
            ("bytes=9-9", 10, part(9, 9)),
            ("bytes=-3", 10, part(7, 9)),
            ("bytes=-30", 10, part(0, 9)),
            ("Bytes= 2-5 ", 10, part(2, 5)),
            ("bytes=2-99999999999999999999999", 10, part(2, 9)),
            ("bytes=-99999999999999999999999", 10, part(0, 9)),
            ("bytes=10-", 10, Outside),
            ("bytes=10-20", 10, Outside),
            ("bytes=99999999999999999999999-", 10, Outside),
            ("bytes=-0", 10, Outside),
            ("bytes=0-", 0, Outside),
            ("bytes=-1", 0, Outside),
            ("bytes=0-1,3-4", 10, Whole),
            ("bytes=0-,", 10, Whole),
            ("bytes=5-2", 10, Whole),
            ("bytes=-", 10, Whole),
            ("bytes=", 10, Whole),
            ("bytes", 10, Whole),
            ("bytes=a-b", 10, Whole),
            ("bytes=+1-2", 10, Whole),
            ("bytes=--1", 10, Whole),
            ("bytes=1-2-3", 10, Whole),
            ("items=0-1", 10, Whole),
            ("", 10, Whole),
        ];
        for (header, size, expected) in cases {
            assert_eq!(wanted(Some(header), size), expected, "{header} of {size}");
        }
        assert_eq!(wanted(None, 10), Whole);
    }

    proptest::proptest! {
        #[test]
        fn a_part_always_lies_inside(first: u64, last: u64, size: u64) {
            for header in [format!("bytes={first}-{last}"), format!("bytes={first}-"), format!("bytes=-{last}")] {
                if let Wanted::Part { first, last } = wanted(Some(&header), size) {
                    proptest::prop_assert!(first <= last && last < size);
                }
            }
        }
    }
}
