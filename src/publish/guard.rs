//! Refuses a run that would leave little of a site: the usual end of a build that went wrong unseen.

use std::collections::BTreeMap;

use super::manifest::Record;
use super::plan::{Known, Plan, Wanted};
use super::run::Limits;
use super::store::Trouble;

/// Fewest pages of which losing half is remarkable.
const PAGES_MIN: usize = 4;

/// Checks that a plan loses no more than is allowed.
pub(super) fn check_guard(
    plan: &Plan,
    wanted: &BTreeMap<String, Wanted>,
    known: &Known,
    limits: &Limits,
) -> Result<(), Trouble> {
    let refuse = |message: String, hint: String| Err(Trouble::Refused { message, hint });
    if wanted.is_empty() {
        let message = "the built site has no file that goes there".to_owned();
        return refuse(
            message,
            "look at what `hallway build` writes, and at `include` and `exclude`".to_owned(),
        );
    }
    let removals = plan.removals.len();
    let meant = format!("if that is meant, say so with --allow-deletes {removals}");
    if limits.removals.is_some_and(|most| removals > most) {
        let most = limits.removals.unwrap_or_default();
        let message = format!("{removals} files would be removed, and at most {most} may be");
        return refuse(message, meant);
    }
    let Some(manifest) = known.manifest.as_ref().filter(|_| !limits.is_meant) else { return Ok(()) };
    if manifest.files.contains_key("index.html") && !wanted.contains_key("index.html") {
        let message = "the built site has no home page (`index.html`), and the published one has".to_owned();
        return refuse(message, meant);
    }
    let is_page = |record: &Record| record.headers.content_type.starts_with("text/html");
    let old = manifest.files.values().filter(|record| is_page(record)).count();
    let new = wanted.values().filter(|wanted| is_page(&wanted.record)).count();
    if old >= PAGES_MIN && new * 2 < old {
        let message = format!("the built site has {new} pages, and the published one {old}");
        return refuse(message, meant);
    }
    Ok(())
}
