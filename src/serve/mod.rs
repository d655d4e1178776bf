//! Shows a site in the browser while it is written: builds in memory, answers requests, tells the open tabs what changed.
//!
//! `watch` sees files change, `builder` turns that into generations of the site, `answer` looks up in the one that is
//! shown, `http` speaks with browsers, `live.js` is the part of all this that runs in them. What is served are the bytes
//! of a build; only the client script is put into pages on their way out.

mod address;
mod answer;
mod box_picture;
mod builder;
mod client;
mod error_page;
mod http;
mod news;
mod watch;

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use jiff::Timestamp;

use crate::diag::Diagnostic;
use crate::digest::Digest;
use crate::image;
use crate::output::PictureMaker;
use crate::pipeline::{self, Failure, FailureKind, Request};
use crate::preview;

use answer::Shown;
use builder::{Builder, Signal};
use client::CLIENT;
use http::{Hub, Limits, Listener, Rules, Script, Stop};

/// How a site is shown.
#[derive(Debug, Clone)]
pub struct Options {
    /// Address to listen on.
    pub bind: IpAddr,
    /// Port to listen on; 0 takes any.
    pub port: u16,
    /// Whether another port will not do.
    pub is_port_strict: bool,
    /// Names besides local ones that the server may be called by.
    pub allowed_hosts: Vec<String>,
    /// Whether open tabs follow the site.
    pub reloads: bool,
    /// Whether a tab goes to the page that was just saved.
    pub navigates: bool,
    /// Whether files are looked at again and again in place of being watched.
    pub polls: bool,
    /// The instant to build for, in place of the clock's.
    pub fixed_now: Option<Timestamp>,
    /// Reads the clock.
    pub clock: fn() -> Timestamp,
}

/// What the author is told while the site is shown.
#[derive(Debug)]
pub enum Notice<'a> {
    /// The site can be looked at.
    Ready {
        /// The address on this machine, base path included.
        url: String,
        /// The address for other machines of the network, where the server listens to them.
        network_url: Option<String>,
        /// The port that was wanted and is taken.
        taken_port: Option<u16>,
        /// Pages of all kinds, slices of lists included; 0 while the site cannot be shown.
        pages: usize,
        /// How long it took to get there.
        elapsed: Duration,
    },
    /// Files have changed, and the site with them.
    Rebuilt {
        /// The files.
        sources: &'a [String],
        /// How long it took from hearing of it.
        elapsed: Duration,
    },
    /// Something is wrong with what changed, or with the whole site.
    Problems {
        /// What is wrong.
        diagnostics: &'a [Diagnostic],
        /// What is shown in spite of it.
        standing: Standing,
    },
    /// Nothing is wrong any more.
    Mended,
    /// The system will not watch the files: they are looked at again and again.
    Polling(String),
    /// The server has stopped.
    Stopped,
}

/// What is shown while something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The files as they are.
    Current,
    /// The last good state of the site.
    LastGood,
    /// The mistakes alone: there was no good state yet.
    Nothing,
}

/// Tells the author something, from any thread.
pub type Tell = Arc<dyn Fn(&Notice<'_>) + Send + Sync>;

/// Shows a site until it is told to stop by Ctrl-C or SIGTERM.
///
/// # Errors
/// There is no site, the port cannot be had, or the cache cannot be made.
pub fn serve(request: Request, options: &Options, tell: &Tell) -> Result<(), Failure> {
    // Before anything is made, so that a mistyped folder stays as it is.
    let memory_bytes = match pipeline::configure(&request) {
        Err(failure) if preview::is_hopeless(&failure) => return Err(failure),
        Err(_) => image::Limits::default().memory_bytes,
        Ok(configured) => configured.configs.general().imaging.limits.memory_bytes,
    };
    let listener = listen(options)?;
    let cache = pipeline::open_cache(&request)?;
    let skip = vec![cache.folder().to_owned()];
    let shown = Arc::new(Shown::new(PictureMaker::new(cache, memory_bytes), options.reloads));
    let hub = Arc::new(Hub::default());
    let program = Digest::of(format!("{} {}", std::process::id(), (options.clock)()).as_bytes()).short();
    let mut builder =
        Builder::new(request, skip, Arc::clone(&shown), Arc::clone(&hub), program, options, Arc::clone(tell));
    builder.start(listener.address())?;
    let (sender, receiver) = mpsc::channel();
    let stop_sender = sender.clone();
    let building = std::thread::spawn(move || builder.run(sender, &receiver));
    let script = Script { text: CLIENT, etag: Digest::of(CLIENT.as_bytes()).short() };
    let rules = Rules { allowed_hosts: options.allowed_hosts.clone(), script, limits: Limits::default() };
    let stop = Stop::new();
    stop.tell_at_signals().map_err(|error| unreachable_port(options, &error))?;
    let served = http::serve(listener, shown, hub, rules, stop);
    // The builder ends by itself where it has come to a stop.
    let _ = stop_sender.send(Signal::Stop);
    let _ = building.join();
    tell(&Notice::Stopped);
    served.map_err(|error| unreachable_port(options, &error))
}

fn listen(options: &Options) -> Result<Listener, Failure> {
    Listener::bind(options.bind, options.port, options.is_port_strict)
        .map_err(|error| unreachable_port(options, &error))
}

fn unreachable_port(options: &Options, error: &std::io::Error) -> Failure {
    let address = SocketAddr::new(options.bind, options.port);
    let problem = Diagnostic::error("port-unavailable", format!("cannot listen on {address}: {error}"))
        .hint("choose another port with `--port`, or let the system choose with `--port 0`");
    Failure { kind: FailureKind::Io, diagnostics: vec![problem] }
}
