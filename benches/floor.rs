//! The least that a site generator can do: reads, parses, renders and writes each report once, and nothing
//! else.
//!
//! No lists, no feeds, no highlighting, no links between pages, no checks, and every file is written anew.
//! What it costs is mostly the disk's share, so a generator's figures are to be read beside it.
//!
//! Usage: `floor DIR OUT [--jobs N]`, where `DIR` is a site from `generate`; one thread unless told
//! otherwise.

#![expect(clippy::disallowed_methods, reason = "the bare loop reads and writes by itself")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pulldown_cmark::{Options, Parser, html};
use serde::{Deserialize, Serialize};
use tera::{Context, Tera};

/// The keys of front matter that the template prints.
#[derive(Deserialize, Serialize)]
struct FrontMatter {
    title: String,
    date: String,
    description: String,
    tags: Vec<String>,
}

const TEMPLATE: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{{ page.title }}</title>
<meta name="description" content="{{ page.description }}">
</head>
<body>
<main>
<h1>{{ page.title }}</h1>
<p><time datetime="{{ page.date }}">{{ page.date }}</time></p>
{{ content | safe }}
<ul>{% for tag in page.tags %}
<li><a href="/tags/{{ tag }}/">{{ tag }}</a></li>{% endfor %}
</ul>
</main>
</body>
</html>
"#;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (site, out, jobs) = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [site, out] => (site, out, Some(1)),
        [site, out, "--jobs", jobs] => (site, out, jobs.parse().ok()),
        _ => ("", "", None),
    };
    let Some(jobs) = jobs.filter(|&jobs: &usize| jobs > 0) else {
        eprintln!("usage: floor DIR OUT [--jobs N]");
        return ExitCode::from(2);
    };
    match build(Path::new(site), Path::new(out), jobs) {
        Ok(pages) => {
            println!("{pages} pages in {out}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// An error of any kind, of a thread too.
type Failure = Box<dyn Error + Send + Sync>;

/// Renders each bundle of `content/blog/` into a folder of `out` and returns how many there are.
fn build(site: &Path, out: &Path, jobs: usize) -> Result<usize, Failure> {
    let mut tera = Tera::default();
    tera.add_raw_template("page.html", TEMPLATE)?;
    let mut bundles = Vec::new();
    for entry in fs::read_dir(site.join("content/blog"))? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            bundles.push(entry.path());
        }
    }
    let share = bundles.len().div_ceil(jobs).max(1);
    std::thread::scope(|scope| {
        let work = |bundles: &[PathBuf]| bundles.iter().try_for_each(|bundle| page(bundle, out, &tera));
        let workers: Vec<_> = bundles.chunks(share).map(|share| scope.spawn(move || work(share))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a worker panicked")?)
    })?;
    Ok(bundles.len())
}

/// Renders one bundle.
fn page(bundle: &Path, out: &Path, tera: &Tera) -> Result<(), Failure> {
    let text = fs::read_to_string(bundle.join("index.md"))?;
    let (front_matter, markdown) = split(&text).ok_or("front matter is missing")?;
    let page: FrontMatter = serde_yaml::from_str(front_matter)?;
    let mut content = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut content, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    let mut context = Context::new();
    context.insert("page", &page);
    context.insert("content", &content);
    let folder = out.join(bundle.file_name().ok_or("a bundle has a name")?);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), tera.render("page.html", &context)?)?;
    Ok(())
}

/// Splits a text at the two lines of dashes.
fn split(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("---\n")?.split_once("\n---\n")
}
