//! The configuration keys that Hugo knows, and which of them Hallway serves.
//!
//! Finds misspelled keys and keys that are read by Hugo only, so that nothing is ignored in silence.

use serde_json::{Map, Value};

use super::ConfigFile;
use crate::data::key_position;
use crate::diag::{Diagnostic, Location, nearest};

/// Top-level keys that Hallway serves, in Hugo's spelling.
pub(super) const SERVED: &[&str] = &[
    "baseURL",
    "buildDrafts",
    "buildExpired",
    "buildFuture",
    "check",
    "deployment",
    "contentDir",
    "copyright",
    "defaultContentLanguage",
    "defaultContentLanguageInSubdir",
    "disableDefaultLanguageRedirect",
    "disableLanguages",
    "disableKinds",
    "disablePathToLower",
    "enableEmoji",
    "enableRobotsTXT",
    "frontmatter",
    "imaging",
    "languageCode",
    "languages",
    "locale",
    "markup",
    "menu",
    "menus",
    "module",
    "outputs",
    "pagination",
    "paginate",
    "paginatePath",
    "params",
    "permalinks",
    "publishDir",
    "removePathAccents",
    "rssLimit",
    "services",
    "staticDir",
    "staticDir0",
    "staticDir1",
    "staticDir2",
    "summaryLength",
    "taxonomies",
    "timeZone",
    "title",
    "unknownShortcodes",
    "author",
    "mainSections",
    "cascade",
    "disableAliases",
    "enableGitInfo",
    "hasCJKLanguage",
    "ignoreFiles",
    "related",
    "sectionPagesMenu",
    "sitemap",
    "outputFormats",
    "uglyURLs",
    "titleCaseStyle",
    "capitalizeListTitles",
    "pluralizeListTitles",
];

/// Top-level keys of Hugo that have no meaning here: they set up its own machinery, which Hallway does without.
pub(super) const NEEDLESS: &[&str] = &[
    "enableMissingTranslationPlaceholders",
    "mediaTypes",
    "disableDefaultLanguageRedirect",
    "archetypeDir",
    "assetDir",
    "build",
    "caches",
    "cacheDir",
    "canonifyURLs",
    "cleanDestinationDir",
    "dataDir",
    "disableBrowserError",
    "disableFastRender",
    "disableLiveReload",
    "environment",
    "googleAnalytics",
    "i18nDir",
    "ignoreCache",
    "ignoreErrors",
    "ignoreLogs",
    "ignoreVendorPaths",
    "layoutDir",
    "logI18nWarnings",
    "logPathWarnings",
    "metaDataFormat",
    "minify",
    "noBuildLock",
    "noChmod",
    "noTimes",
    "panicOnWarning",
    "printI18nWarnings",
    "printPathWarnings",
    "printUnusedTemplates",
    "privacy",
    "pygmentsCodeFences",
    "pygmentsOptions",
    "pygmentsStyle",
    "pygmentsUseClasses",
    "pygmentsUseClassic",
    "refLinksErrorLevel",
    "refLinksNotFoundURL",
    "renderSegments",
    "resourceDir",
    "security",
    "segments",
    "server",
    "templateMetrics",
    "templateMetricsHints",
    "theme",
    "themesDir",
    "timeout",
    "watch",
    "workingDir",
    "configDir",
    "footnoteAnchorPrefix",
    "footnoteReturnLinkContents",
    "quiet",
    "verbose",
    "disqusShortname",
    "defaultOutputFormat",
    "enableInlineShortcodes",
    "rel",
    "relativeURLs",
    "newContentEditor",
    "httpCache",
];

/// Top-level keys that Hugo serves and Hallway does not yet.
pub(super) const NOT_YET: &[&str] = &[
    "defaultContentRole",
    "defaultContentVersion",
    "disableHugoGeneratorInject",
    "page",
    "roles",
    "versions",
];

/// Nested keys that Hallway serves, by the path of the map that holds them.
pub(super) const NESTED: &[(&str, &[&str])] = &[
    ("pagination", &["pagerSize", "path", "disableAliases"]),
    ("frontmatter", &["date", "lastmod", "publishDate", "expiryDate"]),
    ("sitemap", &["changeFreq", "priority", "disable", "filename"]),
    ("check", &["severity", "budget", "ignore"]),
    (
        "deployment",
        &[
            "targets",
            "matchers",
            "order",
            "target",
            "maxDeletes",
            "invalidateCDN",
            "workers",
            "confirm",
            "force",
            "dryRun",
            "keepPrevious",
            "host",
            "precompress",
            "timeout",
        ],
    ),
    ("check.budget", &["html", "css", "js", "pictures", "total"]),
    ("related", &["threshold", "includeNewer", "toLower", "indices"]),
    (
        "markup",
        &[
            "goldmark",
            "highlight",
            "tableOfContents",
            "defaultMarkdownHandler",
            "asciidocExt",
            "rst",
            "pandoc",
        ],
    ),
    ("markup.tableofcontents", &["startLevel", "endLevel", "ordered"]),
    ("markup.goldmark", &["extensions", "parser", "renderer", "renderHooks", "duplicateResourceFiles"]),
    ("markup.goldmark.renderer", &["hardWraps", "unsafe", "xhtml"]),
    (
        "markup.goldmark.parser",
        &[
            "attribute",
            "autoHeadingID",
            "autoHeadingIDType",
            "autoIDType",
            "autoDefinitionTermID",
            "wrapStandAloneImageWithinParagraph",
        ],
    ),
    ("markup.goldmark.parser.attribute", &["block", "title"]),
    (
        "markup.goldmark.extensions",
        &[
            "cjk",
            "definitionList",
            "extras",
            "footnote",
            "linkify",
            "linkifyProtocol",
            "passthrough",
            "strikethrough",
            "table",
            "taskList",
            "typographer",
        ],
    ),
    (
        "imaging",
        &[
            "anchor",
            "bgColor",
            "hint",
            "quality",
            "resampleFilter",
            "exif",
            "meta",
            "jpeg",
            "png",
            "gif",
            "webp",
            "avif",
            "compression",
            "responsive",
            "widths",
            "formats",
            "sizes",
            "placeholder",
            "metadata",
            "socialCards",
            "cardColor",
            "cardFont",
            "memory",
            "maxPixels",
            "maxFrames",
        ],
    ),
];

/// Returns the warnings about the keys of a merged configuration.
pub(super) fn check_keys(config: &Map<String, Value>, files: &[ConfigFile]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let mut not_yet = Vec::new();
    for key in config.keys() {
        if contains(SERVED, key) || contains(NEEDLESS, key) {
            continue;
        }
        match NOT_YET.iter().find(|known| known.eq_ignore_ascii_case(key)) {
            Some(known) => not_yet.push(*known),
            None => warnings.push(unknown(key, "", top_level_names(), files)),
        }
    }
    for (path, known) in NESTED {
        let nested = lookup(config, path);
        for key in nested.into_iter().flat_map(Map::keys).filter(|key| !contains(known, key)) {
            warnings.push(unknown(key, path, known.iter().copied(), files));
        }
    }
    warnings.extend(not_served(&not_yet, files));
    warnings
}

/// Returns the warnings about the keys of one member of a list.
pub(super) fn check_members(
    member: &Map<String, Value>,
    path: &str,
    known: &[&'static str],
    files: &[ConfigFile],
) -> Vec<Diagnostic> {
    let strange = member.keys().filter(|key| !contains(known, key));
    strange.map(|key| unknown(key, path, known.iter().copied(), files)).collect()
}

fn top_level_names() -> impl Iterator<Item = &'static str> {
    SERVED.iter().chain(NOT_YET).chain(NEEDLESS).copied()
}

fn contains(known: &[&str], key: &str) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(key))
}

fn lookup<'a>(config: &'a Map<String, Value>, path: &str) -> Option<&'a Map<String, Value>> {
    path.split('.').try_fold(config, |map, key| map.get(key)?.as_object())
}

fn unknown<'a>(
    key: &str,
    path: &str,
    known: impl Iterator<Item = &'a str>,
    files: &[ConfigFile],
) -> Diagnostic {
    let full = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    let diagnostic =
        Diagnostic::warning("config-unknown-key", format!("no configuration key is called `{full}`"))
            .at(place(key, files));
    match nearest(key, known) {
        Some(name) => diagnostic.hint(format!("did you mean `{name}`?")),
        None => diagnostic.hint("values of your own go under `params`"),
    }
}

fn not_served(keys: &[&str], files: &[ConfigFile]) -> Option<Diagnostic> {
    let first = keys.first()?;
    let names = keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    Some(
        Diagnostic::warning("config-not-served", format!("Hugo reads {names}, Hallway does not yet"))
            .at(place(first, files))
            .hint("the site is built as if they were not there"),
    )
}

/// Finds a key in the files as they were written, the most special first.
pub(super) fn place(key: &str, files: &[ConfigFile]) -> Location {
    let found = files.iter().rev().find_map(|file| {
        let (line, _) =
            key_position(&file.text, file.format, key).or_else(|| nested_position(&file.text, key))?;
        Some(Location::position(&file.path, line, 1))
    });
    let whole = || Location::file(files.last().map_or("hallway.yaml", |file| &file.path));
    found.unwrap_or_else(whole)
}

/// Finds a text in the files, the most special first.
pub(super) fn text_place(text: &str, files: &[ConfigFile]) -> Option<Location> {
    let found = |file: &ConfigFile| Some((file.path.clone(), file.text.find(text)?, file.text.clone()));
    let (path, offset, whole) = files.iter().rev().filter(|_| !text.is_empty()).find_map(found)?;
    Some(Location::offset(path, &whole, offset))
}

fn nested_position(text: &str, key: &str) -> Option<(usize, usize)> {
    let starts = |line: &str| {
        let name: String = line
            .trim_start_matches([' ', '\t', '"', '\'', '[', '{', '-'])
            .chars()
            .take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
            .collect();
        let mut ends = [name.split('.').next(), name.rsplit('.').next()].into_iter().flatten();
        name.eq_ignore_ascii_case(key) || ends.any(|end| end.eq_ignore_ascii_case(key))
    };
    text.lines().position(starts).map(|index| (index + 1, 1))
}
