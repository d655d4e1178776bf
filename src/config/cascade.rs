//! Turns `cascade` of the configuration and of front matter into rules: values, and the pages that they are for.
//!
//! Knows no page: which rule reaches which page, and what it changes there, is the business of `site`.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::data::scalar_text;
use crate::diag::Diagnostic;
use crate::glob::Glob;
use crate::permalink::Kind;

/// Values that pages take over from above, unless they have their own.
#[derive(Debug, Clone)]
pub struct CascadeRule {
    target: Target,
    /// Front matter as a page would have it, keys in lower case.
    pub values: Arc<Map<String, Value>>,
}

/// Which pages a rule is for; what is absent leaves the choice to the rest.
#[derive(Debug, Clone, Default)]
struct Target {
    path: Option<Glob>,
    kind: Option<Glob>,
}

/// The environment of every build; Hugo's `production`.
const ENVIRONMENT: &str = "production";

/// Keys of a target.
const KEYS: [&str; 4] = ["path", "kind", "environment", "sites"];

/// Keys of a target that Hugo has taken away.
const REMOVED: [&str; 2] = ["lang", "language"];

/// Code of everything that is wrong with a target.
const CODE: &str = "cascade-target";

impl CascadeRule {
    /// Says whether the rule is for a page; `path` is the logical one, such as `/blog/2024`, and `/` for the home page.
    pub fn reaches(&self, path: &str, kind: Kind) -> bool {
        // A glob passes over one slash in front, which alternatives such as `{/blog,/blog/**}` have after the brace.
        let is_there =
            |glob: &Glob| glob.matches(path) || glob.matches(&format!("/{path}")) && path.starts_with('/');
        self.target.kind.as_ref().is_none_or(|glob| glob.matches(kind.name()))
            && self.target.path.as_ref().is_none_or(is_there)
    }
}

/// Reads a map, which is for all pages, or a list of maps with a `target` each.
///
/// The rules stand in the order written: of several that set one key for a page the first counts (Hugo 0.168, asked).
/// Rules for another environment than `production` are left out.
pub fn read_cascade(value: &Value) -> (Vec<CascadeRule>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let entries: &[Value] = match value {
        Value::Array(list) => list,
        Value::Null => &[],
        single => std::slice::from_ref(single),
    };
    let mut rules = Vec::new();
    for entry in entries {
        match entry {
            Value::Object(map) => rules.extend(read_rule(map.clone(), &mut problems)),
            other => {
                let shown: String = other.to_string().chars().take(40).collect();
                let problem = Diagnostic::error(CODE, format!("`{shown}` in `cascade` is no map"));
                problems.push(
                    problem.hint("write `key: value` lines, with a `target` where they are not for all"),
                );
            }
        }
    }
    (rules, problems)
}

fn read_rule(mut map: Map<String, Value>, problems: &mut Vec<Diagnostic>) -> Option<CascadeRule> {
    let old = map.remove("_target");
    if old.is_some() {
        let warning = Diagnostic::warning(CODE, "`_target` is the old name of `target`");
        problems.push(warning.hint("call it `target`"));
    }
    let target = match map.remove("target").or(old) {
        None => Some(Target::default()),
        Some(Value::Object(target)) => read_target(&target, problems).unwrap_or_else(|problem| {
            problems.push(problem);
            None
        }),
        Some(other) => {
            let problem = Diagnostic::error(CODE, format!("the target `{other}` of `cascade` is no map"));
            problems.push(problem.hint("write `target: {path: /blog/**}`"));
            None
        }
    };
    map.remove("cascade");
    Some(CascadeRule { target: target?, values: Arc::new(map) })
}

/// Reads a target; none where it is for another environment.
fn read_target(
    target: &Map<String, Value>,
    problems: &mut Vec<Diagnostic>,
) -> Result<Option<Target>, Diagnostic> {
    for (key, value) in target {
        if REMOVED.contains(&key.as_str()) {
            let problem = Diagnostic::error(CODE, format!("`{key}` is no target of `cascade` any more"));
            return Err(problem.hint("put the `cascade` into the front matter of that language"));
        }
        if !KEYS.contains(&key.as_str()) {
            let warning = Diagnostic::warning(CODE, format!("`{key}` is no target of `cascade`"));
            problems.push(warning.did_you_mean(key, KEYS));
        } else if scalar_text(value).is_none() && key != "sites" {
            return Err(Diagnostic::error(
                CODE,
                format!("`{key}` of a target is `{value}`, which is no text"),
            ));
        }
    }
    let glob = |key: &str| target.get(key).and_then(scalar_text).map(|text| Glob::new(&text)).transpose();
    if glob("environment")?.is_some_and(|glob| !glob.matches(ENVIRONMENT)) {
        return Ok(None);
    }
    let kind = glob("kind")?;
    if let Some(glob) = &kind
        && !KINDS.iter().any(|kind| glob.matches(kind.name()))
    {
        let written = target.get("kind").and_then(scalar_text).unwrap_or_default();
        let problem = Diagnostic::error(CODE, format!("no kind of page is called `{written}`"));
        return Err(problem.did_you_mean(&written, KINDS.map(Kind::name)));
    }
    let path = target.get("path").and_then(scalar_text).unwrap_or_default();
    if path.starts_with(|c: char| c.is_alphanumeric()) {
        let warning = Diagnostic::warning(CODE, format!("the path `{path}` matches no page"));
        problems.push(warning.hint(format!("paths start with a slash: `/{path}`")));
        return Ok(None);
    }
    Ok(Some(Target { path: glob("path")?, kind }))
}

const KINDS: [Kind; 5] = [Kind::Page, Kind::Section, Kind::Home, Kind::Taxonomy, Kind::Term];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Format, parse};

    fn read(yaml: &str) -> (Vec<CascadeRule>, Vec<String>) {
        let map = parse(&format!("cascade: {yaml}\n"), Format::Yaml).unwrap();
        let (rules, problems) = read_cascade(&map["cascade"]);
        (rules, problems.into_iter().map(|problem| problem.message).collect())
    }

    /// What Hugo 0.168 was asked, for the pages `/`, `/blog`, `/blog/a` and `/blog/sub-dir/c-d`.
    #[test]
    fn a_path_reaches_the_pages_that_hugo_reaches() {
        let pages = [
            ("/", Kind::Home),
            ("/blog", Kind::Section),
            ("/blog/a", Kind::Page),
            ("/blog/sub-dir/c-d", Kind::Page),
        ];
        for (path, expected) in [
            ("/blog/**", vec!["/blog/a", "/blog/sub-dir/c-d"]),
            ("/blog/*", vec!["/blog/a"]),
            ("/Blog/**", vec!["/blog/a", "/blog/sub-dir/c-d"]),
            ("/blog/Sub Dir/**", vec![]),
            ("/blog/sub-dir/**", vec!["/blog/sub-dir/c-d"]),
            ("/blog/a", vec!["/blog/a"]),
            ("/blog/a.md", vec![]),
            ("**", vec!["/", "/blog", "/blog/a", "/blog/sub-dir/c-d"]),
            ("/**", vec!["/", "/blog", "/blog/a", "/blog/sub-dir/c-d"]),
            ("{/blog,/blog/**}", vec!["/blog", "/blog/a", "/blog/sub-dir/c-d"]),
            ("/blog", vec!["/blog"]),
            ("/", vec!["/"]),
        ] {
            let (rules, problems) = read(&format!("{{target: {{path: '{path}'}}, x: 1}}"));
            assert!(problems.is_empty(), "{problems:?}");
            let reached: Vec<&str> = pages
                .iter()
                .filter(|(page, kind)| rules[0].reaches(page, *kind))
                .map(|(page, _)| *page)
                .collect();
            assert_eq!(reached, expected, "{path}");
        }
    }

    #[test]
    fn kinds_and_environments_choose_too() {
        for (target, expected) in [
            ("{kind: section}", vec![Kind::Section]),
            ("{kind: '{page,section}'}", vec![Kind::Page, Kind::Section]),
            ("{environment: production}", KINDS.to_vec()),
            ("{environment: '{production,x}'}", KINDS.to_vec()),
            ("{environment: dev}", vec![]),
            ("{kind: page, path: /other}", vec![]),
        ] {
            let (rules, problems) = read(&format!("[{{target: {target}, x: 1}}]"));
            assert!(problems.is_empty(), "{problems:?}");
            let reached: Vec<Kind> =
                KINDS.into_iter().filter(|kind| rules.iter().any(|rule| rule.reaches("/p", *kind))).collect();
            assert_eq!(reached, expected, "{target}");
        }
    }

    #[test]
    fn a_wrong_target_is_told() {
        for (cascade, message) in [
            ("{target: {kind: pgae}}", "no kind of page is called `pgae`"),
            ("{target: {lang: fr}}", "`lang` is no target of `cascade` any more"),
            ("{target: {paht: /x}}", "`paht` is no target of `cascade`"),
            ("{target: {kind: [page]}}", "`kind` of a target is `[\"page\"]`, which is no text"),
            ("{target: [a]}", "the target `[\"a\"]` of `cascade` is no map"),
            ("{target: {path: blog/**}}", "the path `blog/**` matches no page"),
            ("{_target: {path: /x}}", "`_target` is the old name of `target`"),
            ("[text]", "`\"text\"` in `cascade` is no map"),
        ] {
            assert_eq!(read(cascade).1, [message], "{cascade}");
        }
        assert_eq!(read("{target: {path: '[a'}}").1.len(), 1);
    }
}
