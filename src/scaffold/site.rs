//! Plans the files of a new site: it builds as it is, and looks finished.

use jiff::Zoned;
use jiff::civil::Date;

use super::page::yaml_line;
use crate::diag::Diagnostic;
use crate::image::{Drawing, Size};

/// What is known of a new site.
#[derive(Debug, Clone)]
pub struct NewSite {
    /// Its title.
    pub title: String,
    /// Who writes it; empty where nobody said.
    pub author: String,
    /// Where it will be; empty where nobody said.
    pub base_url: String,
    /// Today, in the author's zone.
    pub today: Zoned,
}

/// Returns the files of a new site by their paths.
///
/// # Errors
/// `image-encoding`: the picture cannot be made.
pub fn site_files(site: &NewSite) -> Result<Vec<(&'static str, Vec<u8>)>, Diagnostic> {
    let text = |text: String| text.into_bytes();
    Ok(vec![
        ("hallway.yaml", text(configuration(site))),
        ("content/_index.md", text(home(site))),
        ("content/about.md", text(about(site))),
        ("content/blog/_index.md", text(SECTION.to_owned())),
        ("content/blog/first-report/index.md", text(report(site.today.date()))),
        ("content/blog/first-report/stage.png", stage().to_png()?),
        ("archetypes/report.md", text(ARCHETYPE.to_owned())),
        (".gitignore", text("/public/\n/.hallway/\n".to_owned())),
    ])
}

fn configuration(site: &NewSite) -> String {
    let base_url = if site.base_url.is_empty() {
        "# Where the site will be. Feeds and the sitemap need it.\n# baseURL: https://example.org/\n"
            .to_owned()
    } else {
        format!("# Where the site is.\n{}", yaml_line("baseURL", &site.base_url))
    };
    let author = if site.author.is_empty() {
        "  # author: {name: Your name}\n".to_owned()
    } else {
        format!("  author:\n    {}", yaml_line("name", &site.author))
    };
    format!(
        "# `hallway config` shows every key and its value. An editor knows them, too, after `hallway schema > hallway.schema.json`\n\
         # and with this line: yaml-language-server: $schema=hallway.schema.json\n\
         {title}\
         {base_url}\
         # timeZone: Europe/Paris\n\n\
         mainSections: [blog]\n\n\
         params:\n  \
         description: Reports from conferences, meetups and the corridors between.\n\
         {author}\n\
         menus:\n  \
         main:\n    \
         - {{name: Reports, pageRef: /blog, weight: 10}}\n    \
         - {{name: Tags, pageRef: /tags, weight: 20}}\n    \
         - {{name: About, pageRef: /about, weight: 30}}\n\n\
         # Addresses of posts: /blog/2026/02/03/an-evening/\n\
         permalinks:\n  \
         page:\n    \
         blog: /:section/:year/:month/:day/:slug/\n",
        title = yaml_line("title", &site.title),
    )
}

fn home(site: &NewSite) -> String {
    format!(
        "---\n{}---\n\nI go to conferences and meetups, and write down what I saw on stage and what I heard beside the coffee.\n",
        yaml_line("title", &site.title)
    )
}

fn about(site: &NewSite) -> String {
    let who =
        if site.author.is_empty() { String::new() } else { format!("I am {}. ", markdown(&site.author)) };
    format!(
        "---\ntitle: About\ndescription: Who writes this.\n---\n\n{who}Say here who you are, and how people can reach you.\n"
    )
}

/// Words of the author's in Markdown, as words.
fn markdown(words: &str) -> String {
    let is_mark =
        |c: char| matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '{' | '}' | '#' | '&');
    words.chars().flat_map(|c| is_mark(c).then_some('\\').into_iter().chain([c])).collect()
}

const SECTION: &str =
    "---\ntitle: Reports\ndescription: Conferences, workshops and meetups, newest first.\n---\n";

/// Also says what an archetype can fill in.
const ARCHETYPE: &str = "---\n\
title: {{ title }}\n\
date: {{ date }}\n\
description:\n\
tags: []\n\
# What the social card tells.\n\
# event: {name: Example Conf, location: Lisbon}\n\
---\n\n\
{{- /* `hallway new report` begins with this text. More can be filled in: name, kind, year, site_title. */}}\n\n";

fn report(today: Date) -> String {
    format!(
        "---\ntitle: My first report\ndate: {today}\ndescription: What a report looks like, and how to write the next one.\n\
         tags: [meetup]\nevent: {{name: Example Meetup}}\n---\n\n\
         Three talks, forty people, and **one** projector that worked. This page is a folder, \
         `content/blog/first-report`, with a text and a picture in it. Change them, or throw them away.\n\n\
         ![A drawing of a lit stage with a screen, and the heads of the front rows](stage.png)\n\n\
         ## The next one\n\n\
         ```console\n\
         $ hallway new report \"An evening at the Rust meetup\" ~/Photos/*.jpg\n\
         $ hallway serve --open\n\
         ```\n\n\
         The first command makes the folder, takes the photos along and shows them in the text. The second one \
         shows the site while you write.\n\n\
         > [!TIP]\n> Photos are published without the place where they were taken.\n"
    )
}

const WIDTH_PX: u32 = 1200;
const HEIGHT_PX: u32 = 800;

/// Draws a stage from the back of a hall, in a few colours.
fn stage() -> Drawing {
    let mut drawing = Drawing::new(Size::new(WIDTH_PX, HEIGHT_PX), [23, 27, 38]);
    for y in 0..HEIGHT_PX {
        for (x, pixel) in (0..).zip(drawing.row_mut(y).into_iter().flatten()) {
            if let Some(color) = color_at(x, y) {
                *pixel = color;
            }
        }
    }
    drawing
}

/// Returns what is drawn at a place, the nearest first.
fn color_at(x: u32, y: u32) -> Option<[u8; 3]> {
    let within = |x0: u32, y0: u32, x1: u32, y1: u32| (x0..x1).contains(&x) && (y0..y1).contains(&y);
    let (right, down) = (i64::from(x), i64::from(y));
    let round = |cx: i64, cy: i64, r: i64| (right - cx).pow(2) + (down - cy).pow(2) < r.pow(2);
    // Heads of two rows.
    let near = (0..8).any(|n| round(60 + n * 160, 730 + n * 37 % 23, 58) || round(60 + n * 160, 850, 105));
    let far = (0..10).any(|n| round(-10 + n * 132, 640 + n * 29 % 19, 40) || round(-10 + n * 132, 725, 72));
    if near {
        return Some([10, 12, 18]);
    }
    if far {
        return Some([16, 19, 28]);
    }
    // The speaker, before the screen.
    if round(830, 372, 24) || within(806, 400, 854, 520) {
        return Some([12, 14, 22]);
    }
    if within(330, 130, 870, 430) {
        let is_line = |top: u32, right: u32| within(390, top, right, top + 16);
        let is_text = is_line(250, 700) || is_line(290, 640) || is_line(330, 670);
        return Some(match () {
            () if within(390, 180, 610, 214) => [7, 94, 67],
            () if is_text => [120, 135, 140],
            () => [238, 242, 236],
        });
    }
    if within(318, 118, 882, 442) {
        return Some([44, 50, 66]);
    }
    if within(150, 520, 1050, 580) {
        return Some(if y < 530 { [196, 140, 84] } else { [120, 78, 48] });
    }
    // Two cones of light.
    let cone = |from: i64, to: i64| {
        let middle = from + (to - from) * down / 520;
        (right - middle).abs() < 14 + down / 5
    };
    (down < 520).then(|| (cone(260, 470), cone(940, 790))).and_then(|lit| match lit {
        (true, true) => Some([92, 84, 74]),
        (true, false) | (false, true) => Some([58, 56, 60]),
        (false, false) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_site_is_the_same_each_time_and_its_author_is_quoted() {
        let site = NewSite {
            title: "Notes: a \"blog\"".to_owned(),
            author: "A. *B*".to_owned(),
            base_url: "https://example.org/".to_owned(),
            today: "2026-02-03T09:05:00+01:00[+01:00]".parse().unwrap(),
        };
        let files = site_files(&site).unwrap();
        assert_eq!(files, site_files(&site).unwrap());
        let text = |path: &str| {
            let (_, bytes) = files.iter().find(|(name, _)| *name == path).unwrap();
            String::from_utf8(bytes.clone()).unwrap()
        };
        assert!(
            text("hallway.yaml").contains("title: \"Notes: a \\\"blog\\\"\"\n"),
            "{}",
            text("hallway.yaml")
        );
        assert!(text("content/about.md").contains("I am A. \\*B\\*."));
        let (_, picture) = files.iter().find(|(name, _)| name.ends_with(".png")).unwrap();
        assert!(picture.len() < 30_000, "{}", picture.len());
    }
}
