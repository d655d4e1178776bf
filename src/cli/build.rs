//! `hallway build`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use hallway::digest::Digest;
use hallway::pipeline::{self, Request};

use super::args::{BuildArguments, ReportFormat};
use super::progress::Progress;
use super::{Exit, caches, program, report};

/// Builds a site and tells about it.
pub(crate) fn run(arguments: &BuildArguments) -> Exit {
    #[expect(clippy::disallowed_methods, reason = "the command line tells how long a build took")]
    let started = Instant::now();
    if let Some(jobs) = arguments.jobs {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs));
        if let Err(error) = pool.build_global() {
            report::complain(&format!("cannot start {jobs} threads: {error}"));
            return Exit::Io;
        }
    }
    let mut request = request(arguments);
    if let Err(exit) = caches::share(&mut request, arguments.cache_dir.as_ref()) {
        return exit;
    }
    let shows_progress = arguments.format == ReportFormat::Human && !arguments.quiet;
    let progress = Progress::start(shows_progress);
    let result = pipeline::build_into_folder(&request, &|stage| progress.tell(stage));
    progress.finish();
    let elapsed = started.elapsed();
    match (result, arguments.format) {
        (Ok(built), ReportFormat::Human) => report::human(&built, &request.root, elapsed, arguments),
        (Ok(built), ReportFormat::Json) => report::json(&built, elapsed),
        (Err(failure), ReportFormat::Human) => {
            report::human_failure(&failure, &request.root, arguments.strict);
            return failure.kind.into();
        }
        (Err(failure), ReportFormat::Json) => {
            report::json_failure(&failure, elapsed);
            return failure.kind.into();
        }
    }
    Exit::Ok
}

/// Returns a folder in the user's own cache (XDG Base Directory Specification), for sites that cannot be written.
#[expect(clippy::disallowed_methods, reason = "the environment is the command line's business")]
pub(crate) fn user_cache(root: &Path) -> Option<PathBuf> {
    let home = || std::env::var("HOME").ok().map(|home| PathBuf::from(home).join(".cache"));
    let caches = std::env::var("XDG_CACHE_HOME")
        .ok()
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(home)?;
    let site = root.canonicalize().ok()?;
    Some(caches.join("hallway").join(Digest::of(site.to_string_lossy().as_bytes()).short()))
}

fn request(arguments: &BuildArguments) -> Request {
    let root = arguments.site.root();
    // With Hugo's `-s`, a relative destination counts from the site; with our SITE, from the current folder.
    let destination = arguments.destination.clone().map(|destination| {
        if arguments.site.source.is_some() { root.join(destination) } else { destination }
    });
    Request {
        root: root.clone(),
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        destination,
        cache: caches::folder(arguments.cache_dir.as_ref()),
        fallback_cache: user_cache(&root),
        shared: None,
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        now: arguments.site.now(),
        strict: arguments.strict,
        clean_destination: arguments.clean_destination,
        hosting: arguments.hosting.hosting(),
        program: program(),
    }
}
