//! Turns the address of something on another site, or what a shortcode says of it, into an [`Embed`]: the page that a
//! reader is sent to, and the frame that shows it in place once the reader has asked for it.
//!
//! Makes addresses only. Nothing is ever fetched: title and picture are not known.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Something on another site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Embed {
    /// The page that shows it.
    pub(super) url: String,
    /// Address of a frame that shows it in place; none where the other site has none that needs no script of its own.
    pub(super) frame: Option<String>,
    /// Name of the service; the host where it is none that is known.
    pub(super) service: String,
    /// What it is: `video`, `audio`, `slides`, `post`, `code`, `recording`, `photos` or `page`.
    pub(super) kind: &'static str,
    /// Name of its icon.
    pub(super) icon: &'static str,
}

/// The named arguments of a shortcode.
pub(super) type Options<'f> = dyn Fn(&str) -> Option<String> + 'f;

/// Letters and digits, and what an id may have besides.
const ID: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// The same, and what separates the parts of a path.
const PATH: &AsciiSet = &ID.remove(b'/').remove(b'@').remove(b':');
/// What no address may have.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

fn id(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ID).into()
}

fn path(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text.trim_matches('/'), PATH).into()
}

impl Embed {
    fn new(
        service: &str,
        kind: &'static str,
        icon: &'static str,
        url: String,
        frame: Option<String>,
    ) -> Self {
        Self { url, frame, service: service.to_owned(), kind, icon }
    }

    /// Understands what the shortcode of a service says; an id may be an address, too.
    ///
    /// None for a service that is not known.
    pub(super) fn of_service(service: &str, name: &str, options: &Options<'_>) -> Option<Self> {
        if is_address(name) {
            return Some(Self::of_url(name, options));
        }
        let user = || options("user").unwrap_or_default();
        Some(match service {
            "youtube" => youtube(name, options),
            "vimeo" => vimeo(name, options("hash").as_deref()),
            "instagram" => instagram(name),
            "x" => {
                let user =
                    options("user").map_or_else(|| "i/web".to_owned(), |user| path(&user).into_owned());
                Self::new("X", "post", "x-twitter", format!("https://x.com/{user}/status/{}", id(name)), None)
            }
            "gist" => gist(&user(), name, options("file").as_deref()),
            "speakerdeck" if name.contains('/') => speakerdeck(&path(name), None),
            "speakerdeck" => speakerdeck(&format!("player/{}", id(name)), Some(&id(name))),
            "slideshare" => slideshare(name),
            "asciinema" => asciinema(name),
            "flickr" => {
                let url = match options("user") {
                    Some(user) => format!("https://www.flickr.com/photos/{}/{}", path(&user), path(name)),
                    None => format!("https://www.flickr.com/photo.gne?id={}", id(name)),
                };
                Self::new("Flickr", "photos", "flickr", url, None)
            }
            "codepen" => codepen(&user(), name),
            "bunny" => {
                let address = |what: &str| format!("https://iframe.mediadelivery.net/{what}/{}", path(name));
                Self::new("Bunny", "video", "circle-play", address("play"), Some(address("embed")))
            }
            "mastodon" => {
                let host = options("host").or_else(|| options("instance"))?;
                let url = format!("https://{}/{}/{}", path(&host), path(&user()), path(name));
                Self::of_url(&url, options)
            }
            "bluesky" => {
                let handle = options("handle").or_else(|| options("user")).or_else(|| options("did"))?;
                let url = format!("https://bsky.app/profile/{}/post/{}", path(&handle), id(name));
                Self::new("Bluesky", "post", "bluesky", url, None)
            }
            _ => return None,
        })
    }

    /// Understands any address; one of a service that is not known becomes a link with the name of its host.
    pub(super) fn of_url(url: &str, options: &Options<'_>) -> Self {
        let url = utf8_percent_encode(url.trim(), UNSAFE).to_string();
        let url = if url.starts_with("//") { format!("https:{url}") } else { url };
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let (host, rest) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
        let site = host.trim_start_matches("www.").trim_start_matches("m.");
        let query = rest.split_once('?').map_or("", |(_, query)| query.split('#').next().unwrap_or_default());
        let parts: Vec<&str> = rest
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .split('/')
            .filter(|part| !part.is_empty())
            .collect();
        let known = known(&url, site, &parts, query, options);
        known.unwrap_or_else(|| Self::new(site, "page", "arrow-up-right-from-square", url.clone(), None))
    }
}

/// Says whether a text is the address of another site, which only `http` and `https` can be.
pub(super) fn is_address(text: &str) -> bool {
    let starts =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://") || starts("//")
}

fn known(url: &str, site: &str, parts: &[&str], query: &str, options: &Options<'_>) -> Option<Embed> {
    let parameter = |name: &str| query_value(query, name).or_else(|| options(name));
    let video = |name: &str| Some(youtube(&decoded(name), &parameter));
    match (site, parts) {
        ("youtube.com" | "youtube-nocookie.com", ["watch"]) => video(&query_value(query, "v")?),
        ("youtube.com" | "youtube-nocookie.com", ["playlist"]) => {
            Some(playlist(&query_value(query, "list")?))
        }
        ("youtube.com" | "youtube-nocookie.com", ["embed" | "shorts" | "live" | "v", name]) => video(name),
        ("youtu.be", [name]) => video(name),
        ("vimeo.com", [name]) if is_number(name) => Some(vimeo(name, query_value(query, "h").as_deref())),
        ("vimeo.com", [name, hash]) if is_number(name) => Some(vimeo(name, Some(hash))),
        ("player.vimeo.com", ["video", name]) => Some(vimeo(name, query_value(query, "h").as_deref())),
        ("media.ccc.de", ["v", name, ..]) => {
            let url = format!("https://media.ccc.de/v/{name}");
            Some(Embed::new(
                "media.ccc.de",
                "video",
                "circle-play",
                url.clone(),
                Some(format!("{url}/oembed")),
            ))
        }
        (_, ["videos", "watch", name]) => {
            let frame = format!("https://{site}/videos/embed/{name}");
            Some(Embed::new(site, "video", "circle-play", url.to_owned(), Some(frame)))
        }
        ("instagram.com", ["p" | "reel", name, ..]) => Some(instagram(name)),
        ("twitter.com" | "x.com", [user, "status" | "statuses", name, ..]) => {
            let url = format!("https://x.com/{user}/status/{name}");
            Some(Embed::new("X", "post", "x-twitter", url, None))
        }
        ("bsky.app", ["profile", ..]) => Some(Embed::new("Bluesky", "post", "bluesky", url.to_owned(), None)),
        ("gist.github.com", [..]) => Some(Embed::new("GitHub", "code", "github", url.to_owned(), None)),
        ("github.com", [..]) => Some(Embed::new("GitHub", "code", "github", url.to_owned(), None)),
        ("linkedin.com", [..]) => Some(Embed::new("LinkedIn", "post", "linkedin", url.to_owned(), None)),
        ("speakerdeck.com", ["player", name]) => Some(speakerdeck(&format!("player/{name}"), Some(name))),
        ("speakerdeck.com", [..]) => Some(speakerdeck(&parts.join("/"), None)),
        ("slideshare.net", [..]) => {
            Some(Embed::new("SlideShare", "slides", "chalkboard", url.to_owned(), None))
        }
        ("asciinema.org", ["a", name]) => Some(asciinema(name)),
        ("flickr.com" | "flic.kr", [..]) => {
            Some(Embed::new("Flickr", "photos", "flickr", url.to_owned(), None))
        }
        ("codepen.io", [user, "pen" | "embed" | "full", name]) => Some(codepen(user, name)),
        ("open.spotify.com", [what, name]) => {
            let frame = format!("https://open.spotify.com/embed/{what}/{name}");
            Some(Embed::new("Spotify", "audio", "spotify", url.to_owned(), Some(frame)))
        }
        // Mastodon's addresses are alike on every server: an account and a number.
        (host, [user, name]) if user.starts_with('@') && is_number(name) => {
            let url = format!("https://{host}/{user}/{name}");
            Some(Embed::new("Mastodon", "post", "mastodon", url.clone(), Some(format!("{url}/embed"))))
        }
        _ => None,
    }
}

fn youtube(name: &str, options: &Options<'_>) -> Embed {
    let name = id(name.trim());
    let start = options("start").or_else(|| options("t")).as_deref().and_then(seconds).filter(|at| *at > 0);
    let mut url = format!("https://www.youtube.com/watch?v={name}");
    // The reader has clicked already: one click is enough.
    let mut frame = format!("https://www.youtube-nocookie.com/embed/{name}?autoplay=1");
    if let Some(start) = start {
        url.push_str(&format!("&t={start}s"));
        frame.push_str(&format!("&start={start}"));
    }
    if let Some(end) = options("end").as_deref().and_then(seconds).filter(|at| *at > 0) {
        frame.push_str(&format!("&end={end}"));
    }
    let is = |name: &str, value: &str| options(name).is_some_and(|given| given == value);
    if is("controls", "false") {
        frame.push_str("&controls=0");
    }
    if is("mute", "true") {
        frame.push_str("&mute=1");
    }
    if is("loop", "true") {
        frame.push_str(&format!("&loop=1&playlist={name}"));
    }
    if is("allowFullScreen", "false") {
        frame.push_str("&fs=0");
    }
    Embed::new("YouTube", "video", "youtube", url, Some(frame))
}

fn playlist(list: &str) -> Embed {
    let list = id(list);
    let frame = format!("https://www.youtube-nocookie.com/embed/videoseries?list={list}");
    Embed::new(
        "YouTube",
        "video",
        "youtube",
        format!("https://www.youtube.com/playlist?list={list}"),
        Some(frame),
    )
}

fn vimeo(name: &str, hash: Option<&str>) -> Embed {
    let (name, hash) = (id(name.trim()), hash.map(id));
    let (behind, parameter) =
        hash.map_or_else(Default::default, |hash| (format!("/{hash}"), format!("&h={hash}")));
    let frame = format!("https://player.vimeo.com/video/{name}?dnt=1&autoplay=1{parameter}");
    Embed::new("Vimeo", "video", "vimeo", format!("https://vimeo.com/{name}{behind}"), Some(frame))
}

fn instagram(name: &str) -> Embed {
    let url = format!("https://www.instagram.com/p/{}/", id(name));
    Embed::new("Instagram", "post", "instagram", url.clone(), Some(format!("{url}embed/")))
}

/// A file of a gist has an anchor: its name in lower case, with a dash for all that is no letter or digit.
fn gist(user: &str, name: &str, file: Option<&str>) -> Embed {
    let anchor = file.map_or_else(String::new, |file| {
        let dashed: String = file.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        format!("#file-{}", id(&dashed.to_lowercase()))
    });
    let owner = if user.is_empty() { String::new() } else { format!("{}/", path(user)) };
    let url = format!("https://gist.github.com/{owner}{}{anchor}", path(name));
    Embed::new("GitHub", "code", "github", url, None)
}

fn speakerdeck(page: &str, player: Option<&str>) -> Embed {
    let frame = player.map(|name| format!("https://speakerdeck.com/player/{name}"));
    Embed::new("Speaker Deck", "slides", "speaker-deck", format!("https://speakerdeck.com/{page}"), frame)
}

/// SlideShare has two kinds of ids, numbers and keys, and pages of neither: the player is the page.
fn slideshare(name: &str) -> Embed {
    let what = if is_number(name) { String::new() } else { "key/".to_owned() };
    let url = format!("https://www.slideshare.net/slideshow/embed_code/{what}{}", id(name));
    Embed::new("SlideShare", "slides", "chalkboard", url.clone(), Some(url))
}

fn asciinema(name: &str) -> Embed {
    let url = format!("https://asciinema.org/a/{}", id(name));
    Embed::new("asciinema", "recording", "terminal", url.clone(), Some(format!("{url}/iframe?autoplay=1")))
}

fn codepen(user: &str, name: &str) -> Embed {
    let address = |what: &str| format!("https://codepen.io/{}/{what}/{}", path(user), id(name));
    Embed::new("CodePen", "code", "codepen", address("pen"), Some(address("embed")))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn query_value(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').flat_map(|pair| pair.split(";"));
    let value =
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| key.trim_start_matches("amp;") == name);
    value.map(|(_, value)| decoded(value)).filter(|value| !value.is_empty())
}

/// Reads `90`, `90s`, `1m30s` and `1h2m3s`.
fn seconds(text: &str) -> Option<u64> {
    let (mut total, mut number) = (0_u64, String::new());
    for c in text.trim().chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.parse::<u64>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    if number.is_empty() { Some(total) } else { total.checked_add(number.parse().ok()?) }
}

#[cfg(test)]
#[path = "services_tests.rs"]
mod tests;
