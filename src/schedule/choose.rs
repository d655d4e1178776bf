//! Turns what an author types for a talk (an id, part of the title, a speaker) into the sessions that are meant.
//!
//! Case, accents and marks do not count. Never guesses between two: a wish that fits several talks is reported with them, one
//! that fits none with the nearest names.

use std::collections::BTreeSet;

use super::{Problem, Schedule, Session, text};

/// How near a name must be to be proposed, from 0 to 1.
const NEAR: f64 = 0.45;

/// Most names that are proposed.
const MAX_PROPOSALS: usize = 5;

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// The sessions in the order of the schedule, each once.
    pub sessions: Vec<&'a Session>,
    /// The wishes that chose nothing.
    pub unmet: Vec<Unmet<'a>>,
}

/// Why a wish chose nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// No session fits.
    Unknown,
    /// Several sessions fit.
    Ambiguous,
}

/// A wish that chose nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet<'a> {
    /// What was typed.
    pub wish: String,
    /// Why it chose nothing.
    pub miss: Miss,
    /// The sessions that fit, or those with the nearest names, at most five.
    pub nearest: Vec<&'a Session>,
}

impl Unmet<'_> {
    /// Says it to the author.
    pub fn problem(&self) -> Problem {
        let names = self.nearest.iter().map(|session| format!("`{}` ({})", session.id, session.title));
        let names = names.collect::<Vec<_>>().join(", ");
        match self.miss {
            Miss::Ambiguous => Problem::new(format!("`{}` fits several talks", text::line(&self.wish)))
                .with_hint(format!("name one by its id: {names}")),
            Miss::Unknown if names.is_empty() => {
                Problem::new(format!("no talk and no speaker is called `{}`", text::line(&self.wish)))
            }
            Miss::Unknown => {
                Problem::new(format!("no talk and no speaker is called `{}`", text::line(&self.wish)))
                    .with_hint(format!("did you mean {names}?"))
            }
        }
    }
}

/// A session with its names as they are compared.
struct Known<'a> {
    session: &'a Session,
    id: String,
    title: String,
    speakers: Vec<String>,
}

/// Returns the sessions that the wishes name.
///
/// The first of these that fits counts: the id, the whole title, the whole name of a speaker (all their talks), a part of the
/// title, a part of a speaker's name. A part of a title that is also part of the name of somebody with another talk fits both.
pub fn choose<'a>(schedule: &'a Schedule, wanted: &[String]) -> Choice<'a> {
    let known: Vec<Known<'a>> = schedule.sessions.iter().map(know).collect();
    let mut chosen = BTreeSet::new();
    let mut unmet = Vec::new();
    for wish in wanted {
        match fulfil(wish, &known) {
            Ok(indices) => chosen.extend(indices),
            Err((miss, nearest)) => unmet.push(Unmet { wish: wish.clone(), miss, nearest }),
        }
    }
    let sessions = chosen.iter().filter_map(|index| known.get(*index)).map(|known| known.session);
    Choice { sessions: sessions.collect(), unmet }
}

fn know(session: &Session) -> Known<'_> {
    Known {
        session,
        id: crate::text::fold(&session.id),
        title: crate::text::fold(&session.title),
        speakers: session.speakers.iter().map(|speaker| crate::text::fold(&speaker.name)).collect(),
    }
}

/// Returns the places of the sessions that a wish names, or why there are none.
fn fulfil<'a>(wish: &str, known: &[Known<'a>]) -> Result<Vec<usize>, (Miss, Vec<&'a Session>)> {
    if let Some(index) = known.iter().position(|known| known.session.id == wish.trim()) {
        return Ok(vec![index]);
    }
    let wish: String = crate::text::fold(wish).chars().take(300).collect();
    if wish.is_empty() {
        return Err((Miss::Unknown, Vec::new()));
    }
    let all = |fits: &dyn Fn(&Known<'a>) -> bool| -> Vec<usize> {
        known.iter().enumerate().filter(|(_, known)| fits(known)).map(|(index, _)| index).collect()
    };
    for fits in [&(|k: &Known<'a>| k.id == wish) as &dyn Fn(&Known<'a>) -> bool, &|k| k.title == wish] {
        let found = all(fits);
        if !found.is_empty() {
            return one(found, known);
        }
    }
    let of_speaker = all(&|known| known.speakers.contains(&wish));
    if !of_speaker.is_empty() {
        return Ok(of_speaker);
    }
    let in_title = all(&|known| known.title.contains(&wish));
    let in_name = all(&|known| known.speakers.iter().any(|name| has_words(name, &wish)));
    if in_title.is_empty() && !in_name.is_empty() && is_one_person(&in_name, known, &wish) {
        return Ok(in_name);
    }
    let mut found = [in_title, in_name].concat();
    found.sort_unstable();
    found.dedup();
    if found.is_empty() { Err((Miss::Unknown, nearest(&wish, known))) } else { one(found, known) }
}

/// Returns the only one, or the only one that is no break; else they are all reported.
fn one<'a>(found: Vec<usize>, known: &[Known<'a>]) -> Result<Vec<usize>, (Miss, Vec<&'a Session>)> {
    let sessions = || found.iter().filter_map(|index| known.get(*index)).map(|known| known.session);
    let is_talk = |index: &usize| known.get(*index).is_some_and(|known| !known.session.is_break);
    let talks: Vec<usize> = found.iter().copied().filter(is_talk).collect();
    match (found.len(), talks.len()) {
        (1, _) => Ok(found),
        (_, 1) => Ok(talks),
        _ => Err((Miss::Ambiguous, sessions().take(MAX_PROPOSALS).collect())),
    }
}

/// Whether a name has the words of the wish, one after another: `lovelace` and `ada love` are in `ada lovelace`.
fn has_words(name: &str, wish: &str) -> bool {
    name.match_indices(wish).any(|(at, _)| at == 0 || name.as_bytes().get(at - 1) == Some(&b' '))
}

/// Whether all the sessions have the same speaker of that name.
fn is_one_person(found: &[usize], known: &[Known<'_>], wish: &str) -> bool {
    let sessions = found.iter().filter_map(|index| known.get(*index));
    let mut names: Vec<&String> =
        sessions.flat_map(|known| &known.speakers).filter(|name| has_words(name, wish)).collect();
    names.sort_unstable();
    names.dedup();
    names.len() == 1
}

/// Returns the sessions whose words are nearest to those of the wish.
fn nearest<'a>(wish: &str, known: &[Known<'a>]) -> Vec<&'a Session> {
    let words: Vec<Vec<(char, char)>> = wish.split(' ').take(20).map(pairs).collect();
    let mut scored: Vec<(f64, usize)> = Vec::new();
    for (index, known) in known.iter().enumerate() {
        let names = std::iter::once(&known.id).chain([&known.title]).chain(&known.speakers);
        let theirs: Vec<Vec<(char, char)>> =
            names.flat_map(|name| name.split(' ')).take(60).map(pairs).collect();
        let best =
            |word: &Vec<(char, char)>| theirs.iter().map(|their| alike(word, their)).fold(0.0, f64::max);
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX);
        let score = words.iter().map(best).sum::<f64>() / f64::from(count);
        if score >= NEAR {
            scored.push((score, index));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let nearest = scored.into_iter().take(3).filter_map(|(_, index)| known.get(index));
    nearest.map(|known| known.session).collect()
}

/// Returns the pairs of neighbours in a word, its ends included, sorted.
fn pairs(word: &str) -> Vec<(char, char)> {
    let letters = || word.chars().take(40);
    let mut pairs: Vec<(char, char)> =
        std::iter::once(' ').chain(letters()).zip(letters().chain(std::iter::once(' '))).collect();
    pairs.sort_unstable();
    pairs
}

/// Returns how alike two words are, from 0 to 1: twice the pairs they share, of all they have (Dice).
fn alike(a: &[(char, char)], b: &[(char, char)]) -> f64 {
    let (mut shared, mut i, mut j) = (0_u32, 0, 0);
    while let (Some(left), Some(right)) = (a.get(i), b.get(j)) {
        shared += u32::from(left == right);
        i += usize::from(left <= right);
        j += usize::from(right <= left);
    }
    let all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX).max(1);
    f64::from(2 * shared) / f64::from(all)
}

#[cfg(test)]
#[path = "choose_tests.rs"]
mod tests;
