//! Turns a text with holes into a text with words: `@p said` into `Ada Okafor said`.
//!
//! A hole is `@` and one letter. What a letter means is the caller's business, so prose and code share this.

/// Replaces each `@x` of `template` by what `word` gives for `x`.
pub(crate) fn fill(template: &str, mut word: impl FnMut(char) -> String) -> String {
    let mut filled = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        filled.push_str(before);
        let mut letters = after.chars();
        if let Some(letter) = letters.next() {
            filled.push_str(&word(letter));
        }
        rest = letters.as_str();
    }
    filled + rest
}
