//! Surveys a configuration: its keys, languages, output formats, themes and deployment targets.

use serde_json::{Map, Value};

use super::{Finding, Standing, Subject};
use crate::config::{KeyStanding, KeyUse, Settings};
use crate::data::{scalar_text, text_list};

/// Output formats that are made, whatever a site calls for.
const MADE: [&str; 5] = ["html", "rss", "sitemap", "robots", "404"];

/// Keys whose values have findings of their own.
const ELSEWHERE: [&str; 6] = ["languages", "outputs", "outputformats", "theme", "module", "deployment"];

/// Returns what is to be said of a configuration.
pub(super) fn survey(settings: &Settings) -> Vec<Finding> {
    let Settings { values: map, keys } = settings;
    let mut findings: Vec<Finding> = keys.iter().filter_map(of_key).collect();
    findings.extend(languages(map));
    findings.extend(output_formats(map));
    findings.extend(themes(map));
    findings.extend(deployment(map));
    findings
}

fn of_key(key: &KeyUse) -> Option<Finding> {
    let lower = key.path.to_lowercase();
    if ELSEWHERE.contains(&lower.as_str()) {
        return None;
    }
    let (standing, note) = match key.standing {
        KeyStanding::Served if lower == "params" => {
            (Standing::Served, "templates see its values as `site.params`".to_owned())
        }
        KeyStanding::Served => (Standing::Served, String::new()),
        KeyStanding::Needless => (Standing::Needless, "Hallway has nothing that it could set up".to_owned()),
        KeyStanding::NotYet => (Standing::NotServed, "the site is built as if it were not there".to_owned()),
        KeyStanding::Unknown => (
            Standing::NotServed,
            "Hugo does not know it either; values of your own go under `params`".to_owned(),
        ),
    };
    Some(Finding::new(Subject::Configuration, &key.path, standing, note).at(key.place.clone()))
}

/// Returns the languages that are configured.
fn languages(map: &Map<String, Value>) -> Vec<Finding> {
    let languages = map.get("languages").and_then(Value::as_object).into_iter().flatten();
    languages
        .map(|(code, values)| {
            let folder = values.get("contentdir").and_then(scalar_text);
            let note = folder.map(|folder| format!("from `{folder}`")).unwrap_or_default();
            Finding::new(Subject::Language, code, Standing::Served, note)
        })
        .collect()
}

/// Returns the formats that pages are made as, and those that are defined.
fn output_formats(map: &Map<String, Value>) -> Vec<Finding> {
    let of_kinds = map.get("outputs").and_then(Value::as_object).into_iter().flatten();
    let mut names: Vec<String> = of_kinds.flat_map(|(_, formats)| text_list(formats)).collect();
    let defined = map.get("outputformats").and_then(Value::as_object);
    names.extend(defined.into_iter().flat_map(Map::keys).cloned());
    names.iter_mut().for_each(|name| *name = name.to_lowercase());
    names.sort();
    names
        .chunk_by(|a, b| a == b)
        .filter_map(|same| {
            let name = same.first()?;
            let (standing, note) = if MADE.contains(&name.as_str()) {
                (Standing::Served, "")
            } else {
                (Standing::NotServed, "pages are made as HTML, lists as RSS too")
            };
            Some(Finding::new(Subject::OutputFormat, name, standing, note).used(same.len(), 0))
        })
        .collect()
}

/// Returns the themes and modules that the configuration names.
fn themes(map: &Map<String, Value>) -> Vec<Finding> {
    let mut names = map.get("theme").map(text_list).unwrap_or_default();
    let imports = map.get("module").and_then(|module| module.get("imports")).and_then(Value::as_array);
    let paths = imports.into_iter().flatten().filter_map(|import| import.get("path").and_then(scalar_text));
    names.extend(paths);
    names.sort();
    names.dedup();
    names.into_iter().map(|name| of_theme(&name)).collect()
}

fn of_theme(name: &str) -> Finding {
    let note = if name.contains("docsy") {
        "not run: Docsy's shortcodes are built in, its look is not"
    } else {
        "not run: the built-in theme takes its place"
    };
    Finding::new(Subject::Theme, name, Standing::Differs, note)
}

fn deployment(map: &Map<String, Value>) -> Vec<Finding> {
    let targets = map.get("deployment").and_then(|deployment| deployment.get("targets"));
    let targets = targets.and_then(Value::as_array).into_iter().flatten();
    targets
        .map(|target| {
            let text = |key| target.get(key).and_then(scalar_text);
            let name = text("name").or_else(|| text("url")).unwrap_or_else(|| "unnamed".to_owned());
            let url = text("url").unwrap_or_default();
            let is_served = ["s3://", "file://"].iter().any(|scheme| url.starts_with(scheme));
            if is_served {
                Finding::new(Subject::Deployment, name, Standing::Served, "")
            } else {
                let note = "copy the built folder there by other means";
                Finding::new(Subject::Deployment, name, Standing::NotServed, note)
            }
        })
        .collect()
}
