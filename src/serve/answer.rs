//! Answers requests from the outputs of the generation that is shown.
//!
//! A path is looked up in the list of outputs and nowhere else, so nothing but the built site can be had. Adds the client
//! script to pages on their way out; what is built stays as it is.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::http::{Answer, Answers, Body, Bytes, Payload};
use super::{box_picture, error_page};
use crate::config::Config;
use crate::diag::Diagnostic;
use crate::digest::{Digest, Digester};
use crate::image::MetadataPolicy;
use crate::media::media_type;
use crate::output::{Class, PictureMaker, Variant, publishable};
use crate::path::{BaseUrl, OutputPath, Route};
use crate::preview::Generation;
use crate::render::{Found, PLACEHOLDERS, Ready};
use crate::source::{Asset, read_asset};
use crate::text::escape_html;

/// Pages that were asked for lately and are checked before a new generation is shown.
const RECENT_MAX: usize = 12;

/// What the server shows, shared between the builder and the requests.
#[derive(Debug)]
pub(super) struct Shown {
    state: RwLock<State>,
    pictures: PictureMaker,
    recent: Mutex<Vec<OutputPath>>,
    /// Whether pages carry the client script.
    has_script: bool,
}

#[derive(Debug, Default)]
pub(super) struct State {
    /// The generation that is shown.
    pub(super) generation: Option<Arc<Generation>>,
    /// The last one in which every page can be made; it stands in for pages of a newer one that cannot.
    pub(super) good: Option<Arc<Generation>>,
    /// What holds the site back, or is wrong with pages of the generation.
    pub(super) problems: Vec<Diagnostic>,
}

/// How a page is found: what is there, or why it cannot be made.
type Looked = Result<Option<Found>, Diagnostic>;

impl Shown {
    pub(super) fn new(pictures: PictureMaker, has_script: bool) -> Self {
        Self { state: RwLock::default(), pictures, recent: Mutex::default(), has_script }
    }

    /// Changes what is shown.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns something of what is shown.
    pub(super) fn get<T>(&self, get: impl FnOnce(&State) -> T) -> T {
        get(&self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the pages that were asked for lately.
    pub(super) fn recent(&self) -> Vec<OutputPath> {
        self.recent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn remember(&self, path: &OutputPath) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|known| known != path);
        recent.insert(0, path.clone());
        recent.truncate(RECENT_MAX);
    }

    /// Looks a path up in the generation that is shown; where a page cannot be made, in the last good one.
    fn look(&self, generation: &Generation, good: Option<&Generation>, path: &OutputPath) -> Looked {
        let found = generation.live.find(path);
        // Findings are told by the check of a generation, not by whoever looks at it.
        generation.live.take_diagnostics();
        match (found, good) {
            (Err(problem), Some(good)) if good.number != generation.number => match good.live.find(path) {
                Ok(Some(found)) => Ok(Some(found)),
                _ => Err(problem),
            },
            (found, _) => found,
        }
    }

    fn page(&self, ready: &Ready, media_type: &str, base: &BaseUrl) -> Payload {
        let is_html = media_type.starts_with("text/html") && ready.class == Class::Page;
        let (etag, bytes) = if is_html && self.has_script {
            // The same page without the script is another one to a browser that has it in its cache.
            let version =
                Digester::new().text(&ready.digest.to_string()).text(&base.to_string()).finish().short();
            let bytes = with_script(&ready.bytes, &version, base);
            (version, Bytes::from(bytes))
        } else {
            (ready.digest.short(), Bytes::copy_from_slice(&ready.bytes))
        };
        Payload { media_type: media_type.to_owned(), etag, body: Body::Bytes(bytes) }
    }

    fn payload(&self, found: Found, path: &OutputPath, config: &Config) -> Result<Payload, Diagnostic> {
        let (media_type, metadata) = (media_type(path.as_str()), config.imaging.metadata);
        match found {
            Found::Text(ready) => Ok(self.page(&ready, media_type, &config.base_url)),
            Found::File(asset) => Ok(file(&asset, media_type)),
            Found::PictureFile(asset, metadata) => picture_file(&asset, metadata, media_type),
            Found::Picture(variant) => self.picture(&variant, media_type, metadata),
            Found::Card(card) => {
                let path = self.pictures.draw(&card)?;
                Ok(made(path, media_type, card.key()))
            }
        }
    }

    fn picture(
        &self,
        variant: &Variant,
        media_type: &str,
        metadata: MetadataPolicy,
    ) -> Result<Payload, Diagnostic> {
        match self.pictures.make(variant) {
            Ok(path) => Ok(made(path, media_type, variant.key())),
            // A picture that nobody asked for is replaced by its original, as in a build.
            Err(_) if !variant.is_asked_for => picture_file(&variant.asset, metadata, media_type),
            Err(problem) => Err(problem),
        }
    }

    /// Answers with the page for addresses that are not there, in the language that the address would have.
    fn not_found(&self, generation: &Generation, base: &BaseUrl, within: &str) -> Answer {
        let folder = within.split('/').next().unwrap_or_default();
        let found = |path: String| generation.live.find(&OutputPath::new(path).ok()?).ok().flatten();
        let page = found(format!("{folder}/404.html")).or_else(|| found("404.html".to_owned()));
        Answer::NotFound(match page {
            Some(Found::Text(ready)) => self.page(&ready, HTML, base),
            Some(Found::File(asset)) => file(&asset, HTML),
            _ => text("There is nothing at this address.\n".to_owned(), "text/plain; charset=utf-8"),
        })
    }

    fn failed(&self, problems: &[Diagnostic], base: &BaseUrl) -> Answer {
        let page = error_page::write(problems);
        let ready = Ready {
            digest: Digest::of(page.as_bytes()),
            bytes: page.into_bytes().into(),
            class: Class::Page,
        };
        Answer::Failed(self.page(&ready, HTML, base))
    }

    /// Answers for a path below the base path of the site.
    fn answer_within(&self, generation: &Generation, good: Option<&Generation>, within: &str) -> Answer {
        let base = &generation.live.site().config.base_url;
        let file = if within.is_empty() || within.ends_with('/') {
            format!("{within}index.html")
        } else {
            within.to_owned()
        };
        let Ok(path) = OutputPath::new(file) else {
            return self.not_found(generation, base, within);
        };
        match self.look(generation, good, &path) {
            Ok(Some(found)) => {
                if matches!(&found, Found::Text(ready) if ready.class == Class::Page) {
                    self.remember(&path);
                }
                match self.payload(found, &path, &generation.live.site().config) {
                    Ok(payload) => Answer::Found(payload),
                    Err(problem) => Answer::Failed(box_payload(&problem)),
                }
            }
            Ok(None) if !within.ends_with('/') && has_folder(generation, within) => {
                Answer::Redirect(base.relative(&Route::new(&format!("/{within}/"))))
            }
            Ok(None) => self.not_found(generation, base, within),
            Err(problem) => self.failed(&[problem], base),
        }
    }
}

impl Answers for Shown {
    fn answer(&self, path: &str) -> Answer {
        let (generation, good) = self.get(|state| (state.generation.clone(), state.good.clone()));
        let Some(generation) = generation else {
            let problems = self.get(|state| state.problems.clone());
            return self.failed(&problems, &BaseUrl::parse("/"));
        };
        if path.starts_with(PLACEHOLDERS) {
            return match generation.live.placeholder(path) {
                Some(text) => Answer::Found(svg(&text)),
                None => self.not_found(&generation, &generation.live.site().config.base_url, ""),
            };
        }
        let base = &generation.live.site().config.base_url;
        match path.strip_prefix(base.path()) {
            Some(within) => self.answer_within(&generation, good.as_deref(), within),
            None if path == "/" || format!("{path}/") == base.path() => {
                Answer::Redirect(base.relative(&Route::home()))
            }
            None => self.not_found(&generation, base, ""),
        }
    }
}

const HTML: &str = "text/html; charset=utf-8";

fn has_folder(generation: &Generation, within: &str) -> bool {
    let index = OutputPath::new(format!("{within}/index.html"));
    index.is_ok_and(|path| generation.live.has(&path))
}

fn file(asset: &Asset, media_type: &str) -> Payload {
    let stamp = format!("{:x}-{:x}", asset.size_bytes, asset.modified_ns);
    let body = Body::File { path: asset.file.clone(), size_bytes: asset.size_bytes };
    Payload { media_type: media_type.to_owned(), etag: stamp, body }
}

/// Answers with a picture of the cache.
fn made(path: PathBuf, media_type: &str, key: Digest) -> Payload {
    let size_bytes = path.metadata().map_or(0, |metadata| metadata.len());
    let body = Body::File { path, size_bytes };
    Payload { media_type: media_type.to_owned(), etag: key.short(), body }
}

/// Answers with a picture file as it is published.
fn picture_file(asset: &Asset, metadata: MetadataPolicy, media_type: &str) -> Result<Payload, Diagnostic> {
    let bytes = read_asset(asset)?;
    let (published, _) = publishable(&bytes, metadata);
    let stamp = format!("{:x}-{:x}-{}", asset.size_bytes, asset.modified_ns, metadata as u8);
    let body = Body::Bytes(Bytes::from(published.into_owned()));
    Ok(Payload { media_type: media_type.to_owned(), etag: stamp, body })
}

fn text(text: String, media_type: &str) -> Payload {
    let etag = Digest::of(text.as_bytes()).short();
    Payload { media_type: media_type.to_owned(), etag, body: Body::Bytes(Bytes::from(text)) }
}

fn svg(problem: &str) -> Payload {
    text(box_picture::draw(problem), "image/svg+xml")
}

fn box_payload(problem: &Diagnostic) -> Payload {
    let place = problem.at.as_ref().map(ToString::to_string).unwrap_or_default();
    svg(&format!("{}\n{}\n{place}", problem.message, problem.hint.as_deref().unwrap_or_default()))
}

/// Puts the client script before the end of the body, or at the end of a page that has none.
fn with_script(page: &[u8], version: &str, base: &BaseUrl) -> Vec<u8> {
    let script = format!(
        "<script src=\"/_hallway/live.js\" data-version=\"{version}\" data-base=\"{}\" data-path=\"{}\" defer></script>",
        escape_html(&base.to_string()),
        escape_html(base.path())
    );
    let at = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    let (before, after) = page.split_at(at);
    [before, script.as_bytes(), after].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let base = BaseUrl::parse("https://example.org/sub/");
        let page = |html: &str| String::from_utf8(with_script(html.as_bytes(), "v1", &base)).unwrap();
        let script = "<script src=\"/_hallway/live.js\" data-version=\"v1\" data-base=\"https://example.org/sub/\" \
                      data-path=\"/sub/\" defer></script>";
        assert_eq!(page("<body>a</body></html>"), format!("<body>a{script}</body></html>"));
        assert_eq!(page("<pre></body></pre></body>"), format!("<pre></body></pre>{script}</body>"));
        assert_eq!(page("a"), format!("a{script}"));
    }
}
