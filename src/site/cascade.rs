//! Gives pages the front matter that is handed down to them: by the sections around them, and by the configuration.
//!
//! What a page says itself wins, then its own `cascade`, then those of the sections around it from the nearest on, in
//! the end that of the configuration; within one `cascade` the first entry that reaches the page (Hugo 0.168, asked).
//! A value is taken whole, only `params` is filled key by key. Nothing is handed down by a page that owns no folder.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::{Map, Value};

use super::Kind;
use crate::config::{CascadeRule, Config, Configs};
use crate::diag::Diagnostic;
use crate::event::{Fault, PathStep};
use crate::page::{Bundle, Content};

/// What is handed down, and from where.
#[derive(Debug)]
pub(super) struct Cascades {
    /// By language: contents with a cascade by the folder that they own.
    sections: Vec<BTreeMap<String, Arc<Content>>>,
    /// The configuration of each language.
    configs: Vec<Arc<Config>>,
}

/// A map of front matter that is filled from above.
struct Filled {
    map: Map<String, Value>,
    /// Keys that were filled in, with whoever gave them; the configuration is no content.
    given: BTreeMap<String, Option<Arc<Content>>>,
}

impl Cascades {
    /// Learns what the contents of a site hand down; nothing where no page has a cascade and neither the configuration.
    pub(super) fn of(contents: &[Arc<Content>], configs: &Configs) -> Option<Self> {
        let mut sections = vec![BTreeMap::new(); configs.languages.len()];
        let has_cascade = |content: &&Arc<Content>| !content.front.cascade.is_empty();
        for content in contents.iter().filter(has_cascade) {
            if content.path.bundle == Bundle::Branch {
                sections[content.language].insert(content.path.own_folder().to_owned(), Arc::clone(content));
            }
        }
        let is_any = configs.languages.iter().any(|config| !config.model.cascade.is_empty())
            || contents.iter().any(|content| has_cascade(&content));
        is_any.then(|| Self { sections, configs: configs.languages.clone() })
    }

    /// Returns the contents with all that is handed down to them, and what is wrong with it.
    pub(super) fn apply(&self, contents: Vec<Arc<Content>>) -> (Vec<Arc<Content>>, Vec<Diagnostic>) {
        let (contents, problems): (Vec<_>, Vec<_>) = contents
            .into_par_iter()
            .map(|content| {
                let kind = kind(&content, &self.configs[content.language]);
                match self.fill(&content, &content.path.logical(), kind) {
                    Some((filled, problems)) => (Arc::new(filled), problems),
                    None => (content, Vec::new()),
                }
            })
            .unzip();
        (contents, problems.into_iter().flatten().collect())
    }

    /// Returns the front matter of a page that has no document, if anything is handed down to it.
    ///
    /// `folder` is the one that a document would own, `path` the logical path of the page.
    pub(super) fn made_up(
        &self,
        folder: &str,
        path: &str,
        kind: Kind,
        language: usize,
    ) -> Option<Arc<Content>> {
        let separator = if folder.is_empty() { "" } else { "/" };
        let content = Content::made_up(&format!("{folder}{separator}_index.md"), language);
        self.fill(&content, path, kind).map(|(filled, _)| Arc::new(filled))
    }

    /// Fills the front matter of a page; none where nothing reaches it.
    fn fill(&self, content: &Content, path: &str, kind: Kind) -> Option<(Content, Vec<Diagnostic>)> {
        let mut reaching = self.rules_for(content).filter(|(_, rule)| rule.reaches(path, kind)).peekable();
        reaching.peek()?;
        let mut filled = Filled { map: content.written(), given: BTreeMap::new() };
        let own: BTreeSet<String> = filled.map.keys().cloned().collect();
        for (giver, rule) in reaching {
            filled.take(giver, rule);
        }
        let Filled { map, given } = filled;
        let (content, faults) = content.with_front_matter(map, &self.configs[content.language]);
        // What is wrong with the page's own keys was told when it was read.
        let key = |fault: &Fault| match fault.path.first() {
            Some(PathStep::Key(key)) => key.clone(),
            _ => String::new(),
        };
        let faults = faults.into_iter().filter(|fault| !own.contains(&key(fault)));
        let told = faults.map(|fault| match given.get(&key(&fault)) {
            Some(Some(giver)) => fault.problem.at(giver.key_place("cascade")),
            _ => fault.problem,
        });
        Some((content, told.collect()))
    }

    /// Returns the rules that may be for a content, those that win first.
    fn rules_for<'a>(
        &'a self,
        content: &'a Content,
    ) -> impl Iterator<Item = (Option<&'a Arc<Content>>, &'a CascadeRule)> {
        let folders = &content.path.folders;
        let is_branch = content.path.bundle == Bundle::Branch;
        let own = content.front.cascade.iter().filter(move |_| !is_branch).map(|rule| (None, rule));
        let around = (0..=folders.len())
            .rev()
            .filter_map(|depth| self.sections[content.language].get(&folders[..depth].join("/")));
        let around = around.flat_map(|giver| giver.front.cascade.iter().map(move |rule| (Some(giver), rule)));
        own.chain(around).chain(self.configs[content.language].model.cascade.iter().map(|rule| (None, rule)))
    }
}

impl Filled {
    /// Takes the values that are not there yet; a parameter is there under `params` as well as beside it.
    fn take(&mut self, giver: Option<&Arc<Content>>, rule: &CascadeRule) {
        for (key, value) in rule.values.iter() {
            match value {
                Value::Object(params) if key == "params" => self.take_params(params),
                _ if self.has(key) => {}
                _ => {
                    self.map.insert(key.clone(), value.clone());
                    self.given.insert(key.clone(), giver.cloned());
                }
            }
        }
    }

    fn take_params(&mut self, params: &Map<String, Value>) {
        let new: Vec<_> = params.iter().filter(|(key, _)| !self.has(key)).collect();
        let new: Map<String, Value> =
            new.into_iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        if let Value::Object(own) = self.map.entry("params").or_insert_with(|| Value::Object(Map::new())) {
            own.extend(new);
        }
    }

    fn has(&self, key: &str) -> bool {
        let params = self.map.get("params").and_then(Value::as_object);
        self.map.contains_key(key) || params.is_some_and(|params| params.contains_key(key))
    }
}

/// Returns the kind of page that a content is.
fn kind(content: &Content, config: &Config) -> Kind {
    match content.path.bundle {
        Bundle::Branch => branch_kind(&content.path.folders, config),
        Bundle::Leaf | Bundle::Single => Kind::Page,
    }
}

/// Returns the kind of page that owns a folder: `tags/_index.md` describes a taxonomy, and what lies below it its terms.
pub(super) fn branch_kind(folders: &[String], config: &Config) -> Kind {
    let is_taxonomy = |name: &String| config.taxonomies.iter().any(|taxonomy| taxonomy.plural == *name);
    match folders {
        [] => Kind::Home,
        [name] if is_taxonomy(name) => Kind::Taxonomy,
        [name, ..] if is_taxonomy(name) => Kind::Term,
        _ => Kind::Section,
    }
}
