//! Removes copies of replaced files that no way back needs any more.

use std::collections::BTreeSet;

use super::manifest::{KEPT, Manifest, PREVIOUS};
use super::plan::Known;
use super::run::Publisher;
use super::store::Trouble;

/// Removes what was kept and is not needed to go back from `manifest` to the one before.
pub(super) fn clear(
    publisher: &Publisher<'_>,
    known: &Known,
    manifest: &Manifest,
    made: impl Iterator<Item = String>,
) -> Result<(), Trouble> {
    let previous = match &known.manifest {
        // The way back from an unchanged site is the one that it had.
        Some(old) if old.id() == manifest.id() => Manifest::read(publisher.store, PREVIOUS)?,
        old => old.clone(),
    };
    let previous = previous.filter(|_| publisher.keeps_previous).unwrap_or_default();
    let is_replaced = |(name, record): &(&String, &super::Record)| {
        manifest.files.get(*name).is_none_or(|now| now.digest != record.digest)
    };
    let needed: BTreeSet<String> = previous
        .files
        .iter()
        .filter(is_replaced)
        .map(|(_, record)| format!("{KEPT}{}", record.digest))
        .collect();
    let listed = known.listing.keys().filter(|name| name.starts_with(KEPT)).cloned();
    let unneeded: BTreeSet<String> = listed.chain(made).filter(|name| !needed.contains(name)).collect();
    for name in unneeded {
        publisher.store.remove(&name)?;
    }
    if !publisher.keeps_previous && known.listing.contains_key(PREVIOUS) {
        publisher.store.remove(PREVIOUS)?;
    }
    publisher.store.settle()
}
