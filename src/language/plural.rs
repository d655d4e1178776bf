//! Which plural form a count takes in a language.
//!
//! The rules are Unicode's (CLDR, cardinal numbers) for whole numbers, compared with what Hugo 0.168 does in
//! `recorded/plurals.tsv`. A library for this would cost five crates, this table costs none.

use super::LanguageTag;

/// The plural forms that there are; no language has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plural {
    /// Nothing at all, where that is a form of its own.
    Zero,
    /// `1 minute`.
    One,
    /// Two of them.
    Two,
    /// Some.
    Few,
    /// Many.
    Many,
    /// Everything else, and fractions.
    Other,
}

impl Plural {
    /// Returns the form of a name as files of words have it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// Returns the form that `count` takes; a flat table.
pub fn plural(tag: &LanguageTag, count: u64) -> Plural {
    use Plural::{Few, Many, One, Other, Two, Zero};
    let (tens, hundreds) = (count % 10, count % 100);
    let in_teens = (11..=19).contains(&hundreds);
    let is_million = count != 0 && count.is_multiple_of(1_000_000);
    let language = if tag.as_str() == "pt-pt" { "pt-pt" } else { tag.language() };
    match language {
        "bm" | "bo" | "dz" | "id" | "ig" | "ii" | "in" | "ja" | "jbo" | "jv" | "jw" | "kde" | "kea"
        | "km" | "ko" | "lkt" | "lo" | "ms" | "my" | "nqo" | "osa" | "sah" | "ses" | "sg" | "su" | "th"
        | "to" | "tpi" | "vi" | "wo" | "yo" | "yue" | "zh" => Other,
        "ak" | "am" | "as" | "bho" | "bn" | "doi" | "fa" | "ff" | "gu" | "guw" | "hi" | "hy" | "kab"
        | "kn" | "ln" | "mg" | "nso" | "pa" | "pcm" | "si" | "ti" | "wa" | "zu" => one_if(count <= 1),
        "fr" | "pt" => {
            if count <= 1 {
                One
            } else if is_million {
                Many
            } else {
                Other
            }
        }
        "ca" | "es" | "it" | "pt-pt" => {
            if count == 1 {
                One
            } else if is_million {
                Many
            } else {
                Other
            }
        }
        "ar" | "ars" => match (count, hundreds) {
            (0, _) => Zero,
            (1, _) => One,
            (2, _) => Two,
            (_, 3..=10) => Few,
            (_, 11..) => Many,
            _ => Other,
        },
        "be" | "ru" | "uk" => slavic(count, tens == 1 && hundreds != 11, Many),
        "bs" | "hr" | "sh" | "sr" => slavic(count, tens == 1 && hundreds != 11, Other),
        "pl" => slavic(count, count == 1, Many),
        "br" => breton(count),
        "cs" | "sk" => match count {
            1 => One,
            2..=4 => Few,
            _ => Other,
        },
        "cy" => match count {
            0 => Zero,
            1 => One,
            2 => Two,
            3 => Few,
            6 => Many,
            _ => Other,
        },
        "dsb" | "hsb" | "sl" => match hundreds {
            1 => One,
            2 => Two,
            3 | 4 => Few,
            _ => Other,
        },
        "ceb" | "fil" | "tl" => one_if((1..=3).contains(&count) || !matches!(tens, 4 | 6 | 9)),
        "ga" => match count {
            1 => One,
            2 => Two,
            3..=6 => Few,
            7..=10 => Many,
            _ => Other,
        },
        "gd" => match count {
            1 | 11 => One,
            2 | 12 => Two,
            3..=10 | 13..=19 => Few,
            _ => Other,
        },
        "he" | "iu" | "iw" | "naq" | "sat" | "se" | "sma" | "smi" | "smj" | "smn" | "sms" => match count {
            1 => One,
            2 => Two,
            _ => Other,
        },
        "is" | "mk" => one_if(tens == 1 && hundreds != 11),
        "lt" => match tens {
            1 if !in_teens => One,
            2..=9 if !in_teens => Few,
            _ => Other,
        },
        "lv" | "prg" => match tens {
            1 if hundreds != 11 => One,
            _ if tens == 0 || in_teens => Zero,
            _ => Other,
        },
        "mo" | "ro" => match (count, hundreds) {
            (1, _) => One,
            (0, _) | (_, 1..=19) => Few,
            _ => Other,
        },
        "mt" => match (count, hundreds) {
            (1, _) => One,
            (2, _) => Two,
            (0, _) | (_, 3..=10) => Few,
            (_, 11..=19) => Many,
            _ => Other,
        },
        _ => one_if(count == 1),
    }
}

fn one_if(is_one: bool) -> Plural {
    if is_one { Plural::One } else { Plural::Other }
}

/// Forms of Slavic languages: 2 to 4 at the end, but for 12 to 14, are few.
fn slavic(count: u64, is_one: bool, rest: Plural) -> Plural {
    let ends_few = (2..=4).contains(&(count % 10)) && !(12..=14).contains(&(count % 100));
    if is_one {
        Plural::One
    } else if ends_few {
        Plural::Few
    } else {
        rest
    }
}

fn breton(count: u64) -> Plural {
    let hundreds = count % 100;
    // Numbers such as 11, 71 and 91 have names of their own.
    let is_odd = matches!(hundreds, 10..=19 | 70..=79 | 90..=99);
    match count % 10 {
        1 if !is_odd => Plural::One,
        2 if !is_odd => Plural::Two,
        3 | 4 | 9 if !is_odd => Plural::Few,
        _ if count != 0 && count.is_multiple_of(1_000_000) => Plural::Many,
        _ => Plural::Other,
    }
}
