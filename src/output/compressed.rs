//! Compressed files beside texts, `page.html.gz` and `page.html.br`, for servers that hand them out as they are.
//!
//! GitLab Pages does, and nginx with `gzip_static`. The same text gives the same bytes.

use std::borrow::Cow;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use rayon::prelude::*;

use super::{Class, Content, Output, Outputs};
use crate::media::media_type;
use crate::path::OutputPath;

/// Fewest bytes that are worth it: less fits into one packet.
const SIZE_MIN: usize = 1024;

/// Most bytes of an author's own file that are compressed.
const SIZE_MAX: u64 = 16 << 20;

/// How hard Brotli works: from here on a tenth of a file's size takes five times the time.
const BROTLI_QUALITY: u32 = 9;

/// Window of Brotli in bits: what all browsers take.
const BROTLI_WINDOW: u32 = 22;

/// Adds a compressed file beside every text that gets smaller by it.
pub fn add_compressed(outputs: &mut Outputs) {
    let texts: Vec<&Output> = outputs.iter().filter(|output| is_text(output.path.as_str())).collect();
    let made: Vec<Output> = texts.into_par_iter().flat_map_iter(compressed).collect();
    for output in made {
        // A file of the author's own of that name stays.
        let _ = outputs.insert(output);
    }
}

fn is_text(path: &str) -> bool {
    let media_type = media_type(path);
    media_type.starts_with("text/")
        || ["application/json", "application/xml", "application/wasm", "image/svg+xml"].contains(&media_type)
}

fn compressed(output: &Output) -> Vec<Output> {
    let Some(bytes) = bytes_of(output).filter(|bytes| bytes.len() >= SIZE_MIN) else { return Vec::new() };
    let made = [("br", brotli(&bytes)), ("gz", gzip(&bytes))];
    let smaller = made
        .into_iter()
        .filter_map(|(ending, made)| Some((ending, made.filter(|made| made.len() < bytes.len())?)));
    smaller
        .filter_map(|(ending, made)| {
            let path = OutputPath::new(format!("{}.{ending}", output.path)).ok()?;
            let producer = format!("{} (compressed)", output.producer);
            Some(Output { path, producer, class: Class::Asset, content: Content::Bytes(Cow::Owned(made)) })
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "an author's own file, read as it is when it is copied")]
fn bytes_of(output: &Output) -> Option<Cow<'_, [u8]>> {
    match &output.content {
        Content::Bytes(bytes) => Some(Cow::Borrowed(bytes)),
        // One that cannot be read is told when it is copied.
        Content::Copy(asset) if asset.size_bytes <= SIZE_MAX => {
            std::fs::read(&asset.file).ok().map(Cow::Owned)
        }
        _ => None,
    }
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok()
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut made, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW);
    encoder.write_all(bytes).ok()?;
    drop(encoder);
    Some(made)
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn texts_are_there_compressed_and_can_be_had_back() {
        let long = "a word and another word ".repeat(200);
        let path = |path: &str| OutputPath::new(path).unwrap();
        let (mut outputs, _) = Outputs::collect(vec![
            Output::text(path("index.html"), "a.md", Class::Page, long.clone()),
            Output::text(path("short.html"), "b.md", Class::Page, "short".to_owned()),
            Output::text(path("photo.jpg"), "c.jpg", Class::Asset, long.clone()),
        ]);
        add_compressed(&mut outputs);
        let names: Vec<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
        assert_eq!(names, ["index.html", "index.html.br", "index.html.gz", "photo.jpg", "short.html"]);
        let bytes = |name: &str| bytes_of(outputs.find(&path(name)).unwrap()).unwrap().into_owned();
        let mut text = String::new();
        flate2::read::GzDecoder::new(bytes("index.html.gz").as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
        text.clear();
        brotli::Decompressor::new(bytes("index.html.br").as_slice(), 4096).read_to_string(&mut text).unwrap();
        assert_eq!(text, long);
    }
}
