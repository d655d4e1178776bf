//! Turns the path of a document into its place in the content: bundle or single page, folder and name.

/// How a document owns the files around it (Hugo's page bundles).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bundle {
    /// `index.md`: a page that owns everything below its folder.
    Leaf,
    /// `_index.md`: a section, a term or the home page.
    Branch,
    /// Any other name: a page that owns at most the folder named like it.
    Single,
}

/// The place of a document in the content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentPath {
    /// What kind of bundle it is.
    pub bundle: Bundle,
    /// Names of the folders that lead to the page; the folder of a leaf bundle is not among them, that of a branch is.
    pub folders: Vec<String>,
    /// Name of the page: the bundle's folder, or the file without its extension; empty for a branch.
    pub name: String,
    own_folder: String,
}

impl ContentPath {
    /// Reads a path from the content folder, such as `blog/2024/index.md`.
    ///
    /// An `index.md` right in the content folder is the home page: as a leaf bundle, which Hugo makes of it, it would
    /// swallow the whole site.
    pub fn of(path: &str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let mut folders: Vec<String> =
            folder.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let bundle = match stem {
            "_index" => Bundle::Branch,
            "index" if folders.is_empty() => Bundle::Branch,
            "index" => Bundle::Leaf,
            _ => Bundle::Single,
        };
        let name = match bundle {
            Bundle::Leaf => folders.pop().unwrap_or_default(),
            Bundle::Branch => String::new(),
            Bundle::Single => stem.to_owned(),
        };
        let parts = folders.iter().map(String::as_str).chain([name.as_str()]);
        let own_folder = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        Self { bundle, folders, name, own_folder }
    }

    /// Returns the folder whose files belong to the page, from the content folder, without a last `/`.
    pub fn own_folder(&self) -> &str {
        &self.own_folder
    }

    /// Returns the logical path that others name the page by, such as `/blog/2024`; lower case, spaces as dashes.
    pub fn logical(&self) -> String {
        let path = format!("/{}", self.own_folder());
        path.to_lowercase().replace(' ', "-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bundles_and_single_pages_are_told_apart() {
        for (path, bundle, folders, name) in [
            ("_index.md", Bundle::Branch, "", ""),
            ("index.md", Bundle::Branch, "", ""),
            ("blog/_index.md", Bundle::Branch, "blog", ""),
            ("blog/2024-mar-wasm.io/index.md", Bundle::Leaf, "blog", "2024-mar-wasm.io"),
            ("blog/x/index.markdown", Bundle::Leaf, "blog", "x"),
            ("about.md", Bundle::Single, "", "about"),
            ("blog/v1.2.md", Bundle::Single, "blog", "v1.2"),
        ] {
            let found = ContentPath::of(path);
            assert_eq!(
                (found.bundle, found.folders.join("/").as_str(), found.name.as_str()),
                (bundle, folders, name)
            );
        }
        assert_eq!(ContentPath::of("Blog/My Post.md").logical(), "/blog/my-post");
        assert_eq!(ContentPath::of("blog/_index.md").own_folder(), "blog");
    }
}
