//! Brings the site back that was there before: the last finished one if a run was broken off, else the one before that.
//!
//! What was replaced lies at the target; nothing is read from the author's disk. A rollback can be rolled back.

use std::collections::BTreeMap;

use super::manifest::{KEPT, Manifest, PREVIOUS};
use super::plan::{Change, Known, Plan, Source, Wanted};
use super::run::{Outcome, Publisher, Run};
use super::store::Trouble;

/// Brings the site before back; with `is_dry_run`, says what that would do.
///
/// # Errors
/// There is none, a file of it was not kept, or the target fails or is locked.
pub fn rollback(publisher: &Publisher<'_>, is_dry_run: bool) -> Result<Outcome, Trouble> {
    if is_dry_run {
        let (known, _) = publisher.known()?;
        let wanted = before(publisher, &known)?;
        let plan = publisher.plan(&wanted, &known)?;
        check_kept(&plan, &known)?;
        return Ok(Outcome { plan, ..Outcome::default() });
    }
    publisher.locked(|lock| {
        let (known, pending) = publisher.known()?;
        let wanted = before(publisher, &known)?;
        let plan = publisher.plan(&wanted, &known)?;
        check_kept(&plan, &known)?;
        Run { publisher, lock, known: &known, pending }.carry_out(plan, &wanted)
    })
}

/// Returns the files of the site before.
fn before(publisher: &Publisher<'_>, known: &Known) -> Result<BTreeMap<String, Wanted>, Trouble> {
    let manifest = match (&known.intent, &known.manifest) {
        (Some(_), Some(manifest)) => manifest.clone(),
        _ => Manifest::read(publisher.store, PREVIOUS)?.ok_or_else(|| Trouble::Refused {
            message: format!("{} holds no site before this one", publisher.store.name()),
            hint: "what is replaced is kept from the second run on, unless `keepPrevious` is off".to_owned(),
        })?,
    };
    let wanted = |record| Wanted { record, source: Source::Kept, is_forced: false };
    Ok(manifest.files.into_iter().map(|(name, record)| (name, wanted(record))).collect())
}

/// Checks that every file that goes back was kept, or is there but for its headers.
fn check_kept(plan: &Plan, known: &Known) -> Result<(), Trouble> {
    let is_there = |put: &&super::plan::Put| {
        let record = &put.wanted.record;
        let is_in_place = put.change == Change::Headers || known.intent.is_some();
        known.listing.contains_key(&format!("{KEPT}{}", record.digest))
            || is_in_place && known.listing.get(&put.name) == Some(&record.size)
    };
    match plan.puts().find(|put| !is_there(put)) {
        None => Ok(()),
        Some(put) => Err(Trouble::Refused {
            message: format!("`{}` of the site before was not kept", put.name),
            hint: "build that site again, from the commit it was made of, and publish it".to_owned(),
        }),
    }
}
