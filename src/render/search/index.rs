//! The index of a search: which texts have a word, and how much it matters there, cut into pieces of a size.
//!
//! Pure: counts in, pieces out. The words of a piece lie between its first word and that of the next one, so that a browser
//! finds the piece of a word, or of all words that begin so, without asking for any other.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::words::each_word;

/// About how many bytes a piece has before it is compressed.
const PIECE_BYTES: usize = 32 << 10;

/// How much a word counts by where it stands.
const TITLE: u32 = 8;
const TERM: u32 = 4;
const DESCRIPTION: u32 = 3;
const TEXT: u32 = 1;

/// How soon more of the same word stops to matter, and how much of a text's length is held against it (BM25).
const SATURATION: f64 = 1.2;
const LENGTH_SHARE: f64 = 0.5;

/// Highest weight of a word in a text: one digit.
const WEIGHT_MAX: f64 = 9.0;

/// What one text is found by.
pub(super) struct Fields<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    /// Titles of its terms.
    pub(super) terms: &'a [&'a str],
    pub(super) text: &'a str,
}

/// The words of one text with how much each counts, and how many there are.
///
/// Kept in two allocations: all texts of a site are held until the last one is counted.
pub(super) struct Counted {
    /// Each word once, with a line end after it.
    words: String,
    /// How much each counts, in the same order.
    counts: Vec<u32>,
    /// Words of the text, each as often as it stands there.
    length: u32,
}

/// Counts the words of a text.
pub(super) fn count(fields: &Fields<'_>) -> Counted {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut length = 0;
    let mut add = |text: &str, weight: u32| {
        each_word(text, &mut |word| {
            length += 1;
            match counts.get_mut(word) {
                Some(count) => *count += weight,
                None => {
                    counts.insert(word.to_owned(), weight);
                }
            }
        });
    };
    add(fields.title, TITLE);
    add(fields.description, DESCRIPTION);
    fields.terms.iter().for_each(|term| add(term, TERM));
    add(fields.text, TEXT);
    let mut words = String::with_capacity(counts.keys().map(|word| word.len() + 1).sum());
    counts.keys().for_each(|word| words.extend([word, "\n"]));
    Counted { words, counts: counts.into_values().collect(), length }
}

/// A piece of the index.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its first word.
    pub(super) first: String,
    /// A JSON map from each of its words to a list of numbers: ten times the distance from the text before, plus the weight.
    pub(super) json: String,
}

/// Makes the pieces of the index of some texts, which are known by their place in the list.
pub(super) fn pieces(texts: &[Counted]) -> Vec<Piece> {
    let words: f64 = texts.iter().map(|text| f64::from(text.length)).sum();
    #[expect(clippy::cast_precision_loss, reason = "no site has 2^52 texts")]
    let mean = (words / texts.len().max(1) as f64).max(1.0);
    let mut postings: BTreeMap<&str, Vec<(usize, u8)>> = BTreeMap::new();
    for (index, text) in texts.iter().enumerate() {
        let length = 1.0 - LENGTH_SHARE + LENGTH_SHARE * f64::from(text.length) / mean;
        for (word, count) in text.words.lines().zip(&text.counts) {
            postings.entry(word).or_default().push((index, weight(*count, length)));
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (word, texts) in postings {
        let entry = entry(word, &texts);
        match pieces.last_mut().filter(|piece| piece.json.len() + entry.len() < PIECE_BYTES) {
            Some(piece) => {
                piece.json.push(',');
                piece.json.push_str(&entry);
            }
            None => {
                let json = format!("{{{entry}");
                pieces.push(Piece { first: word.to_owned(), json });
            }
        }
    }
    pieces.iter_mut().for_each(|piece| piece.json.push_str("}\n"));
    pieces
}

fn weight(count: u32, length: f64) -> u8 {
    let count = f64::from(count);
    let share = count / (count + SATURATION * length);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 9")]
    let weight = (share * WEIGHT_MAX).round().clamp(1.0, WEIGHT_MAX) as u8;
    weight
}

fn entry(word: &str, texts: &[(usize, u8)]) -> String {
    // A word has letters and digits only: nothing in it has a meaning in JSON.
    let mut entry = format!("\"{word}\":[");
    let mut before = 0;
    for (place, (index, weight)) in texts.iter().enumerate() {
        let comma = if place == 0 { "" } else { "," };
        let _ = write!(entry, "{comma}{}", (index - before) * 10 + usize::from(*weight));
        before = *index;
    }
    entry.push(']');
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str, text: &str) -> Counted {
        count(&Fields { title, description: "", terms: &[], text })
    }

    #[test]
    fn a_word_leads_to_its_texts_and_weighs_more_in_a_title() {
        let texts = [
            text("Rust", "a day of rust"),
            text("Else", "no such word"),
            text("Trains", "a rust train, a day"),
        ];
        let found = pieces(&texts);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].first, "a");
        let index: BTreeMap<String, Vec<usize>> = serde_json::from_str(&found[0].json).unwrap();
        assert_eq!(index["rust"], [8, 24], "text 0 with weight 8, text 2 with weight 4");
        assert_eq!(index["word"], [14]);
        assert!(!index.contains_key("of rust"));
    }

    #[test]
    fn an_index_is_cut_between_words() {
        let words: Vec<String> = (0..20_000).map(|number| format!("w{number:05}")).collect();
        let texts = [text("", &words.join(" "))];
        let found = pieces(&texts);
        assert!(found.len() > 5);
        assert!(found.iter().all(|piece| piece.json.len() <= PIECE_BYTES + 2));
        assert!(found.is_sorted_by(|a, b| a.first < b.first));
        let all: usize = found
            .iter()
            .map(|piece| serde_json::from_str::<BTreeMap<String, Vec<usize>>>(&piece.json).unwrap().len())
            .sum();
        assert_eq!(all, 20_000);
    }
}
