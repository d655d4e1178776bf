//! `hallway serve`.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use hallway::pipeline::Request;
use hallway::serve::{self, Notice, Options, Standing};

use super::args::{ServeArguments, clock};
use super::build::user_cache;
use super::report::{self, ERROR, FAINT, GOOD, HINT, WARNING, counted, say, took};
use super::{Exit, caches, program};

/// Most names of changed files in one line.
const NAMES_MAX: usize = 3;

/// Shows a site until Ctrl-C.
pub(crate) fn run(arguments: &ServeArguments) -> Exit {
    let request = request(arguments);
    let root = request.root.clone();
    let options = Options {
        bind: arguments.bind,
        port: arguments.port,
        is_port_strict: arguments.strict_port,
        allowed_hosts: arguments.allowed_hosts.clone(),
        reloads: !arguments.no_reload,
        navigates: arguments.navigate,
        polls: arguments.poll,
        fixed_now: arguments.site.clock,
        clock,
    };
    let (opens, is_quiet) = (arguments.open, arguments.quiet);
    let tell = move |notice: &Notice<'_>| tell(notice, &root, opens, is_quiet);
    match serve::serve(request, &options, &(Arc::new(tell) as serve::Tell)) {
        Ok(()) => Exit::Ok,
        Err(failure) => {
            report::warn(&failure.diagnostics, &arguments.site.root());
            failure.kind.into()
        }
    }
}

fn request(arguments: &ServeArguments) -> Request {
    let root = arguments.site.root();
    Request {
        base_url: arguments.pages.base_url.clone(),
        include: arguments.pages.include(),
        cache: caches::folder(arguments.cache_dir.as_ref()),
        fallback_cache: user_cache(&root),
        unknown_shortcodes: arguments.pages.unknown_shortcodes.map(Into::into),
        program: program(),
        ..Request::of(root.clone(), arguments.site.now())
    }
}

fn tell(notice: &Notice<'_>, root: &Path, opens: bool, is_quiet: bool) {
    match notice {
        Notice::Ready { .. } => ready(notice, opens),
        Notice::Rebuilt { sources, elapsed } if !is_quiet => {
            say(&format!("{} {FAINT}({}){FAINT:#}\n", names(sources), took(*elapsed)));
        }
        Notice::Problems { diagnostics, standing } => {
            report::warn(diagnostics, root);
            say(&match standing {
                Standing::Current => String::new(),
                Standing::LastGood => {
                    format!("{ERROR}not shown{ERROR:#}: the last good state stays until this is mended\n")
                }
                Standing::Nothing => format!("{ERROR}nothing to show{ERROR:#} until this is mended\n"),
            });
        }
        Notice::Mended => say(&format!("{GOOD}mended{GOOD:#}\n")),
        Notice::Polling(reason) => say(&format!(
            "{WARNING}warning{WARNING:#}: files cannot be watched ({reason}): they are looked at twice a second instead\n"
        )),
        Notice::Stopped if !is_quiet => say("stopped\n"),
        Notice::Rebuilt { .. } | Notice::Stopped => {}
    }
}

fn ready(notice: &Notice<'_>, opens: bool) {
    let Notice::Ready { url, network_url, taken_port, pages, elapsed } = notice else {
        return;
    };
    if let Some(port) = taken_port {
        say(&format!(
            "{HINT}hint{HINT:#}: port {port} is taken, so another one is used (--strict-port fails instead)\n"
        ));
    }
    // The address is data: scripts read it.
    let what = if *pages == 0 { "no page yet".to_owned() } else { counted(*pages, "page") };
    let address = format!("serving {what} at {url} ({})\n", took(*elapsed));
    // Whoever closed the pipe does not want to hear of it.
    let _ = std::io::stdout().write_all(address.as_bytes());
    let _ = std::io::stdout().flush();
    if let Some(network_url) = network_url {
        say(&format!(
            "{WARNING}warning{WARNING:#}: everybody in your network can see the site at {network_url}\n"
        ));
    }
    say(&format!("{FAINT}Ctrl-C stops{FAINT:#}\n"));
    if opens && let Err(error) = open::that_detached(url) {
        say(&format!("{WARNING}warning{WARNING:#}: no browser can be opened: {error}\n"));
    }
}

/// Names the files that changed, as far as they fit into a line.
fn names(sources: &[String]) -> String {
    let shown: Vec<&str> = sources.iter().take(NAMES_MAX).map(String::as_str).collect();
    let more = sources.len().saturating_sub(NAMES_MAX);
    let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{GOOD}changed{GOOD:#} {}{rest}", shown.join(", "))
}
