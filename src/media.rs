//! Names the media type of a file by its extension (IANA registry), for feeds, templates and servers.

/// Extensions and their types; text carries its charset.
const TYPES: &[(&str, &str)] = &[
    ("apng", "image/apng"),
    ("avif", "image/avif"),
    ("avifs", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("heic", "image/heic"),
    ("heics", "image/heic"),
    ("heif", "image/heif"),
    ("hif", "image/heif"),
    ("htm", "text/html; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar; charset=utf-8"),
    ("jfif", "image/jpeg"),
    ("jif", "image/jpeg"),
    ("jpe", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("jxl", "image/jxl"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpo", "image/jpeg"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("pjp", "image/jpeg"),
    ("pjpeg", "image/jpeg"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// Returns the media type of a file name or path; `application/octet-stream` where the extension says nothing.
pub fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ext)| ext);
    let found = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    found.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// Says whether a file claims to be a picture made of pixels, by its extension.
pub fn is_pixels(path: &str) -> bool {
    let media_type = media_type(path);
    media_type.starts_with("image/") && !matches!(media_type, "image/svg+xml" | "image/vnd.microsoft.icon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_found_by_extension_in_any_case() {
        assert_eq!(media_type("/blog/a/Photo.JPG"), "image/jpeg");
        assert_eq!(media_type("blog.d/readme"), "application/octet-stream");
        assert!(TYPES.is_sorted());
        for name in ["a.jfif", "a.jpe", "a.mpo", "a.hif", "a.apng", "a.jxl"] {
            assert!(is_pixels(name), "{name}");
        }
        assert!(is_pixels("a/Photo.HEIC") && !is_pixels("a/sign.svg") && !is_pixels("a/film.mp4"));
    }
}
