//! What addresses the services' shortcodes and addresses become.

use super::*;

fn none(_: &str) -> Option<String> {
    None
}

#[test]
fn addresses_are_understood() {
    let nocookie = "https://www.youtube-nocookie.com/embed/";
    let cases = [
        (
            "https://www.youtube.com/watch?v=aaa-_1&t=1m30s",
            "YouTube",
            "https://www.youtube.com/watch?v=aaa-_1&t=90s",
        ),
        ("https://youtu.be/aaa?t=12", "YouTube", "https://www.youtube.com/watch?v=aaa&t=12s"),
        ("http://m.youtube.com/shorts/aaa", "YouTube", "https://www.youtube.com/watch?v=aaa"),
        ("//www.youtube.com/embed/aaa", "YouTube", "https://www.youtube.com/watch?v=aaa"),
        ("https://www.youtube.com/playlist?list=PL1", "YouTube", "https://www.youtube.com/playlist?list=PL1"),
        ("https://vimeo.com/123/ab", "Vimeo", "https://vimeo.com/123/ab"),
        ("https://twitter.com/someone/status/12?s=20", "X", "https://x.com/someone/status/12"),
        ("https://social.example/@a/12", "Mastodon", "https://social.example/@a/12"),
        ("https://bsky.app/profile/a.example/post/b", "Bluesky", "https://bsky.app/profile/a.example/post/b"),
        ("https://speakerdeck.com/a/b", "Speaker Deck", "https://speakerdeck.com/a/b"),
        ("https://example.org/a b\"c", "example.org", "https://example.org/a%20b%22c"),
        ("https://user@example.org", "example.org", "https://user@example.org"),
        ("https://", "", "https://"),
    ];
    for (address, service, url) in cases {
        let embed = Embed::of_url(address, &none);
        assert_eq!((embed.service.as_str(), embed.url.as_str()), (service, url), "{address}");
    }
    let frames = [
        ("https://youtu.be/aaa?t=12", Some(format!("{nocookie}aaa?autoplay=1&start=12"))),
        ("https://www.youtube.com/playlist?list=PL1", Some(format!("{nocookie}videoseries?list=PL1"))),
        ("https://vimeo.com/1/ab", Some("https://player.vimeo.com/video/1?dnt=1&autoplay=1&h=ab".to_owned())),
        ("https://media.ccc.de/v/a-b", Some("https://media.ccc.de/v/a-b/oembed".to_owned())),
        ("https://tube.example/videos/watch/u-1", Some("https://tube.example/videos/embed/u-1".to_owned())),
        ("https://social.example/@a/12", Some("https://social.example/@a/12/embed".to_owned())),
        ("https://x.com/someone/status/12", None),
        ("https://example.org/", None),
    ];
    for (address, frame) in frames {
        assert_eq!(Embed::of_url(address, &none).frame, frame, "{address}");
    }
}

#[test]
fn shortcodes_of_services_are_understood() {
    let options = |name: &str| {
        let given = [("user", "someone"), ("file", "list.txt"), ("host", "social.example"), ("loop", "true")];
        given.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    };
    let cases = [
        ("youtube", "a\"b", "https://www.youtube.com/watch?v=a%22b"),
        ("youtube", "https://youtu.be/abc", "https://www.youtube.com/watch?v=abc"),
        ("vimeo", "12", "https://vimeo.com/12"),
        ("instagram", "Bx_1", "https://www.instagram.com/p/Bx_1/"),
        ("x", "12", "https://x.com/someone/status/12"),
        ("gist", "abc", "https://gist.github.com/someone/abc#file-list-txt"),
        ("speakerdeck", "abc", "https://speakerdeck.com/player/abc"),
        ("speakerdeck", "someone/deck", "https://speakerdeck.com/someone/deck"),
        ("slideshare", "12", "https://www.slideshare.net/slideshow/embed_code/12"),
        ("slideshare", "aBc", "https://www.slideshare.net/slideshow/embed_code/key/aBc"),
        ("asciinema", "12", "https://asciinema.org/a/12"),
        ("flickr", "12", "https://www.flickr.com/photos/someone/12"),
        ("codepen", "aBc", "https://codepen.io/someone/pen/aBc"),
        ("bunny", "1/a-b", "https://iframe.mediadelivery.net/play/1/a-b"),
        ("mastodon", "12", "https://social.example/someone/12"),
        ("bluesky", "abc", "https://bsky.app/profile/someone/post/abc"),
    ];
    for (service, name, url) in cases {
        assert_eq!(Embed::of_service(service, name, &options).map(|embed| embed.url).as_deref(), Some(url));
    }
    let looped = Embed::of_service("youtube", "abc", &options).unwrap().frame.unwrap();
    assert!(looped.ends_with("&loop=1&playlist=abc"), "{looped}");
    assert_eq!(Embed::of_service("nobody", "a", &options), None);
    assert_eq!(Embed::of_service("bluesky", "a", &none), None);
}

#[test]
fn times_are_read_in_all_their_forms() {
    let cases = [
        ("90", Some(90)),
        ("90s", Some(90)),
        ("1m30s", Some(90)),
        ("1h", Some(3600)),
        ("", Some(0)),
        ("m", None),
        ("1:30", None),
        ("99999999999999999999", None),
        ("9999999999999999999h", None),
    ];
    for (text, wanted) in cases {
        assert_eq!(seconds(text), wanted, "{text:?}");
    }
}
