//! Word tables: from the list of a language's words to a hash table made by the compiler.
//!
//! A list is one string, `":k if else :kd>nf func"`: a group starts with `:` and the class of its words;
//! after `>` stands the class of the name that follows such a word. Nothing is built when the program runs,
//! and a slot holds offsets instead of pointers, so the loader has nothing to relocate.

use super::class::Class;

/// The words of one language with their classes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    list: &'static [u8],
    slots: &'static [Slot],
}

/// One place of the hash table; a length of zero marks it empty.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    start: u16,
    len: u8,
    meaning: Meaning,
}

/// What a word is, and what the name after it is (`Plain`: nothing special).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    pub(super) class: Class,
    pub(super) next: Class,
}

/// Makes the [`Words`] of a literal list at compile time.
macro_rules! words {
    ($list:expr) => {{
        const LIST: &str = $list;
        const SLOTS: [$crate::markdown::highlight::words::Slot;
            $crate::markdown::highlight::words::slot_count(LIST)] =
            $crate::markdown::highlight::words::slots(LIST);
        $crate::markdown::highlight::words::Words::new(LIST, &SLOTS)
    }};
}
pub(super) use words;

impl Words {
    /// A language without words.
    pub(super) const NONE: Self = Self { list: &[], slots: &[] };

    /// Joins a list and its table; called by `words!` only.
    pub(super) const fn new(list: &'static str, slots: &'static [Slot]) -> Self {
        Self { list: list.as_bytes(), slots }
    }

    /// Looks a word up; with `ignore_case` the table must be in lower case.
    pub(super) fn find(&self, word: &[u8], ignore_case: bool) -> Option<Meaning> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut index = hash(word) & mask;
        loop {
            let slot = self.slots.get(index)?;
            if slot.len == 0 {
                return None;
            }
            let start = usize::from(slot.start);
            let entry = self.list.get(start..start + usize::from(slot.len))?;
            if entry == word || (ignore_case && entry.eq_ignore_ascii_case(word)) {
                return Some(slot.meaning);
            }
            index = (index + 1) & mask;
        }
    }
}

/// Mixes the length and three letters; enough for lists of a few hundred words.
const fn hash(word: &[u8]) -> usize {
    let len = word.len();
    if len == 0 {
        return 0;
    }
    let first = word[0].to_ascii_lowercase() as usize;
    let middle = word[len / 2].to_ascii_lowercase() as usize;
    let last = word[len - 1].to_ascii_lowercase() as usize;
    let mixed =
        len.wrapping_mul(7) ^ first.wrapping_mul(131) ^ middle.wrapping_mul(31) ^ last.wrapping_mul(1031);
    mixed ^ (mixed >> 5)
}

/// Returns the size of the table of a list: a power of two, at least twice as many as there are words.
pub(super) const fn slot_count(list: &str) -> usize {
    let bytes = list.as_bytes();
    let (mut words, mut index) = (1, 0);
    while index < bytes.len() {
        if bytes[index] == b' ' {
            words += 1;
        }
        index += 1;
    }
    (words * 2_usize).next_power_of_two()
}

/// Fills the table of a list by linear probing.
pub(super) const fn slots<const N: usize>(list: &str) -> [Slot; N] {
    let bytes = list.as_bytes();
    assert!(bytes.len() < u16::MAX as usize, "a word list is too long for its table");
    let none = Meaning { class: Class::Plain, next: Class::Plain };
    let mut table = [Slot { start: 0, len: 0, meaning: none }; N];
    let (mut meaning, mut start) = (none, 0);
    while start < bytes.len() {
        let mut end = start;
        while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
            end += 1;
        }
        let (_, tail) = bytes.split_at(start);
        let (word, _) = tail.split_at(end - start);
        match word {
            [] => {}
            [b':', group @ ..] => meaning = group_meaning(group),
            _ => {
                let mut index = hash(word) & (N - 1);
                while table[index].len != 0 {
                    index = (index + 1) & (N - 1);
                }
                table[index] = Slot { start: start as u16, len: word.len() as u8, meaning };
            }
        }
        start = end + 1;
    }
    table
}

/// Reads the head of a group: `k` or `kd>nf`.
const fn group_meaning(group: &[u8]) -> Meaning {
    let mut at = 0;
    while at < group.len() && group[at] != b'>' {
        at += 1;
    }
    let (class, next) = group.split_at(at);
    let next = match next {
        [b'>', next @ ..] => Class::named(next),
        _ => Class::Plain,
    };
    Meaning { class: Class::named(class), next }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: Words = words!(":k if else :kd>nf func :kc true");

    #[test]
    fn a_word_is_found_with_its_class_and_the_class_of_the_name_after_it() {
        let class = |word: &str| SAMPLE.find(word.as_bytes(), false).map(|found| (found.class, found.next));
        assert_eq!(class("if"), Some((Class::K, Class::Plain)));
        assert_eq!(class("func"), Some((Class::Kd, Class::Nf)));
        assert_eq!(class("true"), Some((Class::Kc, Class::Plain)));
        for absent in ["IF", "iff", "", ":k", "fun"] {
            assert_eq!(class(absent), None, "{absent}");
        }
    }

    #[test]
    fn case_is_ignored_where_the_language_does() {
        assert!(SAMPLE.find(b"ELSE", true).is_some());
        assert!(Words::NONE.find(b"else", true).is_none());
    }
}
