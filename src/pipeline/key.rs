//! A digest of everything that decides what a build makes, by which an unchanged site is known without building it.

use super::Request;
use crate::config::{ConfigFile, Configs};
use crate::digest::{Digest, Digester};
use crate::source::{Asset, Source};

pub(super) fn key_of(request: &Request, files: &[ConfigFile], configs: &Configs, source: &Source) -> Digest {
    let include = configs.general().include;
    let mut key = Digester::new()
        .text(&request.program)
        .text(&request.root.to_string_lossy())
        .text(request.base_url.as_deref().unwrap_or("\0"))
        .number(u64::from(include.drafts) | u64::from(include.future) << 1 | u64::from(include.expired) << 2)
        .number(u64::from(request.strict) | u64::from(request.clean_destination) << 1)
        .number(configs.general().unknown_shortcodes as u64)
        .text(&format!("{:?}", configs.general().deployment.hosting));
    for file in files {
        key = key.text(&file.path).text(&file.text);
    }
    for document in &source.documents {
        key = key.text(document.source.as_str()).text(&document.text);
        if let Some(commit) = &document.history.commit {
            key = key.text(&commit.hash);
        }
        if configs.general().reads_file_times() {
            key = key.text(&format!("{:?}", document.history.modified));
        }
    }
    for template in &source.templates {
        key = key.text(&template.name).text(&template.text);
    }
    let add = |key: Digester, asset: &Asset| {
        let modified = u64::try_from(asset.modified_ns).unwrap_or(u64::MAX);
        key.text(asset.source.as_str()).number(asset.size_bytes).number(modified)
    };
    source.assets.iter().chain(&source.static_files).fold(key, add).finish()
}
