//! Turns the text of one page into an [`Article`]: shortcodes first, then Markdown, then what lists want to know of it.
//!
//! Sees the finished site, but no other article.

use tera::Value;

use super::engine::Engine;
use super::icons;
use super::photo::{self, Attributes, without_lazy};
use super::pictures::PictureFile;
use super::shortcodes::{Caller, expand_body};
use super::syndicated;
use super::targets;
use super::unshown;
use super::values::{html, map, number, text};
use super::words::said_in;
use crate::config::Config;
use crate::diag::{Diagnostic, Location};
use crate::glob::Glob;
use crate::image::{Command, Size};
use crate::markdown;
use crate::page::Content;
use crate::site::{Page, Resource, ResourceFile};
use crate::text::{decode_entities, escape_html, truncate_words};

/// The rendered text of a page.
#[derive(Debug)]
pub struct Article {
    /// The whole text as HTML.
    pub content: String,
    /// The text without the `<h1>` that it opens with, and without what `syndicated` says; absent where it has neither.
    pub body: Option<String>,
    /// That `<h1>`.
    pub heading: Option<OpeningHeading>,
    /// Where the text says that it is published too, as addresses.
    pub syndicated: Vec<String>,
    /// Table of contents as HTML; empty where there is nothing to list.
    pub toc: String,
    /// Summary as HTML.
    pub summary: String,
    /// Whether the text goes on after the summary.
    pub truncated: bool,
    /// The beginning of the text without any markup, at most 250 characters.
    pub excerpt: String,
    /// Words of the text.
    pub words: usize,
    /// Minutes it takes to read.
    pub reading_time_minutes: usize,
    /// Whether a diagram is in it that a script draws.
    pub uses_mermaid: bool,
    /// The picture that lists show, as a template value.
    pub featured: Value,
}

/// The `<h1>` that a text opens with.
#[derive(Debug)]
pub struct OpeningHeading {
    /// Its id; may be empty.
    pub id: String,
    /// What is in it, as HTML.
    pub html: String,
}

impl Article {
    /// Makes the article of a page without a text.
    fn empty(featured: Value) -> Self {
        Self {
            content: String::new(),
            body: None,
            heading: None,
            syndicated: Vec::new(),
            toc: String::new(),
            summary: String::new(),
            truncated: false,
            excerpt: String::new(),
            words: 0,
            reading_time_minutes: 0,
            uses_mermaid: false,
            featured,
        }
    }
}

/// Longest excerpt, in characters.
const EXCERPT_MAX_CHARS: usize = 250;

/// Size of the picture that lists show.
const THUMBNAIL: Size = Size { width_px: 480, height_px: 320 };

/// Makes the article of a page; on problems what could be made of it.
pub(super) fn make(page_index: usize, engine: &Engine) -> (Article, Vec<Diagnostic>) {
    let page = &engine.shared.site.pages[page_index];
    let featured = featured(page, engine);
    let Some(content) = &page.content else {
        return (Article::empty(featured), Vec::new());
    };
    let (expanded, problems) = expand_body(&Caller::new(page, page_index, content, engine));
    let config = engine.shared.site.config_of(page);
    let rendered = targets::render(&engine.shared, page, &expanded.source);
    let mut diagnostics = problems;
    let place = |offset: usize| place(content, &expanded.source, offset);
    diagnostics.extend(rendered.raw_html_omitted.map(|offset| raw_html_omitted().at(place(offset))));
    diagnostics.extend(rendered.problems.iter().map(|(offset, problem)| problem.clone().at(place(*offset))));
    let with_icons = |html: String| label_tasks(icons::replace(html, &engine.shared, content), config);
    let mut filled = with_icons(markdown::fill(&rendered.html, &expanded.outputs));
    let gallery = unshown::gallery(engine, page_index, content, &filled);
    let gallery = gallery.map_err(|problem| diagnostics.push(problem)).unwrap_or_default();
    filled.push_str(&gallery);
    let written = content.front.summary.as_deref();
    let written = written.map(|summary| markdown::render_inline(summary, &config.markdown));
    let is_cjk =
        content.front.is_cjk.unwrap_or_else(|| config.model.has_cjk && markdown::has_cjk(content.body()));
    let summary = markdown::summarize(&filled, written.as_deref(), config.summary_length_words, is_cjk);
    let mut whole = markdown::without_divider(&filled).into_owned();
    without_lazy(&mut whole);
    whole.shrink_to_fit();
    let (heading, body) = split_heading(&rendered, &expanded.outputs);
    let heading = heading.map(|heading| OpeningHeading { html: with_icons(heading.html), ..heading });
    let body = body.map(with_icons).map(|mut body| {
        body.push_str(&gallery);
        without_lazy(&mut body);
        body
    });
    let taken = syndicated::take(body.as_ref().unwrap_or(&whole));
    let (syndicated, body) = match taken {
        Some((addresses, rest)) => (addresses, Some(rest)),
        None => (Vec::new(), body),
    };
    let plain = markdown::plain(&whole);
    let (words, reading_time_minutes) = words_and_minutes(&plain, is_cjk);
    let excerpt = excerpt(body.as_deref(), &plain);
    let (from, to) = config.toc_levels;
    let lists_any = rendered.headings.iter().any(|heading| (from..=to).contains(&heading.level));
    let article = Article {
        toc: if lists_any {
            with_icons(markdown::table_of_contents(&rendered.headings, from, to))
        } else {
            String::new()
        },
        summary: summary.html,
        truncated: summary.truncated,
        excerpt,
        words,
        reading_time_minutes,
        uses_mermaid: rendered.uses_mermaid,
        content: whole,
        body,
        heading,
        syndicated,
        featured,
    };
    (article, diagnostics)
}

/// Says what the box of a task means, to those who do not see it.
fn label_tasks(html: String, config: &Config) -> String {
    const BOXES: [(&str, &str); 2] = [
        ("<input checked=\"\" disabled=\"\" type=\"checkbox\">", "done"),
        ("<input disabled=\"\" type=\"checkbox\">", "todo"),
    ];
    if !html.contains("type=\"checkbox\">") {
        return html;
    }
    BOXES.iter().fold(html, |html, (input, word)| {
        let word = escape_html(&said_in(config, word)).into_owned();
        html.replace(input, &format!("{} aria-label=\"{word}\">", input.trim_end_matches('>')))
    })
}

fn words_and_minutes(plain: &str, is_cjk: bool) -> (usize, usize) {
    if is_cjk {
        let words = markdown::count_cjk_words(plain);
        (words, markdown::cjk_reading_time_minutes(words))
    } else {
        let words = markdown::count_words(plain);
        (words, markdown::reading_time_minutes(words))
    }
}

/// Returns where in the file stands what is at a byte of the text that its shortcodes made.
fn place(content: &Content, expanded: &str, offset: usize) -> Location {
    match markdown::place_in(content.body(), expanded, offset) {
        Some(offset) => {
            let (line, column) = content.body_position(offset);
            Location::position(content.source.as_str(), line, column)
        }
        None => Location::file(content.source.as_str()),
    }
}

fn raw_html_omitted() -> Diagnostic {
    Diagnostic::warning("raw-html", "HTML in this text was left out")
        .hint("set `markup.goldmark.renderer.unsafe: true` in the configuration if you trust all authors")
}

/// Takes the opening `<h1>` out of the text, so that a page has one title and not two.
fn split_heading(
    rendered: &markdown::Rendered,
    outputs: &[String],
) -> (Option<OpeningHeading>, Option<String>) {
    let opening = rendered.opening_heading.as_ref();
    let found = opening.and_then(|opening| Some((opening, rendered.headings.get(opening.heading)?)));
    let Some((opening, heading)) = found else {
        return (None, None);
    };
    let around = |range: std::ops::Range<usize>| rendered.html.get(range).unwrap_or_default();
    let rest =
        format!("{}{}", around(0..opening.range.start), around(opening.range.end..rendered.html.len()));
    let body = markdown::without_divider(&markdown::fill(&rest, outputs)).into_owned();
    let html = markdown::fill(&heading.html, outputs);
    (Some(OpeningHeading { id: heading.id.clone(), html }), Some(body))
}

/// Returns the beginning of the text as plain characters: entities are resolved, templates escape it again.
fn excerpt(body: Option<&str>, plain: &str) -> String {
    let plain = body.map_or_else(|| plain.to_owned(), markdown::plain);
    let joined =
        decode_entities(&plain).split_whitespace().take(EXCERPT_MAX_CHARS).collect::<Vec<_>>().join(" ");
    truncate_words(&joined, EXCERPT_MAX_CHARS).into_owned()
}

/// Plans the picture for lists: the one called `featured` (Docsy's rule), else the first of the bundle.
fn featured(page: &Page, engine: &Engine) -> Value {
    let is_featured =
        |resource: &&Resource| Glob::new("**featured*").is_ok_and(|glob| glob.matches(&resource.path));
    let pictures = || page.resources.iter().filter(|resource| resource.is_picture());
    let Some(resource) = pictures().find(is_featured).or_else(|| pictures().next()) else {
        return Value::none();
    };
    if page.kind != crate::site::Kind::Page {
        return Value::none();
    }
    let shared = &engine.shared;
    let planned = PictureFile::of(&shared.site, resource).and_then(|file| {
        let (command, size) = thumbnail(shared.pictures.header(&file)?.0.size);
        let options = format!("{}x{} q75", size.width_px, size.height_px);
        photo::exact(shared, &file, command, &options, false)
    });
    match planned {
        Ok(photo) => map([
            ("url", text(shared.site.config.base_url.relative(&photo.route))),
            ("permalink", text(shared.site.config.base_url.absolute(&photo.route))),
            ("width", number(photo.size.width_px as usize)),
            ("height", number(photo.size.height_px as usize)),
            ("alt", text(resource.title.as_deref().unwrap_or_default())),
            // A list names the post beside it: to read the picture out as well would only repeat it.
            ("tag", html(photo.tag(shared, &Attributes::default()))),
        ]),
        // Nobody asked for this picture: formats that cannot be shrunk are passed over, broken files are told.
        Err(problem) if problem.code == "image-broken" => {
            let severity = crate::diag::Severity::Warning;
            shared
                .note(Diagnostic { severity, ..problem }.at(Location::file(asset_source(resource, engine))));
            Value::none()
        }
        Err(_) => Value::none(),
    }
}

fn asset_source(resource: &Resource, engine: &Engine) -> String {
    match &resource.file {
        ResourceFile::Asset { index, .. } => {
            engine.shared.site.assets.get(*index).map(|asset| asset.source.to_string()).unwrap_or_default()
        }
        ResourceFile::Text { source } => source.to_string(),
    }
}

/// Chooses how a picture becomes a thumbnail: a crop of 3:2, never larger than the picture gives.
///
/// A picture that is smaller than that on both sides, most often a logo, is kept whole.
fn thumbnail(source: Size) -> (Command, Size) {
    if source.width_px < THUMBNAIL.width_px && source.height_px < THUMBNAIL.height_px {
        return (Command::Fit, THUMBNAIL);
    }
    let width_px = THUMBNAIL.width_px.min(source.width_px).min(source.height_px.saturating_mul(3) / 2).max(3);
    (Command::Fill, Size { width_px, height_px: width_px * 2 / 3 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbnail_is_a_crop_and_a_small_picture_stays_whole() {
        let cases = [
            ((1600, 1067), (Command::Fill, 480, 320)),
            ((303, 166), (Command::Fit, 480, 320)),
            ((479, 319), (Command::Fit, 480, 320)),
            ((480, 200), (Command::Fill, 300, 200)),
            ((3000, 300), (Command::Fill, 450, 300)),
            ((200, 3000), (Command::Fill, 200, 133)),
        ];
        for ((width_px, height_px), expected) in cases {
            let (command, size) = thumbnail(Size { width_px, height_px });
            assert_eq!((command, size.width_px, size.height_px), expected, "{width_px}x{height_px}");
        }
    }
}
