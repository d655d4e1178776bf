//! Writes a built site as one tar archive, which is what GitHub Pages and others take.
//!
//! The same site gives the same bytes: names in order, no owner, no time, no links, one mode for all.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use tar::{Builder, EntryType, Header};

use super::store::Trouble;
use super::tree::Tree;

/// Writes the files of a tree into `file`, which is then whole, or as it was before.
///
/// # Errors
/// A file of the site cannot be read, or the archive not written.
pub fn write_archive(tree: &Tree, file: &Path) -> Result<(), Trouble> {
    let failed = |error: std::io::Error| Trouble::of_file(file, "written", &error);
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let aside = file.with_file_name(name);
    let written = File::create(&aside).and_then(|open| write(tree, std::io::BufWriter::new(open)));
    written.and_then(|()| std::fs::rename(&aside, file)).map_err(failed)
}

fn write(tree: &Tree, into: impl Write) -> std::io::Result<()> {
    let mut archive = Builder::new(into);
    for (name, local) in &tree.files {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(local.record.size);
        // The first second of 1970 is what some programs take for no time at all.
        header.set_mtime(1);
        archive.append_data(&mut header, name, File::open(&local.file)?)?;
    }
    archive.into_inner()?.flush()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write the site that they pack")]
mod tests {
    use super::*;
    use crate::config::{Deployment, Target};

    #[test]
    fn an_archive_is_the_site_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("public");
        let long = format!("{}/index.html", "a-long-name/".repeat(12).trim_end_matches('/'));
        for (name, text) in [
            ("index.html", "home"),
            (long.as_str(), "deep"),
            (".nojekyll", ""),
            (".git/x", "no"),
            ("é.txt", "e"),
        ] {
            let file = site.join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
        let tree = || Tree::of(&site, &Deployment::default(), &Target::at("tar"), false, &|_| true).unwrap();
        let (first, second) = (folder.path().join("a.tar"), folder.path().join("b.tar"));
        write_archive(&tree(), &first).unwrap();
        std::fs::write(site.join("index.html"), "home").unwrap();
        write_archive(&tree(), &second).unwrap();
        let bytes = std::fs::read(first).unwrap();
        assert_eq!(bytes, std::fs::read(second).unwrap());
        let mut archive = tar::Archive::new(&bytes[..]);
        let found: Vec<String> = archive
            .entries()
            .unwrap()
            .map(|entry| {
                let entry = entry.unwrap();
                let header = entry.header();
                let (mode, owner) = (header.mode().unwrap(), header.uid().unwrap() + header.gid().unwrap());
                format!("{} {:o} {owner} {}", entry.path().unwrap().display(), mode, entry.size())
            })
            .collect();
        assert_eq!(
            found,
            [
                ".nojekyll 644 0 0".to_owned(),
                format!("{long} 644 0 4"),
                "index.html 644 0 4".to_owned(),
                "é.txt 644 0 1".to_owned()
            ]
        );
    }
}
