//! Reads `:smile:`.
//!
//! The names are those of GitHub, which are also Hugo's.

/// The longest name that is looked up, in bytes.
const MAX_NAME: usize = 64;

/// Returns the emoji whose name stands at the start of `text`, which begins with a colon, and the name.
pub(super) fn find(text: &str) -> Option<(&'static str, &str)> {
    let rest = text.strip_prefix(':')?;
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_+-".contains(byte);
    let len = rest.bytes().take(MAX_NAME).take_while(is_name).count();
    let name = rest.get(..len).filter(|_| rest.as_bytes().get(len) == Some(&b':'))?;
    Some((emojis::get_by_shortcode(name)?.as_str(), name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_between_colons_are_emoji() {
        assert_eq!(find(":smile: x"), Some(("😄", "smile")));
        assert_eq!(find(":+1::"), Some(("👍", "+1")));
        for text in [":nope:", ":smile", "::", ":", "smile:", ":smi le:", ":Smile:"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
