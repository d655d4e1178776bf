//! What the command line accepts. Hugo's spellings are aliases, so that scripts written for it carry on.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::LazyLock;

use clap::{Args, Parser, Subcommand, ValueEnum};
use hallway::config::{Host, Hosting, Include};
use hallway::markdown::shortcode::Unknown;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub(crate) const AFTER_HELP: &str = "\
Exit codes:
  0  everything went well
  1  the content has problems
  2  the command was not understood, or there is no site
  3  the configuration has problems
  4  a file cannot be read or written
  5  the other side failed: a server that is published to, or another run is at it";

const BUILD_EXAMPLES: &str = "\
Examples:
  hallway build                        build the site in this folder into ./public
  hallway build my-posts -d out        build a folder of Markdown posts into ./out
  hallway build -D -F                  with drafts and posts that are not yet due
  hallway build --strict               fail on warnings too, as a CI job may want to
  hallway build --clock 2026-02-01     as it will be on that day
  hallway build --format json          one JSON object a line, for programs";

const SERVE_EXAMPLES: &str = "\
Examples:
  hallway serve                        show the site in this folder at http://127.0.0.1:1313/
  hallway serve --open -D              with drafts, and open the browser
  hallway serve --navigate             the tab goes to the post that was just saved
  hallway serve --bind 0.0.0.0         for the phone in the same network too";

/// Returns the version and, because builds differ in them, the codecs.
fn long_version() -> &'static str {
    static TEXT: LazyLock<String> =
        LazyLock::new(|| format!("{}\n{}", env!("CARGO_PKG_VERSION"), hallway::image::CODECS));
    &TEXT
}

/// Builds the blogs of people who go to conferences and report from them.
#[derive(Debug, Parser)]
#[command(name = "hallway", version, long_version = long_version(), after_help = AFTER_HELP, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Turn a folder of reports into a website
    #[command(after_help = BUILD_EXAMPLES)]
    Build(BuildArguments),
    /// Show a site in the browser while it is written
    #[command(visible_alias = "server", after_help = SERVE_EXAMPLES)]
    Serve(ServeArguments),
    /// Look for broken links, missing pictures and other mistakes in a site
    #[command(after_help = super::check::CHECK_EXAMPLES)]
    Check(super::check::CheckArguments),
    /// Put the site where readers find it
    #[command(visible_alias = "deploy", after_help = super::publish::PUBLISH_EXAMPLES)]
    Publish(super::publish::PublishArguments),
    /// Remove the built site, or finished pictures from the cache
    #[command(after_help = super::clean::CLEAN_EXAMPLES)]
    Clean(super::clean::CleanArguments),
    /// List the pages of a site
    #[command(after_help = super::list::LIST_EXAMPLES)]
    List(super::list::ListArguments),
    /// Start a site, or tell what of a Hugo site is served
    #[command(after_help = super::init::INIT_EXAMPLES)]
    Init(super::init::InitArguments),
    /// Start a new file of a site
    #[command(subcommand)]
    New(super::new::NewCommand),
    /// Read what others publish, such as the schedule of a conference
    #[command(subcommand)]
    Import(super::import::ImportCommand),
    /// List what of the theme can be replaced, or copy it
    #[command(subcommand)]
    Theme(super::theme::ThemeCommand),
    /// Tell whether a file or address is published, by which rule, and what made it
    #[command(after_help = super::why::WHY_EXAMPLES)]
    Why(super::why::WhyArguments),
    /// Show every value of the configuration, and who set it
    #[command(after_help = super::config::CONFIG_EXAMPLES)]
    Config(super::config::ConfigArguments),
    /// Tell what this machine has that builds depend on, or what posts could say of events
    #[command(after_help = super::doctor::DOCTOR_EXAMPLES)]
    Doctor(super::doctor::DoctorArguments),
    /// Tell what a message means
    #[command(after_help = super::explain::EXPLAIN_EXAMPLES)]
    Explain(super::explain::ExplainArguments),
    /// Write the JSON Schema of configuration or front matter
    #[command(after_help = super::schema::SCHEMA_EXAMPLES)]
    Schema(super::schema::SchemaArguments),
    /// Write completions for a shell
    #[command(after_help = super::shells::COMPLETIONS_EXAMPLES)]
    Completions(super::shells::CompletionsArguments),
    /// Write the manual pages
    #[command(after_help = super::shells::MAN_EXAMPLES)]
    Man(super::shells::ManArguments),
}

/// Where the site is, and what of it is wanted.
#[derive(Debug, Args)]
pub(crate) struct SiteArguments {
    /// Folder of the site, or any folder of Markdown files [default: this folder]
    #[arg(value_name = "SITE")]
    pub(crate) site: Option<PathBuf>,

    /// Folder of the site, in Hugo's spelling: a relative destination is then inside it
    #[arg(short = 's', long, value_name = "DIR", conflicts_with = "site")]
    pub(crate) source: Option<PathBuf>,

    /// Take this instant for now, such as 2026-02-01 or 2026-02-01T09:00:00Z
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) clock: Option<Timestamp>,
}

/// Who serves the site.
#[derive(Debug, Args)]
pub(crate) struct HostingArguments {
    /// Write the files that this host reads: github, gitlab, netlify, cloudflare or codeberg
    #[arg(long, value_name = "HOST", value_parser = host)]
    pub(crate) host: Option<Host>,

    /// Write compressed files (.br, .gz) beside all texts, for servers that hand them out
    #[arg(long)]
    pub(crate) precompress: bool,
}

impl HostingArguments {
    pub(crate) fn hosting(&self) -> Hosting {
        Hosting { host: self.host, precompresses: self.precompress }
    }
}

pub(crate) fn host(name: &str) -> Result<Host, String> {
    let names = Host::ALL.map(Host::name).join(", ");
    Host::named(name).ok_or_else(|| format!("there are {names}"))
}

/// What a site is built as.
#[derive(Debug, Args)]
pub(crate) struct PageArguments {
    /// Address the site is published at, in place of the configured one
    #[arg(short, long, value_name = "URL", visible_alias = "baseURL")]
    pub(crate) base_url: Option<String>,

    /// Build drafts too
    #[arg(short = 'D', long, visible_alias = "buildDrafts")]
    pub(crate) drafts: bool,

    /// Build posts too whose publish date is still to come
    #[arg(short = 'F', long, visible_alias = "buildFuture")]
    pub(crate) future: bool,

    /// Build posts too that have expired
    #[arg(short = 'E', long, visible_alias = "buildExpired")]
    pub(crate) expired: bool,

    /// What becomes of shortcodes that there is no template for [default: error]
    #[arg(long, value_enum, value_name = "RULE")]
    pub(crate) unknown_shortcodes: Option<UnknownShortcodes>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UnknownShortcodes {
    /// They end the build
    Error,
    /// They are left out, with all that is between their tags
    Warn,
    /// What is between their tags is kept, and the place marked
    Inner,
}

impl From<UnknownShortcodes> for Unknown {
    fn from(rule: UnknownShortcodes) -> Self {
        match rule {
            UnknownShortcodes::Error => Self::Error,
            UnknownShortcodes::Warn => Self::Warn,
            UnknownShortcodes::Inner => Self::Inner,
        }
    }
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one switch a flag of the command line")]
pub(crate) struct BuildArguments {
    #[command(flatten)]
    pub(crate) site: SiteArguments,

    /// Folder to write the site into [default: public inside the site]
    #[arg(short, long, value_name = "DIR")]
    pub(crate) destination: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) pages: PageArguments,

    /// Work on this many things at once [default: as many as there are cores]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) jobs: Option<u16>,

    /// Take warnings for errors
    #[arg(long)]
    pub(crate) strict: bool,

    /// Remove files from the destination too that Hallway did not write (hidden ones stay)
    #[arg(long, alias = "cleanDestinationDir")]
    pub(crate) clean_destination: bool,

    /// Folder for what took long to make, or a bucket (s3://…) that machines share [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    pub(crate) cache_dir: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) hosting: HostingArguments,

    /// How to tell what was done
    #[arg(long, value_enum, default_value_t = ReportFormat::Human)]
    pub(crate) format: ReportFormat,

    /// Tell problems only
    #[arg(short, long, conflicts_with = "verbose")]
    pub(crate) quiet: bool,

    /// Tell every page that was left out
    #[arg(short, long)]
    pub(crate) verbose: bool,

    // Switches of Hugo that ask for what is done anyway.
    /// Hugo's switch for smaller files; accepted and without effect
    #[arg(long, hide = true)]
    pub(crate) minify: bool,
    /// Hugo's switch for cleaning its cache; accepted and without effect
    #[arg(long, hide = true)]
    pub(crate) gc: bool,
    /// Hugo's choice of a configuration folder; accepted and without effect
    #[arg(short, long, hide = true)]
    pub(crate) environment: Option<String>,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "one switch a flag of the command line")]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    pub(crate) site: SiteArguments,

    /// Port to listen on; 0 takes any that is free
    #[arg(short, long, value_name = "PORT", default_value_t = 1313)]
    pub(crate) port: u16,

    /// Fail if the port is taken, in place of trying the next
    #[arg(long)]
    pub(crate) strict_port: bool,

    /// Address to listen on; others than this machine can reach the site unless it is a local one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = bind_address)]
    pub(crate) bind: IpAddr,

    /// Name besides local ones that the server may be called by; `.example.org` allows all below it
    #[arg(long = "allow-host", value_name = "NAME")]
    pub(crate) allowed_hosts: Vec<String>,

    /// Open the site in the browser
    #[arg(long, visible_alias = "openBrowser")]
    pub(crate) open: bool,

    /// Go to the page that was just saved
    #[arg(long, visible_alias = "navigateToChanged")]
    pub(crate) navigate: bool,

    /// Serve the pages as they are built, and let open tabs be
    #[arg(long)]
    pub(crate) no_reload: bool,

    /// Look at the files again and again, where changes are not told by the system
    #[arg(long)]
    pub(crate) poll: bool,

    #[command(flatten)]
    pub(crate) pages: PageArguments,

    /// Folder for what took long to make [default: .hallway inside the site]
    #[arg(long, value_name = "DIR", alias = "cacheDir")]
    pub(crate) cache_dir: Option<PathBuf>,

    /// Tell problems only
    #[arg(short, long)]
    pub(crate) quiet: bool,

    // Switches of Hugo that ask for what is done anyway.
    /// Hugo's switch for rendering everything; accepted and without effect
    #[arg(long, hide = true, alias = "disableFastRender")]
    pub(crate) disable_fast_render: bool,
    /// Hugo's switch for building in memory; accepted and without effect
    #[arg(long, hide = true, aliases = ["renderToMemory", "memory", "renderInMemory"])]
    pub(crate) render_to_memory: bool,
    /// Hugo's switch for watching; accepted and without effect
    #[arg(short, long, hide = true)]
    pub(crate) watch: bool,
    /// Hugo's switch for smaller files; accepted and without effect
    #[arg(long, hide = true)]
    pub(crate) minify: bool,
    /// Hugo's switch for cleaning its cache; accepted and without effect
    #[arg(long, hide = true)]
    pub(crate) gc: bool,
    /// Hugo's choice of a configuration folder; accepted and without effect
    #[arg(short, long, hide = true)]
    pub(crate) environment: Option<String>,
    /// Hugo's switch against caching; accepted and without effect
    #[arg(long, hide = true, alias = "noHTTPCache")]
    pub(crate) no_http_cache: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Text for people, on stderr
    Human,
    /// One JSON object a line, on stdout
    Json,
}

/// Reads the address of a network interface; `localhost` is the one of this machine.
fn bind_address(text: &str) -> Result<IpAddr, String> {
    if text.eq_ignore_ascii_case("localhost") {
        return Ok(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    text.parse().map_err(|_| "write an IP address, such as 127.0.0.1 or 0.0.0.0".to_owned())
}

/// Reads an instant as front matter writes dates.
pub(crate) fn instant(text: &str) -> Result<Timestamp, String> {
    hallway::date::parse(text, &TimeZone::UTC)
        .map(|date| date.timestamp())
        .ok_or_else(|| "write it as 2026-02-01 or 2026-02-01T09:00:00Z".to_owned())
}

impl PageArguments {
    /// Returns the pages that are wanted besides the published ones.
    pub(crate) fn include(&self) -> Include {
        Include { drafts: self.drafts, future: self.future, expired: self.expired }
    }
}

impl SiteArguments {
    /// Returns the folder of the site.
    pub(crate) fn root(&self) -> PathBuf {
        self.site.clone().or_else(|| self.source.clone()).unwrap_or_else(|| PathBuf::from("."))
    }

    /// Returns the instant to build for: the given one, or now.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.unwrap_or_else(clock)
    }
}

/// Reads the clock, which happens here and nowhere else.
#[expect(clippy::disallowed_methods, reason = "the command line reads the clock, for everybody")]
pub(crate) fn clock() -> Timestamp {
    Timestamp::now()
}
