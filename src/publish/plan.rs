//! Compares what is wanted with what a target holds, and says what is to be done in which order.
//!
//! Pure but for one question to the target: whether a file that an unfinished run may have written is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::manifest::{FOLDER, Intent, KEPT, Manifest, Record};
use super::store::{Listing, Trouble};
use super::tree::Local;
use crate::media::media_type;

/// A file that a target is to have.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) record: Record,
    pub(super) source: Source,
    pub(super) is_forced: bool,
}

/// Where the bytes of a wanted file come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    /// The built site.
    Local { file: std::path::PathBuf, compresses: bool },
    /// What the target kept when it was replaced.
    Kept,
}

impl From<Local> for Wanted {
    fn from(local: Local) -> Self {
        let Local { file, record, compresses, is_forced } = local;
        Self { record, source: Source::Local { file, compresses }, is_forced }
    }
}

/// What is known of a target.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// What the last finished run left; nothing where there was none.
    pub(super) manifest: Option<Manifest>,
    /// What an unfinished run set out to do.
    pub(super) intent: Option<Intent>,
    /// What is there.
    pub(super) listing: Listing,
}

/// Why a file goes to a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is new.
    Added,
    /// It has other bytes.
    Changed,
    /// It has other headers.
    Headers,
    /// It should be there, and is not, or nobody knows in which state.
    Repaired,
}

/// A file that goes to a target.
#[derive(Debug, Clone)]
pub(super) struct Put {
    pub(super) name: String,
    pub(super) wanted: Wanted,
    pub(super) change: Change,
}

/// What is to be done to make a target like a site.
#[derive(Debug, Default)]
pub struct Plan {
    /// Copies to make of what is replaced or removed: name and digest.
    pub(super) keeps: Vec<(String, String)>,
    /// Files to write; a group is begun when the one before it is done.
    pub(super) groups: Vec<Vec<Put>>,
    /// Files to remove.
    pub(super) removals: Vec<String>,
    /// Files that are there as they should be.
    pub unchanged: usize,
    /// Files at the target that no run of ours wrote.
    pub foreign: Vec<String>,
    /// Whether an unfinished run is carried on.
    pub is_resumed: bool,
}

/// Kinds of file in the order in which they are written: what a page needs is there before the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Asset,
    /// Pages that were not there, so that no other leads to nothing.
    NewPage,
    Page,
    /// Feeds and sitemaps tell others of what must be there by then.
    Feed,
}

/// Asks a target which of these files it holds.
pub(super) type Question<'a> = &'a dyn Fn(&[(&String, &Record)]) -> Result<BTreeSet<String>, Trouble>;

impl Plan {
    /// Compares; `holds` asks the target about a single file.
    pub(super) fn of(
        wanted: &BTreeMap<String, Wanted>,
        known: &Known,
        keeps_previous: bool,
        order: &dyn Fn(&str) -> usize,
        holds: Question<'_>,
    ) -> Result<Self, Trouble> {
        let empty = Manifest::default();
        let manifest = known.manifest.as_ref().unwrap_or(&empty);
        let uncertain =
            |name: &str| known.intent.as_ref().is_some_and(|intent| intent.files.contains_key(name));
        let questions: Vec<(&String, &Record)> = wanted
            .iter()
            .filter(|(name, wanted)| uncertain(name) && known.listing.get(*name) == Some(&wanted.record.size))
            .map(|(name, wanted)| (name, &wanted.record))
            .collect();
        let settled = if questions.is_empty() { BTreeSet::new() } else { holds(&questions)? };
        let mut plan = Self { is_resumed: known.intent.is_some(), ..Self::default() };
        let mut puts: Vec<(Phase, usize, Put)> = Vec::new();
        for (name, wanted) in wanted {
            let is_listed = known.listing.get(name) == Some(&wanted.record.size);
            let old = manifest.files.get(name);
            let is_there = if uncertain(name) { settled.contains(name) } else { old == Some(&wanted.record) };
            if is_listed && is_there && !wanted.is_forced {
                plan.unchanged += 1;
                continue;
            }
            let change = change_of(old, &wanted.record, known.listing.contains_key(name));
            let put = Put { name: name.clone(), wanted: wanted.clone(), change };
            puts.push((phase_of(&put), order(name), put));
        }
        puts.sort_by(|a, b| (a.0, a.1, depth(&b.2), &a.2.name).cmp(&(b.0, b.1, depth(&a.2), &b.2.name)));
        plan.groups = puts
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| group.iter().map(|(_, _, put)| put.clone()).collect())
            .collect();
        let ours = manifest.files.keys().chain(known.intent.iter().flat_map(|intent| intent.files.keys()));
        let ours: BTreeSet<&String> = ours.collect();
        // What a list leaves out may yet be there: removing twice does no harm, forgetting does.
        plan.removals =
            ours.iter().filter(|name| !wanted.contains_key(**name)).map(|name| (*name).clone()).collect();
        let is_foreign =
            |name: &&String| !name.starts_with(FOLDER) && !ours.contains(name) && !wanted.contains_key(*name);
        plan.foreign = known.listing.keys().filter(is_foreign).cloned().collect();
        if keeps_previous {
            plan.keeps = plan.keeps_of(manifest, &known.listing);
        }
        Ok(plan)
    }

    /// What is replaced or removed and not kept yet. Where an unfinished run replaced a file, it kept it before.
    fn keeps_of(&self, manifest: &Manifest, listing: &Listing) -> Vec<(String, String)> {
        let puts = self.puts().map(|put| (&put.name, Some(&put.wanted.record.digest)));
        let touched = puts.chain(self.removals.iter().map(|name| (name, None)));
        let mut keeps: BTreeMap<String, String> = BTreeMap::new();
        for (name, digest) in touched {
            let Some(old) = manifest.files.get(name) else { continue };
            let is_kept = listing.contains_key(&format!("{KEPT}{}", old.digest));
            if digest != Some(&old.digest) && !is_kept && listing.get(name) == Some(&old.size) {
                keeps.entry(old.digest.clone()).or_insert_with(|| name.clone());
            }
        }
        keeps.into_iter().map(|(digest, name)| (name, digest)).collect()
    }

    /// Takes files of others for ours, so that they are removed.
    pub(super) fn prune(&mut self) {
        self.removals.append(&mut self.foreign);
        self.removals.sort();
    }

    /// Returns the files to remove in groups, each to be begun when the one before is gone: what leads to others first.
    pub(super) fn removal_groups(&self) -> Vec<Vec<&String>> {
        let mut groups: BTreeMap<Phase, Vec<&String>> = BTreeMap::new();
        for name in &self.removals {
            groups.entry(phase_by_name(name, media_type(name))).or_default().push(name);
        }
        groups.into_values().rev().collect()
    }

    /// Returns all files that go there.
    pub(super) fn puts(&self) -> impl Iterator<Item = &Put> {
        self.groups.iter().flatten()
    }

    /// Says whether the target is as it should be.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.removals.is_empty() && !self.is_resumed
    }

    /// Returns what goes there: name, why, size in bytes.
    pub fn written(&self) -> impl Iterator<Item = (&str, Change, u64)> {
        self.puts().map(|put| (put.name.as_str(), put.change, put.wanted.record.size))
    }

    /// Returns the names of what is removed.
    pub fn removed(&self) -> impl Iterator<Item = &str> {
        self.removals.iter().map(String::as_str)
    }
}

/// A line for those who read the history of a branch.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let added = self.puts().filter(|put| put.change == Change::Added).count();
        let (changed, removed) = (self.puts().count() - added, self.removals.len());
        write!(f, "Publish the site: {added} added, {changed} changed, {removed} removed")
    }
}

fn change_of(old: Option<&Record>, new: &Record, is_listed: bool) -> Change {
    match old {
        None if is_listed => Change::Changed,
        None => Change::Added,
        Some(old) if old.digest != new.digest => Change::Changed,
        Some(old) if old.headers != new.headers => Change::Headers,
        Some(_) => Change::Repaired,
    }
}

fn phase_of(put: &Put) -> Phase {
    match phase_by_name(&put.name, &put.wanted.record.headers.content_type) {
        Phase::Page if put.change == Change::Added => Phase::NewPage,
        phase => phase,
    }
}

fn phase_by_name(path: &str, content_type: &str) -> Phase {
    let name = path.rsplit('/').next().unwrap_or_default();
    let is_feed = name == "robots.txt"
        || [".xml", ".rss", ".atom", ".ics"].iter().any(|end| name.ends_with(end))
        || name.ends_with(".json") && name.contains("feed")
        || content_type.contains("rss+xml")
        || content_type.contains("atom+xml");
    if content_type.starts_with("text/html") || name.is_empty() {
        Phase::Page
    } else if is_feed {
        Phase::Feed
    } else {
        Phase::Asset
    }
}

/// Lists lie above what they list: the deepest pages go first.
fn depth(put: &Put) -> usize {
    put.name.matches('/').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Digest;
    use crate::publish::manifest::Headers;

    fn record(name: &str, text: &str) -> Record {
        let (headers, _) = crate::publish::headers::headers_of(name, &[]);
        Record { digest: Digest::of(text.as_bytes()).to_string(), size: text.len() as u64, headers }
    }

    fn manifest(files: &[(&str, &str)]) -> Manifest {
        Manifest {
            files: files.iter().map(|(name, text)| ((*name).to_owned(), record(name, text))).collect(),
        }
    }

    fn plan(wanted: &[(&str, &str)], known: &Known, held: &[&str]) -> Plan {
        let wanted = manifest(wanted).files.into_iter().map(|(name, record)| {
            let source = Source::Local { file: name.clone().into(), compresses: false };
            (name, Wanted { record, source, is_forced: false })
        });
        let holds = |asked: &[(&String, &Record)]| {
            Ok(asked
                .iter()
                .filter(|(name, _)| held.contains(&name.as_str()))
                .map(|(name, _)| (*name).clone())
                .collect())
        };
        Plan::of(&wanted.collect(), known, true, &|_| 0, &holds).unwrap()
    }

    fn listing(files: &[(&str, &str)]) -> Listing {
        files.iter().map(|(name, text)| ((*name).to_owned(), text.len() as u64)).collect()
    }

    fn shown(plan: &Plan) -> String {
        let groups: Vec<String> = plan
            .groups
            .iter()
            .map(|group| {
                group.iter().map(|put| format!("{}:{:?}", put.name, put.change)).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let keeps: Vec<&str> = plan.keeps.iter().map(|(name, _)| name.as_str()).collect();
        format!("{} | keep {} | remove {}", groups.join(", "), keeps.join(" "), plan.removals.join(" "))
    }

    #[test]
    fn what_readers_need_goes_first_and_what_is_gone_goes_last() {
        let old = [
            ("index.html", "old"),
            ("a/index.html", "a"),
            ("gone.png", "g"),
            ("same.css", "s"),
            ("index.xml", "x"),
        ];
        let known = Known { manifest: Some(manifest(&old)), intent: None, listing: listing(&old) };
        let new = [
            ("index.html", "new"),
            ("a/index.html", "b"),
            ("a/b/index.html", "n"),
            ("p.png", "p"),
            ("same.css", "s"),
            ("index.xml", "y"),
        ];
        let plan = plan(&new, &known, &[]);
        assert_eq!(
            shown(&plan),
            "p.png:Added, a/b/index.html:Added, a/index.html:Changed index.html:Changed, index.xml:Changed \
             | keep gone.png index.xml index.html a/index.html | remove gone.png"
                .replace("gone.png index.xml index.html a/index.html", &keeps(&plan))
        );
        assert_eq!((plan.unchanged, plan.keeps.len()), (1, 4));
    }

    fn keeps(plan: &Plan) -> String {
        plan.keeps.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_missing_or_has_other_headers_is_written_again() {
        let files = [("a.png", "a"), ("b.png", "b"), ("c.png", "c")];
        let mut old = manifest(&files);
        let Some(changed) = old.files.get_mut("c.png") else { panic!() };
        changed.headers = Headers { cache_control: "no-store".to_owned(), ..changed.headers.clone() };
        let known =
            Known { manifest: Some(old), intent: None, listing: listing(&[("a.png", "a"), ("c.png", "c")]) };
        assert_eq!(shown(&plan(&files, &known, &[])), "b.png:Repaired c.png:Headers | keep  | remove ");
    }

    #[test]
    fn what_an_unfinished_run_may_have_written_is_asked_for() {
        let old = [("index.html", "old")];
        let intent = Intent {
            target: "t".to_owned(),
            files: [
                ("index.html".to_owned(), None),
                ("new.png".to_owned(), None),
                ("stray.png".to_owned(), None),
            ]
            .into(),
            changed: Vec::new(),
        };
        let known = Known {
            manifest: Some(manifest(&old)),
            intent: Some(intent),
            listing: listing(&[("index.html", "new"), ("new.png", "n"), ("theirs.txt", "t")]),
        };
        let plan = plan(&[("index.html", "new"), ("new.png", "n")], &known, &["new.png"]);
        assert_eq!(shown(&plan), "index.html:Changed | keep index.html | remove stray.png");
        assert_eq!((plan.unchanged, plan.foreign.as_slice()), (1, &["theirs.txt".to_owned()][..]));
    }
}
