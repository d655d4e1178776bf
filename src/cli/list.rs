//! `hallway list`: the pages of a site as data.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use hallway::config::Include;
use hallway::date::rfc3339;
use hallway::event::{TalkStatus, Video};
use hallway::pipeline::{self, Request};
use hallway::site::conference::{EventRecord, PersonRecord, TalkRecord};
use hallway::site::{Page, Site};
use jiff::Zoned;

use super::args::SiteArguments;
use super::{Exit, program, report};

pub(crate) const LIST_EXAMPLES: &str = "\
Examples:
  hallway list drafts                  what is not finished
  hallway list future --format table   what is still to come, for reading
  hallway list all > pages.csv         every page, with Hugo's columns
  hallway list events --format table   conferences that posts and data files tell of";

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
    /// Events that posts, pages and data files tell of
    Events,
    /// Talks of these events
    Talks,
    /// People who spoke, held an event, or were met
    People,
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
    let text = match arguments.what {
        Which::Events => written(&EVENT_COLUMNS, &events(&site), arguments.format),
        Which::Talks => written(&TALK_COLUMNS, &talks(&site), arguments.format),
        Which::People => written(&PERSON_COLUMNS, &people(&site), arguments.format),
        what => {
            let pages = site.all_in_order().into_iter().map(|id| site.page(id));
            let rows: Vec<[String; 10]> =
                pages.filter(|page| is_wanted(page, what)).map(|page| row(page, &site)).collect();
            match arguments.format {
                ListFormat::Table => table(&rows),
                format => written(&COLUMNS, &rows, format),
            }
        }
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
            Which::All | Which::Events | Which::Talks | Which::People => true,
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

/// Columns of events, talks and people.
const EVENT_COLUMNS: [&str; 9] =
    ["id", "title", "start", "end", "status", "city", "country", "posts", "source"];
const TALK_COLUMNS: [&str; 8] = ["id", "title", "speakers", "event", "start", "status", "video", "source"];
const PERSON_COLUMNS: [&str; 5] = ["id", "name", "affiliation", "talks", "events"];

fn events(site: &Site) -> Vec<[String; 9]> {
    let row = |record: &EventRecord| {
        let event = &record.event;
        [
            event.id.clone(),
            event.title(),
            event.start.map(|start| start.iso()).unwrap_or_default(),
            event.end.or(event.start).map(|end| end.iso()).unwrap_or_default(),
            event.status.name().to_owned(),
            event.city.clone().unwrap_or_default(),
            event.country.map(|country| country.code().to_owned()).unwrap_or_default(),
            record.posts.len().to_string(),
            record.place.path.clone(),
        ]
    };
    site.conference.events.iter().map(row).collect()
}

fn talks(site: &Site) -> Vec<[String; 8]> {
    let conference = &site.conference;
    let row = |record: &TalkRecord| {
        let talk = &record.talk;
        let names: Vec<&str> =
            record.speakers.iter().map(|person| conference.people[*person].person.name.as_str()).collect();
        let video = match &talk.video {
            Some(Video::At(url)) => url.clone(),
            Some(Video::YouTube(id)) => format!("https://www.youtube.com/watch?v={id}"),
            Some(Video::NotRecorded) => "not recorded".to_owned(),
            Some(Video::NotYet) => "not yet".to_owned(),
            None => String::new(),
        };
        let start = record.begins().map(|begins| begins.to_string());
        [
            talk.id.clone(),
            talk.title.clone(),
            names.join(", "),
            record.event.map(|event| conference.events[event].event.id.clone()).unwrap_or_default(),
            start.or_else(|| record.day.map(|day| day.to_string())).unwrap_or_default(),
            talk.status.map(TalkStatus::name).unwrap_or_default().to_owned(),
            video,
            record.place.path.clone(),
        ]
    };
    conference.talks.iter().map(row).collect()
}

fn people(site: &Site) -> Vec<[String; 5]> {
    let row = |record: &PersonRecord| {
        let person = &record.person;
        [
            person.id.clone(),
            person.name.clone(),
            person.affiliation.clone().unwrap_or_default(),
            record.talks.len().to_string(),
            record.events.len().to_string(),
        ]
    };
    site.conference.people.iter().map(row).collect()
}

/// Writes rows in a format; a table has a line of names above it.
fn written<const N: usize>(columns: &[&str; N], rows: &[[String; N]], format: ListFormat) -> String {
    let with_names = || [&[columns.map(str::to_owned)], rows].concat();
    match format {
        ListFormat::Csv => csv(&with_names()),
        ListFormat::Json => json(columns, rows),
        ListFormat::Table => columned(&with_names()),
    }
}

/// Writes columns as wide as their widest cell, the last one and long ones aside.
fn columned<const N: usize>(rows: &[[String; N]]) -> String {
    let cells = |row: &[String; N]| row.clone().map(|cell| cell.chars().take(60).collect::<String>());
    let all: Vec<[String; N]> = rows.iter().map(cells).collect();
    let width = |column: usize| all.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let line = |row: &[String; N]| {
        let padded = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    all.iter().map(line).collect()
}

/// Writes comma-separated values (RFC 4180).
fn csv<const N: usize>(rows: &[[String; N]]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("rows of one length are written into memory");
    }
    String::from_utf8(writer.into_inner().expect("memory takes all")).expect("text goes in")
}

fn json<const N: usize>(columns: &[&str; N], rows: &[[String; N]]) -> String {
    let objects: Vec<serde_json::Map<String, serde_json::Value>> = rows
        .iter()
        .map(|row| {
            let entry = |(name, value): (&&str, &String)| {
                let value = match *name {
                    "draft" => (value == "true").into(),
                    // Counts are numbers, where they are.
                    "posts" | "talks" | "events" => {
                        value.parse::<u64>().map_or_else(|_| value.clone().into(), Into::into)
                    }
                    _ => value.clone().into(),
                };
                ((*name).to_owned(), value)
            };
            columns.iter().zip(row).map(entry).collect()
        })
        .collect();
    format!("{}\n", serde_json::to_string_pretty(&objects).unwrap_or_default())
}

/// Writes date, state, title and path in columns.
fn table(rows: &[[String; 10]]) -> String {
    let cells = |[path, _, title, date, _, _, draft, ..]: &[String; 10]| {
        let day = if date.starts_with("0001") { "" } else { date.get(..10).unwrap_or(date) };
        let draft = if draft == "true" { "draft" } else { "" };
        [&format!("{day:10}"), &format!("{draft:5}"), title, path].map(ToString::to_string)
    };
    columned(&rows.iter().map(cells).collect::<Vec<_>>())
}
