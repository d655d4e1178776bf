//! Hosts of static sites that want files of their own beside the pages.

use super::ConfigFile;
use super::keys::place;
use crate::diag::{Diagnostic, nearest};

/// A host of static sites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// GitHub Pages: `.nojekyll`, and `CNAME` for a domain of one's own.
    GitHub,
    /// GitLab Pages: compressed files beside the pages.
    GitLab,
    /// Netlify: `_headers` and `_redirects`.
    Netlify,
    /// Cloudflare Pages: `_headers` and `_redirects`, within its limits.
    Cloudflare,
    /// Codeberg Pages: `.domains` for a domain of one's own.
    Codeberg,
}

/// Which files a site has beside its pages, for those who serve it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hosting {
    /// Who serves it, where that is known.
    pub host: Option<Host>,
    /// Whether every text is there compressed, too.
    pub precompresses: bool,
}

impl Host {
    /// All hosts.
    pub const ALL: [Self; 5] = [Self::GitHub, Self::GitLab, Self::Netlify, Self::Cloudflare, Self::Codeberg];

    /// Returns the name in configuration and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::GitHub => "github",
            Self::GitLab => "gitlab",
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::Codeberg => "codeberg",
        }
    }

    /// Finds a host by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|host| host.name().eq_ignore_ascii_case(name))
    }
}

impl Hosting {
    /// Returns this, as far as it says something, over another.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self { host: self.host.or(other.host), precompresses: self.precompresses || other.precompresses }
    }

    /// Says whether compressed files are made: GitLab Pages serves them.
    pub fn makes_compressed(self) -> bool {
        self.precompresses || self.host == Some(Host::GitLab)
    }
}

/// Reads `deployment.host`.
pub(super) fn read_host(name: &str, files: &[ConfigFile]) -> Result<Host, Diagnostic> {
    Host::named(name).ok_or_else(|| {
        let names = Host::ALL.map(Host::name);
        let near = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
        let hint =
            near.unwrap_or_else(|| format!("there are {}", names.map(|name| format!("`{name}`")).join(", ")));
        Diagnostic::error("config-deployment", format!("`deployment.host` cannot be `{name}`"))
            .at(place("host", files))
            .hint(hint)
    })
}
