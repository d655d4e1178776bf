//! Turns text into lower case as addresses need it, and terms into titles.

/// Words that stay small inside a title (Hugo 0.168's default style, after that of the Associated Press;
/// recorded).
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
    "the", "to", "v", "v.", "via", "vs", "vs.",
];

/// Lowers each character on its own, so that the same letter is always lowered to the same one.
///
/// Unlike [`str::to_lowercase`], `Σ` is `σ` at the end of a word too and `İ` is one `i` (Hugo 0.168,
/// recorded).
pub fn lower(text: &str) -> String {
    text.chars().map(simple_lower).collect()
}

/// Returns the one character that `c` is lowered to.
fn simple_lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Returns a taxonomy term as a title: every word with a capital, small words only inside a title in lower
/// case.
///
/// A word starts at a letter or number and ends at white space, `-` or `/`; its other letters stay as they
/// are (`wasm io` is `Wasm Io`, `iOS` is `IOS`, `state-of-the-art` is `State-of-the-Art`).
pub fn title_case(term: &str) -> String {
    let mut title = String::with_capacity(term.len());
    let mut rest = term;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from_word) = rest.split_at(start);
        title.push_str(before);
        let end = from_word.find(|c: char| ends_word(c)).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at(end);
        if let Some(small) = small_word(term, term.len() - from_word.len(), word) {
            title.push_str(small);
        } else {
            push_capitalized(&mut title, word);
        }
        rest = after;
    }
    title.push_str(rest);
    title
}

/// Says whether a word ends before `c`; a no-break space is part of a word.
fn ends_word(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c' | '-' | '/')
}

/// Returns the lower form of `word`, which starts at byte `start` of `term`, if it has to stay small there.
///
/// First and last words never are small; nor are words after `: ` and ` - `, or before a dash that no dash
/// precedes.
fn small_word(term: &str, start: usize, word: &str) -> Option<&'static str> {
    let end = start + word.len();
    if start == 0 || end == term.len() {
        return None;
    }
    let first = term.chars().next();
    let mut before = term.get(..start)?.chars().rev();
    let previous = before.next();
    // A place before the first character counts as the first character (Hugo 0.168, recorded: `-the x`).
    let one_more = before.next().or(first);
    let next = term.get(end..)?.chars().next();
    let separated = matches!(previous, Some(' ' | '-' | '/'));
    if !separated || matches!(one_more, Some(':' | '-')) || next == Some('-') && previous != Some('-') {
        return None;
    }
    SMALL_WORDS.iter().find(|small| small.eq_ignore_ascii_case(word)).copied()
}

/// Appends `word` with a capital; `ß` and other letters whose capital is more than one letter stay.
fn push_capitalized(title: &mut String, word: &str) {
    let mut letters = word.chars();
    if let Some(first) = letters.next() {
        let mut upper = first.to_uppercase();
        title.push(if upper.len() == 1 { upper.next().unwrap_or(first) } else { first });
        title.push_str(letters.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_become_titles_as_in_hugo() {
        let cases = [
            ("wasm io", "Wasm Io"),
            ("été", "Été"),
            ("iOS", "IOS"),
            ("KUBE", "KUBE"),
            ("e-mail", "E-Mail"),
            ("the end of the", "The End of The"),
            ("OF MICE AND MEN", "OF MICE and MEN"),
            ("state-of-the-art", "State-of-the-Art"),
            ("on-the-go the-x", "On-the-Go The-X"),
            ("a/the/b", "A/the/B"),
            ("foo: the bar", "Foo: The Bar"),
            ("x of: y", "X Of: Y"),
            ("x; of y", "X; of Y"),
            ("foo - the bar", "Foo - The Bar"),
            ("x -the y", "X -the Y"),
            ("-the x", "-The X"),
            ("--the x", "--The X"),
            (" the x", " the X"),
            ("x the- y", "X The- Y"),
            ("x or-y z", "X Or-Y Z"),
            ("foo up-to bar", "Foo Up-to Bar"),
            ("x and/or y", "X and/or Y"),
            ("x the/y", "X the/Y"),
            ("x (the) y", "X (The) Y"),
            ("x, the y", "X, the Y"),
            ("the. x", "The. X"),
            ("x  the  y", "X  the  Y"),
            ("x\tthe y", "X\tThe Y"),
            ("x_the_y", "X_the_y"),
            ("l’été", "L’été"),
            ("ßa ŉa", "ßa ŉa"),
            ("1st of may", "1st of May"),
            ("x² of ½", "X² of ½"),
            ("日本 the 語", "日本 the 語"),
            ("été the été of été", "Été the Été of Été"),
            (".net c++ c#", ".Net C++ C#"),
            ("x\u{a0}the\u{a0}y", "X\u{a0}the\u{a0}y"),
            ("", ""),
        ];
        for (term, title) in cases {
            assert_eq!(title_case(term), title, "{term:?}");
        }
    }

    #[test]
    fn each_letter_is_lowered_on_its_own() {
        assert_eq!(lower("ΑΣ İstanbul ÀÉ ß"), "ασ istanbul àé ß");
    }
}
