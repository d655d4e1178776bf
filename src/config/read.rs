//! Turns the merged map of configuration values into a [`Config`].

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::files::merge_files;
use super::keys::{check_keys, place};
use super::menus::read_menus;
use super::permalinks::read_permalinks;
use super::unknown::read_unknown_shortcodes;
use super::{Config, ConfigFile, DateKeys, Feeds, Include, Pagination, Taxonomy};
use crate::data::{flag, integer, merge, scalar_text, text_list};
use crate::diag::Diagnostic;
use crate::image::{Anchor, Color, Compression, Filter, Hint, ImagingOptions};
use crate::markdown::shortcode::Unknown;
use crate::markdown::{HeadingIdKind, MarkdownOptions};
use crate::path::BaseUrl;
use crate::text::PathRules;

/// Makes the configuration of a site from its files; `bare` says that the site is a folder of posts and nothing else.
///
/// Returns the configuration and the warnings about it.
///
/// # Errors
/// All that is wrong with it: broken files, unknown permalink tokens, an unknown time zone, bad imaging values.
pub fn load(files: &[ConfigFile], bare: bool) -> Result<(Config, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut map = merge_files(files)?;
    let mut warnings = check_keys(&map, files);
    warnings.extend(use_default_language(&mut map, files));
    let values = Values { map: &map };
    let mut problems = Vec::new();
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
    let unknown_shortcodes = read_unknown_shortcodes(&map, files).unwrap_or_else(|problem| {
        problems.push(problem);
        Unknown::default()
    });
    if !problems.is_empty() {
        return Err(problems);
    }
    let config = Config {
        title: values.text("title").unwrap_or_default(),
        base_url: BaseUrl::parse(&values.text("baseurl").unwrap_or_default()),
        language: read_language(&values),
        copyright: values.text("copyright").unwrap_or_default(),
        content_dir: folder(values.text("contentdir"), if bare { "" } else { "content" }),
        publish_dir: folder(values.text("publishdir"), "public"),
        static_dirs: read_static_dirs(&values, bare),
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
        unknown_shortcodes,
        go_shortcodes: BTreeMap::new(),
    };
    Ok((config, warnings))
}

/// The merged map, read by dotted paths of lower-case keys.
struct Values<'a> {
    map: &'a Map<String, Value>,
}

impl Values<'_> {
    fn at(&self, path: &str) -> Option<&Value> {
        let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
        let parents = parents.split('.').filter(|key| !key.is_empty());
        let map = parents.into_iter().try_fold(self.map, |map, key| map.get(key)?.as_object())?;
        map.get(last)
    }

    fn text(&self, path: &str) -> Option<String> {
        self.at(path).and_then(scalar_text)
    }

    fn flag(&self, path: &str) -> Option<bool> {
        self.at(path).and_then(flag)
    }

    fn size(&self, path: &str) -> Option<usize> {
        self.at(path).and_then(integer).and_then(|number| usize::try_from(number).ok())
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.at(path).map(text_list).unwrap_or_default()
    }

    fn map(&self, path: &str) -> Option<&Map<String, Value>> {
        self.at(path).and_then(Value::as_object)
    }
}

/// Puts the values of the default language over the general ones: the site is built in that language.
///
/// Returns the warning that names the other languages, which are not built yet.
fn use_default_language(map: &mut Map<String, Value>, files: &[ConfigFile]) -> Option<Diagnostic> {
    let Some(Value::Object(mut languages)) = map.get("languages").cloned() else {
        return None;
    };
    let lightest =
        |(_, language): &(&String, &Value)| language.get("weight").and_then(integer).unwrap_or(i64::MAX);
    let default = map.get("defaultcontentlanguage").and_then(scalar_text).map(|name| name.to_lowercase());
    let default = default
        .filter(|name| languages.contains_key(name))
        .or_else(|| languages.iter().min_by_key(lightest).map(|(name, _)| name.clone()))?;
    if let Some(Value::Object(mut language)) = languages.remove(&default) {
        language.remove("weight");
        map.entry("locale").or_insert_with(|| Value::String(default.clone()));
        merge(map, language);
    }
    let others: Vec<String> = languages.keys().map(|name| format!("`{name}`")).collect();
    (!others.is_empty()).then(|| {
        let message = format!("the site is built in `{default}` alone, not yet in {}", others.join(", "));
        Diagnostic::warning("config-languages", message).at(place("languages", files))
    })
}

fn read_language(values: &Values<'_>) -> String {
    ["locale", "languagecode", "defaultcontentlanguage"]
        .iter()
        .find_map(|key| values.text(key))
        .filter(|language| !language.is_empty())
        .unwrap_or_else(|| "en".to_owned())
}

fn folder(written: Option<String>, default: &str) -> String {
    let written = written.filter(|path| !path.is_empty()).unwrap_or_else(|| default.to_owned());
    written.trim_start_matches("./").trim_end_matches('/').to_owned()
}

fn read_static_dirs(values: &Values<'_>, bare: bool) -> Vec<String> {
    let mut dirs = values.list("staticdir");
    dirs.extend((0..=10).filter_map(|number| values.text(&format!("staticdir{number}"))));
    if dirs.is_empty() && !bare {
        dirs.push("static".to_owned());
    }
    dirs.into_iter().map(|dir| folder(Some(dir), "static")).collect()
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

fn read_markdown(values: &Values<'_>) -> MarkdownOptions {
    let flag = |path: &str, default: bool| {
        let value = values.at(&format!("markup.goldmark.{path}"));
        // `footnote` and `typographer` are a switch or a map with `disable` or `enable` in it.
        let switch = value.map(|value| match value.as_object() {
            Some(map) => match (map.get("disable").and_then(crate::data::flag), map.get("enable")) {
                (Some(disabled), _) => !disabled,
                (None, Some(enabled)) => crate::data::flag(enabled).unwrap_or(default),
                (None, None) => default,
            },
            None => crate::data::flag(value).unwrap_or(default),
        });
        switch.unwrap_or(default)
    };
    let defaults = MarkdownOptions::default();
    let mut options = MarkdownOptions {
        unsafe_html: flag("renderer.unsafe", defaults.unsafe_html),
        hard_wraps: flag("renderer.hardwraps", defaults.hard_wraps),
        block_attributes: flag("parser.attribute.block", defaults.block_attributes),
        title_attributes: flag("parser.attribute.title", defaults.title_attributes),
        auto_heading_id: flag("parser.autoheadingid", defaults.auto_heading_id),
        linkify: flag("extensions.linkify", defaults.linkify),
        typographer: flag("extensions.typographer", defaults.typographer),
        footnotes: flag("extensions.footnote", defaults.footnotes),
        definition_lists: flag("extensions.definitionlist", defaults.definition_lists),
        tables: flag("extensions.table", defaults.tables),
        strikethrough: flag("extensions.strikethrough", defaults.strikethrough),
        task_lists: flag("extensions.tasklist", defaults.task_lists),
        heading_id_kind: read_heading_id_kind(values),
        linkify_protocol: values
            .text("markup.goldmark.extensions.linkifyprotocol")
            .unwrap_or(defaults.linkify_protocol),
        code: defaults.code,
    };
    options.code.highlight = values.flag("markup.highlight.codefences").unwrap_or(true);
    options.code.line_numbers = values.flag("markup.highlight.linenos").unwrap_or(false);
    options.code.guess_syntax = values.flag("markup.highlight.guesssyntax").unwrap_or(false);
    options
}

fn read_heading_id_kind(values: &Values<'_>) -> HeadingIdKind {
    let kind = ["autoidtype", "autoheadingidtype"]
        .iter()
        .find_map(|key| values.text(&format!("markup.goldmark.parser.{key}")))
        .unwrap_or_default();
    match kind.to_lowercase().as_str() {
        "github-ascii" => HeadingIdKind::GithubAscii,
        "blackfriday" => HeadingIdKind::Blackfriday,
        _ => HeadingIdKind::Github,
    }
}

fn read_imaging(values: &Values<'_>, files: &[ConfigFile]) -> Result<ImagingOptions, Diagnostic> {
    let mut options = ImagingOptions::default();
    let refused = |key: &str, text: &str, expected: &str| {
        let last = key.rsplit('.').next().unwrap_or(key);
        Diagnostic::error("config-imaging", format!("`imaging.{key}` is `{text}`"))
            .at(place(last, files))
            .hint(format!("expected {expected}"))
    };
    let text = |key: &str| values.text(&format!("imaging.{key}")).filter(|text| !text.is_empty());
    for key in ["quality", "jpeg.quality"] {
        if let Some(text) = text(key) {
            let quality = text.parse().ok().filter(|quality| (1..=100).contains(quality));
            options.quality_percent = quality.ok_or_else(|| refused(key, &text, "a number from 1 to 100"))?;
        }
    }
    if let Some(text) = text("resamplefilter") {
        options.resample_filter = Filter::parse(&text)
            .ok_or_else(|| refused("resampleFilter", &text, "a filter such as `Box` or `Lanczos`"))?;
    }
    if let Some(text) = text("anchor") {
        options.anchor = Anchor::parse(&text)
            .ok_or_else(|| refused("anchor", &text, "`Smart`, `Center`, `TopLeft` and the like"))?;
    }
    if let Some(text) = text("bgcolor") {
        options.background =
            Color::parse(&text).ok_or_else(|| refused("bgColor", &text, "a colour such as `#ffffff`"))?;
    }
    if let Some(text) = text("hint").or_else(|| text("webp.hint")) {
        options.hint = Hint::parse(&text)
            .ok_or_else(|| refused("hint", &text, "`photo`, `picture`, `drawing`, `icon` or `text`"))?;
    }
    if let Some(text) = text("compression").or_else(|| text("webp.compression")) {
        options.compression = Compression::parse(&text)
            .ok_or_else(|| refused("compression", &text, "`lossy` or `lossless`"))?;
    }
    Ok(options)
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
            &["lastmod", "modified", "date", "publishdate", "pubdate", "published"],
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
