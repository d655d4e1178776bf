//! Turns the links and attachments of a session into its slides and its recording.
//!
//! Knows the words and hosts that tell them. Never fetches an address, and drops whatever a browser would not open.

use super::text;

/// A link or attachment as a schedule has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    /// Address, as written.
    pub(super) url: String,
    /// What the schedule calls it.
    pub(super) title: String,
    /// `slides`, `video`, `related`, as FOSDEM and voc's schema have it; often empty.
    pub(super) role: String,
}

/// Returns an absolute address: `url` itself, or joined to `base` if it begins with a slash.
///
/// Only `http` and `https` are addresses of pages; `javascript:` and the like are nothing.
pub(super) fn absolute(url: &str, base: Option<&str>) -> Option<String> {
    let url = url.trim();
    if url.len() > 2000 || url.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let is_web = |url: &str| {
        let head = url.get(..8).unwrap_or(url).to_ascii_lowercase();
        (head.starts_with("http://") || head.starts_with("https://")) && url.len() > 8
    };
    if is_web(url) {
        return Some(url.to_owned());
    }
    let base = base.filter(|base| is_web(base))?;
    let path = url.strip_prefix('/')?;
    let host_end = base.find("//").map(|at| at + 2).and_then(|at| Some(at + base.get(at..)?.find('/')?));
    let host = host_end.and_then(|end| base.get(..end)).unwrap_or(base);
    (!path.starts_with('/')).then(|| format!("{host}/{path}"))
}

/// Returns the slides: what is called so, else a file of a presentation, else a page of a host of slides.
pub(super) fn slides(links: &[Link], base: Option<&str>) -> Option<String> {
    best(links, base, |link| {
        let (words, url) = (words(link), link.url.to_ascii_lowercase());
        let is_named = ["slides", "slide", "slidedeck", "deck", "folien", "diapositives", "presentation"]
            .iter()
            .any(|name| words.split(' ').any(|word| word == *name));
        let file = url.split(['?', '#']).next().unwrap_or_default();
        let is_file = [".pdf", ".pptx", ".ppt", ".odp", ".key"].iter().any(|ending| file.ends_with(ending));
        let is_host = [
            "speakerdeck.com/",
            "slideshare.net/",
            "docs.google.com/presentation",
            "slides.com/",
            "noti.st/",
        ]
        .iter()
        .any(|host| url.contains(host));
        u8::from(is_named) * 4 + u8::from(is_file) * 2 + u8::from(is_host)
    })
}

/// Returns the recording: a page of a host of videos before a file, and never the live stream.
pub(super) fn video(links: &[Link], base: Option<&str>) -> Option<String> {
    best(links, base, |link| {
        let (words, url) = (words(link), link.url.to_ascii_lowercase());
        let has = |names: &[&str]| names.iter().any(|name| words.split(' ').any(|word| word == *name));
        if has(&["live", "livestream", "stream", "streaming", "feedback", "chat"]) {
            return 0;
        }
        let is_named =
            has(&["video", "recording", "videos", "aufzeichnung", "youtube", "vimeo", "mediathek"]);
        let hosts = ["youtube.com/watch", "youtu.be/", "vimeo.com/", "media.ccc.de/v/", "/videos/watch/"];
        let is_host = hosts.iter().any(|host| url.contains(host));
        let file = url.split(['?', '#']).next().unwrap_or_default();
        let is_file = [".mp4", ".webm", ".mkv", ".ogv"].iter().any(|ending| file.ends_with(ending));
        // Subtitles are called after the video they belong to.
        let is_text = [".vtt", ".srt"].iter().any(|ending| file.ends_with(ending));
        if is_text { 0 } else { u8::from(is_host) * 4 + u8::from(is_named) * 2 + u8::from(is_file) }
    })
}

fn words(link: &Link) -> String {
    crate::text::fold(&format!("{} {}", link.role, text::line(&link.title)))
}

/// Returns the address of the link with the highest score above zero; ties go to the first.
fn best(links: &[Link], base: Option<&str>, score: impl Fn(&Link) -> u8) -> Option<String> {
    let mut best: Option<(u8, String)> = None;
    for link in links.iter().take(100) {
        let score = score(link);
        if score > best.as_ref().map_or(0, |(top, _)| *top)
            && let Some(url) = absolute(&link.url, base)
        {
            best = Some((score, url));
        }
    }
    best.map(|(_, url)| url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(url: &str, title: &str) -> Link {
        Link { url: url.into(), title: title.into(), role: String::new() }
    }

    #[test]
    fn slides_and_videos_are_told_by_words_endings_and_hosts() {
        let links = [
            link("https://example.org/feedback/1", "Submit feedback"),
            link("https://live.example.org/1", "Live stream (video)"),
            link("https://example.org/handout.pdf", "Handout"),
            link("/media/geese.pdf", "Slides"),
            link("https://video.example.org/geese.av1.webm", "Video recording (AV1/WebM)"),
            link("https://media.ccc.de/v/geese", "Watch it"),
            link("javascript:alert(1)", "Slides of a video"),
        ];
        let base = Some("https://talks.example.org/2026/");
        assert_eq!(slides(&links, base).as_deref(), Some("https://talks.example.org/media/geese.pdf"));
        assert_eq!(video(&links, base).as_deref(), Some("https://media.ccc.de/v/geese"));
        assert_eq!(slides(&links, None).as_deref(), Some("https://example.org/handout.pdf"));
        assert_eq!(video(&[], base), None);
    }

    #[test]
    fn only_addresses_of_the_web_are_absolute() {
        for (url, base, expected) in [
            ("https://example.org/", None, Some("https://example.org/")),
            ("/x", Some("https://example.org"), Some("https://example.org/x")),
            ("/x", None, None),
            ("//evil.example/x", Some("https://example.org"), None),
            ("javascript:x", Some("https://example.org"), None),
            ("https://example.org/a b", None, None),
            ("https://", None, None),
        ] {
            assert_eq!(absolute(url, base).as_deref(), expected, "{url}");
        }
    }
}
