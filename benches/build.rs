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
    bencher.counter(ItemsCount::new(REPORTS)).bench_local(|| {
        for text in &texts {
            black_box(library::front_matter(black_box(text)));
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

/// Templates alone: pages, lists and feeds of a site whose texts are rendered already.
#[divan::bench(sample_count = 20)]
fn pages(bencher: Bencher<'_, '_>) {
    with_site(REPORTS, |folder| {
        let site = library::site(folder);
        bencher.counter(ItemsCount::new(REPORTS)).bench_local(|| library::pages(&site));
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

    use hallway::markdown::MarkdownOptions;

    pub(super) fn front_matter(text: &str) -> impl Sized {
        hallway::page::parse_front_matter(text)
    }

    pub(super) fn markdown(text: &str) -> impl Sized {
        hallway::markdown::render(text, &MarkdownOptions::default())
    }

    pub(super) fn site(folder: &Path) -> hallway::pipeline::Rendered {
        hallway::pipeline::render(folder).expect("the made-up site has no mistakes")
    }

    pub(super) fn pages(site: &hallway::pipeline::Rendered) -> impl Sized + use<> {
        hallway::pipeline::emit(site)
    }

    pub(super) fn build(folder: &Path) -> impl Sized + use<> {
        hallway::pipeline::build(folder).expect("the made-up site has no mistakes")
    }
}
