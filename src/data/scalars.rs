//! Rewrites the few plain YAML scalars that Hugo reads otherwise than our parser.
//!
//! Hugo takes `010` for 8 and `1_000` for 1000, and leaves `1e3` a text. The parser tells no plain scalar from a quoted
//! one, so they are changed in the text, on the line that they stand on; the values of one line, and nothing in flow
//! collections, block scalars and quotes.

use std::borrow::Cow;

/// Returns the text with such scalars in the form that means the same to our parser.
pub(super) fn normalize(text: &str) -> Cow<'_, str> {
    let mut result = String::new();
    let mut copied = 0;
    let mut block_indent = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_inside = |block: usize| indent > block || line.trim().is_empty();
        if block_indent.is_some_and(is_inside) {
            continue;
        }
        block_indent = None;
        let Some(offset) = value_start(line) else {
            continue;
        };
        let value = line.get(offset..).unwrap_or_default();
        if value.starts_with(['|', '>']) {
            block_indent = Some(indent);
            continue;
        }
        let scalar = value.split(" #").next().unwrap_or(value).trim_end();
        if let Some(rewritten) = rewrite(scalar) {
            result.push_str(&text[copied..start + offset]);
            result.push_str(&rewritten);
            copied = start + offset + scalar.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    result.push_str(&text[copied..]);
    Cow::Owned(result)
}

/// Returns where the value of a line starts: after `key: `, or after `- `.
fn value_start(line: &str) -> Option<usize> {
    let mut start = line.len() - line.trim_start_matches([' ', '-']).len();
    let content = line.get(start..)?;
    if let Some(colon) = content.find(": ") {
        start += colon + 1;
    } else if start == 0 || !line.get(..start)?.contains('-') || content.trim_end().ends_with(':') {
        return None;
    }
    let rest = line.get(start..)?;
    Some(start + rest.len() - rest.trim_start_matches(' ').len())
}

/// Returns the form that our parser reads as Hugo reads `scalar`, if it is another one.
fn rewrite(scalar: &str) -> Option<String> {
    if !scalar.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return None;
    }
    let (sign, digits) = match scalar.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", scalar.strip_prefix('+').unwrap_or(scalar)),
    };
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if is_plain && digits.starts_with(|c: char| c.is_ascii_digit()) {
        return rewrite_integer(scalar, sign, digits);
    }
    let (mantissa, exponent) = digits.split_once(['e', 'E'])?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_exponent = is_number(exponent.trim_start_matches(['+', '-']));
    (is_exponent && is_number(mantissa)).then(|| format!("\"{scalar}\""))
}

fn rewrite_integer(scalar: &str, sign: &str, digits: &str) -> Option<String> {
    let digits = digits.replace('_', "");
    let is_octal = digits.len() > 1 && digits.starts_with('0');
    let number = if is_octal { u64::from_str_radix(&digits, 8).ok() } else { digits.parse().ok() };
    match number {
        Some(number) => Some(format!("{sign}{number}")).filter(|rewritten| rewritten != scalar),
        // `08` is no number at all, and one that is too large is a text.
        None => Some(format!("\"{scalar}\"")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::super::{Format, parse};
    use super::*;

    /// What Hugo 0.168 makes of each, asked.
    #[test]
    fn plain_scalars_mean_what_they_mean_in_hugo() {
        for (written, expected) in [
            ("yes", json!("yes")),
            ("no", json!("no")),
            ("on", json!("on")),
            ("True", json!(true)),
            ("TRUE", json!(true)),
            ("12:00", json!("12:00")),
            ("1:20:30", json!("1:20:30")),
            ("010", json!(8)),
            ("-010", json!(-8)),
            ("0777", json!(511)),
            ("00", json!(0)),
            ("08", json!("08")),
            ("0o17", json!(15)),
            ("0x1F", json!(31)),
            ("-0x10", json!(-16)),
            ("0b11", json!(3)),
            ("1e3", json!("1e3")),
            ("1E5", json!("1E5")),
            ("1e+3", json!("1e+3")),
            ("1e-3", json!("1e-3")),
            ("1.5e3", json!(1500.0)),
            ("1.5", json!(1.5)),
            (".5", json!(0.5)),
            ("1.", json!(1.0)),
            ("1_000", json!(1000)),
            ("1__0", json!(10)),
            ("+1", json!(1)),
            ("~", Value::Null),
            ("NULL", Value::Null),
            ("100000000000000000000", json!("100000000000000000000")),
            ("1,000", json!("1,000")),
            ("2024-01-02", json!("2024-01-02")),
            ("1.2.3", json!("1.2.3")),
            ("\"010\"", json!("010")),
            ("'1e3'", json!("1e3")),
            ("010 # why", json!(8)),
            ("010 and more", json!("010 and more")),
        ] {
            let map = parse(&format!("a: x\nv: {written}\nb: {{n: 1}}\n"), Format::Yaml).unwrap();
            assert_eq!(map["v"], expected, "{written}");
            let list = parse(&format!("v:\n  - {written}\n  - k: {written}\n"), Format::Yaml).unwrap();
            assert_eq!((&list["v"][0], &list["v"][1]["k"]), (&expected, &expected), "{written}");
        }
    }

    #[test]
    fn blocks_and_keys_stay_as_they_are() {
        let text = "a: |\n  b: 010\n\n  1e3\nc: >-\n  - 010\n010: x\n- 010:\n";
        assert_eq!(normalize(text), text);
        assert_eq!(normalize("a: |\n  b: 010\nc: 010\n"), "a: |\n  b: 010\nc: 8\n");
    }

    proptest! {
        #[test]
        fn any_text_can_be_normalized(text in "[-a:0-9e_.|> #\n\u{e9}]{0,60}") {
            prop_assert_eq!(normalize(&text).lines().count(), text.lines().count());
        }
    }
}
