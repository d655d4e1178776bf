//! `hallway list`: the pages of a site as data.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use hallway::config::Include;
use hallway::date::rfc3339;
use hallway::pipeline::{self, Request};
use hallway::site::{Page, Site};
use jiff::Zoned;

use super::args::SiteArguments;
use super::{Exit, program, report};

pub(crate) const LIST_EXAMPLES: &str = "\
Examples:
  hallway list drafts                  what is not finished
  hallway list future --format table   what is still to come, for reading
  hallway list all > pages.csv         every page, with Hugo's columns";

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// Which pages
    #[arg(value_enum)]
    pub(crate) what: Which,

    #[command(flatten)]
    pub(crate) site: SiteArguments,

    /// How to list them
    #[arg(long, value_enum, default_value_t = ListFormat::Csv)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// Every page, published or not
    All,
    /// Pages with `draft: true`
    Drafts,
    /// Pages whose publish date is still to come
    Future,
    /// Pages that have expired
    Expired,
    /// Pages that a plain build publishes
    Published,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Comma-separated values with Hugo's columns
    Csv,
    /// One JSON array
    Json,
    /// Columns for reading
    Table,
}

/// Hugo's columns, in its order.
const COLUMNS: [&str; 10] =
    ["path", "slug", "title", "date", "expiryDate", "publishDate", "draft", "permalink", "kind", "section"];

/// Lists pages on stdout.
pub(crate) fn run(arguments: &ListArguments) -> Exit {
    let request = Request {
        include: Include { drafts: true, future: true, expired: true },
        program: program(),
        ..Request::of(arguments.site.root(), arguments.site.now())
    };
    let (site, warnings) = match pipeline::survey(&request) {
        Ok(found) => found,
        Err(failure) => {
            report::warn(&failure.diagnostics, &request.root);
            return failure.kind.into();
        }
    };
    report::warn(&warnings, &request.root);
    let pages = site.all_in_order().into_iter().map(|id| site.page(id));
    let rows: Vec<[String; 10]> =
        pages.filter(|page| is_wanted(page, arguments.what)).map(|page| row(page, &site)).collect();
    let text = match arguments.format {
        ListFormat::Csv => csv(&rows),
        ListFormat::Json => json(&rows),
        ListFormat::Table => table(&rows),
    };
    // Whoever closed the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Exit::Ok
}

/// Pages without a document of their own are made by the build, and not the author's to list.
fn is_wanted(page: &Page, what: Which) -> bool {
    let status = page.status;
    page.content.is_some()
        && match what {
            Which::All => true,
            Which::Drafts => status.draft,
            Which::Future => status.future,
            Which::Expired => status.expired,
            Which::Published => !(status.draft || status.future || status.expired),
        }
}

fn row(page: &Page, site: &Site) -> [String; 10] {
    let front = page.content.as_ref().map(|content| &content.front);
    let date = |date: Option<&Zoned>| date.map_or_else(|| "0001-01-01T00:00:00Z".to_owned(), rfc3339);
    [
        page.source(),
        front.and_then(|front| front.slug.clone()).unwrap_or_default(),
        page.title.clone(),
        date(page.date.as_ref()),
        date(front.and_then(|front| front.dates.expiry.as_ref())),
        date(front.and_then(|front| front.dates.publish.as_ref())),
        page.status.draft.to_string(),
        site.config.base_url.absolute(&page.route),
        page.kind.name().to_owned(),
        page.section.clone(),
    ]
}

/// Writes comma-separated values (RFC 4180).
fn csv(rows: &[[String; 10]]) -> String {
    let field = |text: &str| {
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.to_owned()
        }
    };
    let line = |fields: Vec<String>| format!("{}\n", fields.join(","));
    let mut text = line(COLUMNS.iter().map(|name| (*name).to_owned()).collect());
    for row in rows {
        text.push_str(&line(row.iter().map(|value| field(value)).collect()));
    }
    text
}

fn json(rows: &[[String; 10]]) -> String {
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = rows
        .iter()
        .map(|row| {
            let entry = |(name, value): (&&str, &String)| {
                let value = if *name == "draft" { (value == "true").into() } else { value.clone().into() };
                ((*name).to_owned(), value)
            };
            COLUMNS.iter().zip(row).map(entry).collect()
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&objects).unwrap_or_default())
}

/// Writes date, state, title and path in columns.
fn table(rows: &[[String; 10]]) -> String {
    let width = rows.iter().map(|row| row[2].chars().count()).max().unwrap_or(0).min(60);
    let mut text = String::new();
    for [path, _, title, date, _, _, draft, ..] in rows {
        let day = if date.starts_with("0001") { "          " } else { date.get(..10).unwrap_or(date) };
        let draft = if draft == "true" { "draft" } else { "     " };
        let title: String = title.chars().take(60).collect();
        let padding = " ".repeat(width.saturating_sub(title.chars().count()));
        text.push_str(format!("{day}  {draft}  {title}{padding}  {path}").trim_end());
        text.push('\n');
    }
    text
}
