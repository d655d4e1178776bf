//! What each stage costs: front matter, Markdown, pages, a whole build. Run with `cargo bench`.
//!
//! The texts are those of `generate`. Whole programs, and Hugo, are compared by `benches/compare`; the
//! figures here say where the time goes.

mod site;

use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Reports that one iteration of a stage's bench goes through: enough for every language and element.
const REPORTS: usize = 100;

#[divan::bench]
fn front_matter(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let config = library::config();
    bencher.counter(ItemsCount::new(REPORTS)).bench_local(|| {
        for text in &texts {
            black_box(library::front_matter(black_box(text), &config));
        }
    });
}

#[divan::bench]
fn markdown(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let bodies: Vec<&str> = texts.iter().map(|text| body(text)).collect();
    let bytes: usize = bodies.iter().map(|body| body.len()).sum();
    bencher.counter(ItemsCount::new(REPORTS)).counter(BytesCount::new(bytes)).bench_local(|| {
        for body in &bodies {
            black_box(library::markdown(black_box(body)));
        }
    });
}

/// Articles, pages, lists and feeds of a site that is assembled already.
#[divan::bench(sample_count = 20)]
fn render(bencher: Bencher<'_, '_>) {
    with_site(REPORTS, |folder| {
        let site = library::site(folder);
        bencher.counter(ItemsCount::new(REPORTS)).bench_local(|| library::render(&site));
    });
}

/// All stages from files to outputs in memory; nothing is written.
#[divan::bench(args = [100, 1_000], sample_count = 10)]
fn build(bencher: Bencher<'_, '_>, reports: usize) {
    with_site(reports, |folder| {
        bencher.counter(ItemsCount::new(reports)).bench_local(|| library::build(folder));
    });
}

fn texts() -> Vec<String> {
    (0..REPORTS).map(|number| site::post(number, false).text).collect()
}

/// The Markdown below the front matter.
fn body(text: &str) -> &str {
    text.splitn(3, "---\n").nth(2).unwrap_or(text)
}

/// Lends a site on the disk.
fn with_site(reports: usize, f: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    site::write(folder.path(), reports, 0).expect("a site in the temporary folder");
    f(folder.path());
}

/// The calls into the library, each in one place.
mod library {
    use std::path::Path;
    use std::sync::Arc;

    use hallway::config::{self, Config};
    use hallway::markdown::MarkdownOptions;
    use hallway::page;
    use hallway::path::SourcePath;
    use hallway::pipeline::{self, Request};
    use hallway::site::Site;
    use hallway::source::Document;
    use hallway::theme::Theme;
    use jiff::Timestamp;

    pub(super) fn config() -> Config {
        Config::clone(config::load(&[], false).expect("no configuration is a good one").0.general())
    }

    pub(super) fn front_matter(text: &str, config: &Config) -> impl Sized + use<> {
        let path = SourcePath::new("blog/report/index.md");
        let history = Default::default();
        page::parse(
            Document { source: path.clone(), path, language: 0, text: text.to_owned(), history },
            config,
        )
    }

    pub(super) fn markdown(text: &str) -> impl Sized + use<> {
        hallway::markdown::render(text, &MarkdownOptions::default())
    }

    pub(super) fn site(folder: &Path) -> Arc<Site> {
        build(folder).site
    }

    pub(super) fn render(site: &Arc<Site>) -> impl Sized + use<> {
        hallway::render::render(site, &Theme::of(&[], &[]), &[])
    }

    pub(super) fn build(folder: &Path) -> pipeline::Build {
        let request = Request::of(folder.to_owned(), Timestamp::MAX);
        let inputs = pipeline::read(&request, &[]).expect("the made-up site can be read");
        pipeline::compile(inputs, request.now)
    }
}
