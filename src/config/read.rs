//! Turns the merged map of configuration values into a [`Config`].

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::cards::read_cards;
use super::check::read_check;
use super::deployment::read_deployment;
use super::events::read_events;
use super::files::merge_files;
use super::imaging::read_imaging;
use super::keys::{check_keys, place};
use super::languages::{self, LanguageValues};
use super::look::read_look;
use super::markdown::read_markdown;
use super::menus::read_menus;
use super::model::{ContentModel, read_model};
use super::permalinks::read_permalinks;
use super::unknown::read_unknown_shortcodes;
use super::{
    CheckOptions, Config, ConfigFile, Configs, DateKeys, Deployment, Feeds, Include, Pagination, Taxonomy,
    mounts,
};
use crate::card::CardOptions;
use crate::data::{flag, integer, scalar_text, text_list};
use crate::diag::Diagnostic;
use crate::image::ImagingOptions;
use crate::markdown::shortcode::Unknown;
use crate::path::BaseUrl;
use crate::text::PathRules;

/// Makes the configuration of a site from its files; `bare` says that the site is a folder of posts and nothing else.
///
/// Returns the configuration and the warnings about it.
///
/// # Errors
/// All that is wrong with it: broken files, unknown permalink tokens, an unknown time zone, bad imaging values.
pub fn load(files: &[ConfigFile], bare: bool) -> Result<(Configs, Vec<Diagnostic>), Vec<Diagnostic>> {
    let map = merge_files(files)?;
    let mut warnings = check_keys(&map, files);
    warnings.extend(languages::warnings(&map, files));
    let (languages, default) = languages::split(&map, files).map_err(|problem| vec![problem])?;
    let content = mounts::content(&languages, default, bare);
    let static_files = mounts::static_files(&languages, default, bare);
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut configs = Vec::new();
    for language in languages {
        match read(language, files) {
            Ok((config, found)) => {
                configs.push(Arc::new(config));
                warnings.extend(found.into_iter().filter(|new| !warnings.contains(new)).collect::<Vec<_>>());
            }
            // What is wrong for all languages is told once.
            Err(found) => {
                problems.extend(found.into_iter().filter(|new| !problems.contains(new)).collect::<Vec<_>>())
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let disabled = languages::disabled(&map);
    Ok((
        Configs { languages: configs, default, disabled, content, static_files, data: Arc::default() },
        warnings,
    ))
}

/// Reads the values of one language.
fn read(
    language: LanguageValues,
    files: &[ConfigFile],
) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    let LanguageValues { language, values: map, .. } = language;
    let values = Values { map: &map };
    let (mut problems, mut warnings) = (Vec::new(), Vec::new());
    let zone = read_zone(&values).unwrap_or_else(|problem| {
        problems.push(problem.at(place("timezone", files)));
        TimeZone::UTC
    });
    let permalinks =
        read_permalinks(values.at("permalinks").unwrap_or(&Value::Null), files).unwrap_or_else(|found| {
            problems.extend(found);
            Vec::new()
        });
    let imaging = read_imaging(&values, files).unwrap_or_else(|problem| {
        problems.push(problem);
        ImagingOptions::default()
    });
    let cards = read_cards(&values, files).unwrap_or_else(|problem| {
        problems.push(problem);
        CardOptions::default()
    });
    let check = read_check(&values, files).unwrap_or_else(|found| {
        problems.extend(found);
        CheckOptions::default()
    });
    let deployment = read_deployment(&values, files).map(|(deployment, found)| {
        warnings.extend(found);
        deployment
    });
    let deployment = deployment.unwrap_or_else(|found| {
        problems.extend(found);
        Deployment::default()
    });
    let model = read_model(&map, files).map(|(model, found)| {
        warnings.extend(found);
        model
    });
    let model = model.unwrap_or_else(|found| {
        problems.extend(found);
        ContentModel::default()
    });
    let unknown_shortcodes = read_unknown_shortcodes(&map, files).unwrap_or_else(|problem| {
        problems.push(problem);
        Unknown::default()
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    let (look, found) = read_look(&values, files);
    warnings.extend(found);
    let config = Config {
        title: values.text("title").unwrap_or_default(),
        base_url: BaseUrl::parse(&values.text("baseurl").unwrap_or_default()),
        language,
        words: Arc::default(),
        copyright: values.text("copyright").unwrap_or_default(),
        publish_dir: folder(values.text("publishdir"), "public"),
        zone,
        permalinks,
        taxonomies: read_taxonomies(&values),
        params: read_params(&values),
        menus: ["menus", "menu"].iter().filter_map(|key| values.map(key)).flat_map(read_menus).collect(),
        pagination: read_pagination(&values),
        summary_length_words: values.size("summarylength").unwrap_or(70),
        markdown: read_markdown(&values),
        toc_levels: read_toc_levels(&values),
        imaging,
        events: read_events(&values),
        look,
        cards,
        check,
        deployment: Arc::new(deployment),
        path_rules: PathRules {
            keep_case: values.flag("disablepathtolower").unwrap_or(false),
            remove_accents: values.flag("removepathaccents").unwrap_or(false),
        },
        date_keys: read_date_keys(&values),
        feeds: read_feeds(&values),
        disabled_kinds: values.list("disablekinds").into_iter().map(|kind| kind.to_lowercase()).collect(),
        robots_txt: values.flag("enablerobotstxt").unwrap_or(false),
        main_sections: [values.list("mainsections"), values.list("params.mainsections")].concat(),
        include: Include {
            drafts: values.flag("builddrafts").unwrap_or(false),
            future: values.flag("buildfuture").unwrap_or(false),
            expired: values.flag("buildexpired").unwrap_or(false),
        },
        duplicates_resources: values.flag("markup.goldmark.duplicateresourcefiles").unwrap_or(false),
        redirects_to_default: !values.flag("disabledefaultlanguageredirect").unwrap_or(false),
        model,
        unknown_shortcodes,
        go_shortcodes: BTreeMap::new(),
    };
    Ok((config, warnings))
}

/// A merged map, read by dotted paths of lower-case keys.
pub(super) struct Values<'a> {
    pub(super) map: &'a Map<String, Value>,
}

impl Values<'_> {
    pub(super) fn at(&self, path: &str) -> Option<&Value> {
        let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
        let parents = parents.split('.').filter(|key| !key.is_empty());
        let map = parents.into_iter().try_fold(self.map, |map, key| map.get(key)?.as_object())?;
        map.get(last)
    }

    pub(super) fn text(&self, path: &str) -> Option<String> {
        self.at(path).and_then(scalar_text)
    }

    pub(super) fn flag(&self, path: &str) -> Option<bool> {
        self.at(path).and_then(flag)
    }

    pub(super) fn size(&self, path: &str) -> Option<usize> {
        self.at(path).and_then(integer).and_then(|number| usize::try_from(number).ok())
    }

    pub(super) fn list(&self, path: &str) -> Vec<String> {
        self.at(path).map(text_list).unwrap_or_default()
    }

    pub(super) fn map(&self, path: &str) -> Option<&Map<String, Value>> {
        self.at(path).and_then(Value::as_object)
    }
}

/// Cleans the path of a folder of the site.
pub(super) fn folder(written: Option<String>, default: &str) -> String {
    let written = written.filter(|path| !path.is_empty()).unwrap_or_else(|| default.to_owned());
    written.trim_start_matches("./").trim_end_matches('/').to_owned()
}

fn read_zone(values: &Values<'_>) -> Result<TimeZone, Diagnostic> {
    let Some(name) = values.text("timezone").filter(|name| !name.is_empty()) else {
        return Ok(TimeZone::UTC);
    };
    TimeZone::get(&name).map_err(|_| {
        Diagnostic::error("config-time-zone", format!("no time zone is called `{name}`"))
            .hint("use a name of the tz database, such as `Europe/Paris`")
    })
}

fn read_taxonomies(values: &Values<'_>) -> Vec<Taxonomy> {
    let mut taxonomies: Vec<Taxonomy> = match values.map("taxonomies") {
        Some(map) => map
            .iter()
            .filter_map(|(singular, plural)| {
                let plural = scalar_text(plural)?.to_lowercase();
                Some(Taxonomy { singular: singular.clone(), plural })
            })
            .filter(|taxonomy| !taxonomy.plural.is_empty())
            .collect(),
        None => vec![
            Taxonomy { singular: "category".to_owned(), plural: "categories".to_owned() },
            Taxonomy { singular: "tag".to_owned(), plural: "tags".to_owned() },
        ],
    };
    taxonomies.sort_by(|a, b| a.plural.cmp(&b.plural));
    taxonomies
}

/// Hugo's old top-level `author` is offered as a parameter, which is where themes look for it today.
fn read_params(values: &Values<'_>) -> Map<String, Value> {
    let mut params = values.map("params").cloned().unwrap_or_default();
    if let Some(author) = values.at("author") {
        params.entry("author").or_insert_with(|| author.clone());
    }
    params
}

fn read_pagination(values: &Values<'_>) -> Pagination {
    Pagination {
        pager_size: ["pagination.pagersize", "paginate"]
            .iter()
            .find_map(|key| values.size(key))
            .unwrap_or(10)
            .max(1),
        path: ["pagination.path", "paginatepath"]
            .iter()
            .find_map(|key| values.text(key))
            .filter(|path| !path.is_empty())
            .unwrap_or_else(|| "page".to_owned()),
        aliases: !values.flag("pagination.disablealiases").unwrap_or(false),
    }
}

fn read_toc_levels(values: &Values<'_>) -> (u8, u8) {
    let level = |key: &str, default: u8| {
        let path = format!("markup.tableofcontents.{key}");
        values.size(&path).and_then(|level| u8::try_from(level).ok()).unwrap_or(default)
    };
    (level("startlevel", 2), level("endlevel", 3))
}

fn read_date_keys(values: &Values<'_>) -> DateKeys {
    let keys = |name: &str, defaults: &[&str]| -> Vec<String> {
        let defaults = || defaults.iter().map(|key| (*key).to_owned());
        let written = values.list(&format!("frontmatter.{name}"));
        if written.is_empty() {
            return defaults().collect();
        }
        let expand = |key: String| -> Vec<String> {
            if key == ":default" { defaults().collect() } else { vec![key.to_lowercase()] }
        };
        written.into_iter().flat_map(expand).collect()
    };
    DateKeys {
        date: keys("date", &["date", "publishdate", "pubdate", "published", "lastmod", "modified"]),
        last_modified: keys(
            "lastmod",
            &[":git", "lastmod", "modified", "date", "publishdate", "pubdate", "published"],
        ),
        publish: keys("publishdate", &["publishdate", "pubdate", "published", "date"]),
        expiry: keys("expirydate", &["expirydate", "unpublishdate"]),
    }
}

fn read_feeds(values: &Values<'_>) -> Feeds {
    let has_feed = |kind: &str| match values.at(&format!("outputs.{kind}")) {
        Some(formats) => text_list(formats).iter().any(|format| format.eq_ignore_ascii_case("rss")),
        None => true,
    };
    let limit = ["services.rss.limit", "rsslimit"].iter().find_map(|key| values.at(key)).and_then(integer);
    Feeds {
        home: has_feed("home"),
        section: has_feed("section"),
        taxonomy: has_feed("taxonomy"),
        term: has_feed("term"),
        limit: limit.filter(|limit| *limit > 0).and_then(|limit| usize::try_from(limit).ok()),
    }
}
