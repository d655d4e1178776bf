//! Turns text into lower case as addresses need it, and terms into titles.

/// Words that stay small inside a title (Hugo 0.168's default style, after that of the Associated Press;
/// recorded).
const SMALL_WORDS: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
    "the", "to", "v", "v.", "via", "vs", "vs.",
];

/// Words that stay small in the style of the Chicago Manual (Hugo 0.168's `titleCaseStyle: Chicago`, asked).
const CHICAGO_WORDS: &[&str] = &[
    "a", "about", "above", "across", "after", "against", "along", "among", "an", "and", "around", "as", "at",
    "before", "between", "beyond", "but", "by", "down", "during", "en", "for", "from", "if", "in", "into",
    "near", "nor", "of", "on", "or", "over", "per", "since", "the", "through", "to", "towards", "under",
    "until", "upon", "v", "v.", "via", "vs", "vs.", "with", "within", "without",
];

/// How a name becomes a title (Hugo's `titleCaseStyle`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TitleStyle {
    /// Every word with a capital but the small ones, after the Associated Press.
    #[default]
    AssociatedPress,
    /// The same with more small words, after the Chicago Manual.
    Chicago,
    /// Every word with a capital.
    Go,
    /// The first letter alone with a capital.
    FirstUpper,
    /// As it is.
    None,
}

impl TitleStyle {
    /// Returns the style of a name, as configuration has it; any other name is the default, as in Hugo.
    pub fn parse(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "chicago" => Self::Chicago,
            "go" => Self::Go,
            "firstupper" => Self::FirstUpper,
            "none" => Self::None,
            _ => Self::AssociatedPress,
        }
    }

    /// Returns a name as a title.
    pub fn apply(self, name: &str) -> String {
        match self {
            Self::AssociatedPress => title_case(name),
            Self::Chicago => title_case_with(name, CHICAGO_WORDS),
            Self::Go => capitalize_all(name),
            Self::FirstUpper => {
                let mut title = String::with_capacity(name.len());
                push_capitalized(&mut title, name);
                title
            }
            Self::None => name.to_owned(),
        }
    }
}

/// Gives a capital to each word; in ASCII all but letters, digits and `_` end one, elsewhere only white space.
fn capitalize_all(name: &str) -> String {
    let mut title = String::with_capacity(name.len());
    let mut inside = false;
    for c in name.chars() {
        if inside {
            title.push(c)
        } else {
            push_capitalized(&mut title, c.encode_utf8(&mut [0; 4]))
        }
        inside = if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { !c.is_whitespace() };
    }
    title
}

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
    title_case_with(term, SMALL_WORDS)
}

fn title_case_with(term: &str, small_words: &'static [&'static str]) -> String {
    let mut title = String::with_capacity(term.len());
    let mut rest = term;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (before, from_word) = rest.split_at(start);
        title.push_str(before);
        let end = from_word.find(|c: char| ends_word(c)).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at(end);
        if let Some(small) = small_word(term, term.len() - from_word.len(), word, small_words) {
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
fn small_word(
    term: &str,
    start: usize,
    word: &str,
    small_words: &'static [&'static str],
) -> Option<&'static str> {
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
    small_words.iter().find(|small| small.eq_ignore_ascii_case(word)).copied()
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

    /// `titleCaseStyle` of Hugo 0.168, asked.
    #[test]
    fn the_styles_of_titles_are_those_of_hugo() {
        let names = ["state of-the art", "the end of the iOS", "going with the flow", "my-news_item"];
        for (style, titles) in [
            ("AP", ["State Of-the Art", "The End of the IOS", "Going With the Flow", "My-News_item"]),
            ("Chicago", ["State Of-the Art", "The End of the IOS", "Going with the Flow", "My-News_item"]),
            ("go", ["State Of-The Art", "The End Of The IOS", "Going With The Flow", "My-News_item"]),
            ("FirstUpper", ["State of-the art", "The end of the iOS", "Going with the flow", "My-news_item"]),
            ("none", names),
            (
                "no such style",
                ["State Of-the Art", "The End of the IOS", "Going With the Flow", "My-News_item"],
            ),
        ] {
            assert_eq!(names.map(|name| TitleStyle::parse(style).apply(name)), titles, "{style}");
        }
    }

    #[test]
    fn each_letter_is_lowered_on_its_own() {
        assert_eq!(lower("ΑΣ İstanbul ÀÉ ß"), "ασ istanbul àé ß");
    }
}
