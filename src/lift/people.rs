//! Turns what stands after a talk's title into the names of its speakers, without their companies.
//!
//! All or nothing: where one part may be a person or a company (`Ann Lee, Red House`), no speaker is proposed.

use super::links::squash;
use super::months::{month, weekday};
use super::words::{EVENT_WORDS, KINDS};

/// Small words inside names.
const PARTICLES: &str =
    " van von de der den del della di da do dos das du la le el bin ibn al ter ten zu af y e i san st of' ";
/// Words with a capital that are in titles and companies, and not in names.
const NO_NAMES: &str = " the a an and or of for with in on at to day days part room stage main hall opening closing morning \
    afternoon evening lightning intro introduction conclusion notes summary live deep dive open source cloud native \
    panel demo q&a lunch break dinner party social booth unconference training tutorial tutorials hands-on community \
    team group inc inc. gmbh ltd foundation labs university security systems software technologies solutions press \
    project projects update release overview welcome registration new my your our what how why is are one two three \
    kubernetes linux web data hat google microsoft amazon conference keynote ";

/// Words between two names.
const JOINTS: [&str; 5] = [" and ", " et ", " und ", " y ", " avec "];

/// The longest list of speakers, in bytes.
const LONGEST_LIST: usize = 220;

/// Reads a list of speakers; `None` where not every part is surely a person.
pub(super) fn people(text: &str) -> Option<Vec<String>> {
    let text = squash(text);
    let text = ["by ", "By ", "with ", "par ", "von ", "por "]
        .iter()
        .find_map(|lead| text.strip_prefix(lead))
        .unwrap_or(&text);
    if text.len() > LONGEST_LIST {
        return None;
    }
    let (text, has_companies) = without_brackets(text)?;
    let mut joined = text.replace([';', '&', '/', '+'], "\n");
    for joint in JOINTS {
        joined = joined.replace(joint, "\n");
    }
    let groups: Vec<&str> =
        joined.split('\n').map(|group| group.trim_matches([' ', ','])).filter(|g| !g.is_empty()).collect();
    if has_companies {
        let names: Vec<&str> = groups.iter().flat_map(|group| parts(group)).collect();
        return all_people(&names);
    }
    all_people(&without_companies(&groups)?)
}

/// Drops companies after commas; `None` where one may be a person.
fn without_companies<'a>(groups: &[&'a str]) -> Option<Vec<&'a str>> {
    let parted: Vec<Vec<&str>> = groups.iter().map(|group| parts(group)).collect();
    let is_paired = parted.len() >= 2 && parted.iter().all(|group| group.len() == 2);
    let is_list = parted.last().is_some_and(|last| last.len() == 1 && parted.len() >= 2);
    let mut names = Vec::new();
    for group in &parted {
        match group.as_slice() {
            [name] => names.push(*name),
            [name, company] if is_paired || !is_person(company) => names.push(*name),
            [_, ..] if is_list && group.iter().all(|part| is_person(part)) => names.extend(group),
            _ => return None,
        }
    }
    Some(names)
}

fn parts(group: &str) -> Vec<&str> {
    group.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn all_people(names: &[&str]) -> Option<Vec<String>> {
    let is_sound = !names.is_empty() && names.len() <= 8 && names.iter().all(|name| is_person(name));
    is_sound.then(|| names.iter().map(|name| squash(name)).collect())
}

/// Replaces `(Company)` by a comma; `None` where brackets do not match.
fn without_brackets(text: &str) -> Option<(String, bool)> {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut has_any = false;
    for c in text.chars() {
        match c {
            '(' | '[' => {
                depth += 1;
                has_any = true;
                out.push(',');
            }
            ')' | ']' => {
                depth = depth.checked_sub(1)?;
                out.push(',');
            }
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    (depth == 0).then_some((out, has_any))
}

/// Tells whether a text looks like a first and a last name.
pub(super) fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=5).contains(&words.len()) {
        return false;
    }
    let mut capitals = 0;
    words.iter().all(|word| {
        let bare = word.trim_matches(['"', '\'', '“', '”', '‘', '’', '.']);
        let lower = bare.to_lowercase();
        if PARTICLES.contains(&format!(" {bare} ")) {
            return true;
        }
        capitals += 1;
        // `de-Vries`, `d'Aubigny`: a particle that is written to the name.
        let bare = bare.strip_prefix("de-").unwrap_or(bare);
        let bare = bare.strip_prefix("d'").or_else(|| bare.strip_prefix("d’")).unwrap_or(bare);
        bare.starts_with(char::is_uppercase) && is_name_word(bare, &lower)
    }) && capitals >= 2
}

fn is_name_word(bare: &str, lower: &str) -> bool {
    let is_month = month(lower).is_some() && lower.len() > 3 && !matches!(lower, "april" | "june" | "august");
    let is_day = weekday(lower).is_some() && lower.len() > 3;
    bare.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
        && !NO_NAMES.contains(&format!(" {lower} "))
        && !KINDS.contains(&lower)
        && !EVENT_WORDS.contains(&lower)
        && !is_month
        && !is_day
        && !has_inner_capital(bare)
}

/// Tells whether a word is written like a product: `OpenTofu`, `SaaS`. `McLean` and `MARTEL` are not.
fn has_inner_capital(word: &str) -> bool {
    let is_upper = word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    let capitals = word
        .split(['-', '\'', '’', '.'])
        .filter(|part| !part.is_empty())
        .map(|part| part.chars().skip(1).filter(|c| c.is_uppercase()).count())
        .max()
        .unwrap_or(0);
    let is_scottish =
        ["Mc", "Mac", "De", "Le", "La", "Van", "Di", "Du"].iter().any(|lead| word.starts_with(lead));
    !is_upper && capitals > usize::from(is_scottish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speakers_are_parted_from_companies() {
        for (text, expected) in [
            ("Ann Lee", vec!["Ann Lee"]),
            ("by Ann Lee, Quux", vec!["Ann Lee"]),
            ("Ann Lee & Bob van der Ray (Quux)", vec!["Ann Lee", "Bob van der Ray"]),
            (
                "Ann Lee (Quux); Bob Ray (Foo) & Cy \"Dot\" Em (Foo)",
                vec!["Ann Lee", "Bob Ray", "Cy \"Dot\" Em"],
            ),
            ("Ann Lee, Quux & Bob Ray, Foo Bar", vec!["Ann Lee", "Bob Ray"]),
            ("Ann Lee, Bob Ray and Cy Em", vec!["Ann Lee", "Bob Ray", "Cy Em"]),
            ("Ann Lee (Red House) Bob Ray (Foo)", vec!["Ann Lee", "Bob Ray"]),
            ("Éa MARTEL et Jean-Luc d'Aub", vec!["Éa MARTEL", "Jean-Luc d'Aub"]),
            ("Robin W Dale", vec!["Robin W Dale"]),
        ] {
            let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
            assert_eq!(people(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_no_speaker() {
        for text in [
            "Panel",
            "Ann Lee, Red House",
            "Main Stage",
            "Ann",
            "Getting Started with Foo",
            "Room 2 B",
            "OpenTofu Days",
            "Ann Lee (Quux",
            "",
        ] {
            assert_eq!(people(text), None, "{text}");
        }
    }
}
