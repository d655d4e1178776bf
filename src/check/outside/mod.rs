//! Checks links to other sites, only when that is asked for.
//!
//! What was learned is kept in the cache for some days, so that a second check asks about little.

mod ask;
mod guard;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::addresses::Meaning;
use super::facts::{Reference, Use};
use super::finding::Finding;
use super::{Checked, Sheet};
use crate::cache;
use crate::diag::Diagnostic;
use ask::{Verdict, ask};

pub use ask::Manners;

/// How links to other sites are checked.
pub struct Outside<'a> {
    /// How they are asked.
    pub manners: Manners,
    /// By this clock answers grow old.
    pub now: Timestamp,
    /// Hears how many addresses of how many are done.
    pub tell: &'a (dyn Fn(usize, usize) + Sync),
}

/// What was learned about an address, and when.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Learned {
    seen: Timestamp,
    verdict: Verdict,
}

impl Learned {
    /// Says whether an answer still counts: what is there stays there longer than what is not.
    fn holds(&self, now: Timestamp) -> bool {
        let age = match &self.verdict {
            Verdict::Good | Verdict::Moved(_) => SignedDuration::from_hours(24 * 14),
            Verdict::Broken(_) => SignedDuration::from_hours(24),
            Verdict::Unknown(_) => SignedDuration::from_hours(1),
        };
        (SignedDuration::ZERO..age).contains(&now.duration_since(self.seen))
    }
}

/// Returns what is wrong with links to other sites, and what is not known of them.
///
/// `memory` is the file of what was learned before.
pub(super) fn check(checked: &Checked<'_>, outside: &Outside<'_>, memory: &Path) -> Vec<Finding> {
    let mut links: BTreeMap<String, Vec<(&Sheet<'_>, &Reference)>> = BTreeMap::new();
    for sheet in checked.sheets.iter().flatten().filter(|sheet| sheet.facts.base.is_none()) {
        for reference in &sheet.facts.references {
            if let Some(address) = address_of(checked, sheet, reference) {
                links.entry(address).or_default().push((sheet, reference));
            }
        }
    }
    let verdicts = verdicts(links.keys(), outside, memory);
    let found = links.iter().flat_map(|(address, places)| {
        let diagnostic = verdicts.get(address).and_then(|verdict| diagnose(address, verdict));
        places.iter().filter_map(move |(sheet, reference)| {
            Some(sheet.finding(diagnostic.clone()?, checked.spellings(&reference.target)))
        })
    });
    found.collect()
}

/// Returns the address that a reference asks another site for.
fn address_of(checked: &Checked<'_>, sheet: &Sheet<'_>, reference: &Reference) -> Option<String> {
    // Cards name pictures of this site by their whole address, and are checked as such.
    if reference.role == Use::Shared || checked.is_ignored(&reference.target) {
        return None;
    }
    match checked.addresses.meaning(&sheet.route, &reference.target) {
        Meaning::Outside(address) => Some(address.split('#').next().unwrap_or_default().to_owned()),
        _ => None,
    }
}

/// Asks about what is not known, and remembers all of it.
fn verdicts<'a>(
    addresses: impl Iterator<Item = &'a String>,
    outside: &Outside<'_>,
    memory: &Path,
) -> BTreeMap<String, Verdict> {
    let addresses: BTreeSet<&String> = addresses.collect();
    let mut learned = read(memory);
    learned.retain(|_, answer| answer.holds(outside.now));
    let asked: Vec<String> = addresses
        .iter()
        .filter(|address| !learned.contains_key(**address))
        .map(|address| (*address).clone())
        .collect();
    let total = asked.len();
    let new = ask(&asked, &outside.manners, &|done| (outside.tell)(done, total));
    learned
        .extend(new.into_iter().map(|(address, verdict)| (address, Learned { seen: outside.now, verdict })));
    // What cannot be remembered is asked again.
    let _ = cache::put(memory, &serde_json::to_vec(&learned).unwrap_or_default());
    let wanted = learned.into_iter().filter(|(address, _)| addresses.contains(address));
    wanted.map(|(address, answer)| (address, answer.verdict)).collect()
}

/// Reads what was learned before; a file that means nothing is forgotten.
fn read(memory: &Path) -> BTreeMap<String, Learned> {
    let bytes = cache::find(memory).ok().flatten().unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn diagnose(address: &str, verdict: &Verdict) -> Option<Diagnostic> {
    Some(match verdict {
        Verdict::Good => return None,
        Verdict::Broken(reason) => {
            Diagnostic::warning("outside-broken", format!("`{address}` leads to nothing: {reason}"))
                .hint("look for it elsewhere, or link to a copy in an archive")
        }
        Verdict::Moved(to) => Diagnostic::note("outside-moved", format!("`{address}` has moved"))
            .hint(format!("it is at `{to}` now")),
        Verdict::Unknown(reason) => Diagnostic::note(
            "outside-unknown",
            format!("nobody can say whether `{address}` is there: {reason}"),
        ),
    })
}
