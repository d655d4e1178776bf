//! Chooses the photos of a gallery and their order.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::civil::DateTime;
use tera::Map;

use super::super::option;
use super::GalleryPhoto;
use crate::diag::Diagnostic;
use crate::glob::Glob;
use crate::media::media_type;
use crate::path::Route;
use crate::render::context::Shared;
use crate::render::pictures::PictureFile;
use crate::site::Page;

/// What an author asks for: which photos, and in which order.
#[derive(Debug)]
pub(super) struct Choice {
    wanted: Wanted,
    excluded: Option<Glob>,
    sorting: Sorting,
}

#[derive(Debug)]
enum Wanted {
    Matching(Glob),
    Within(String),
}

/// The order of a gallery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Sorting {
    by: By,
    is_descending: bool,
}

/// What photos are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// The path, in byte order (the gallery of Hugo's themes).
    Name,
    /// The camera's clock; photos without a time come last, by their names.
    Taken,
    /// The camera's clock if every photo has its time, else the name.
    TakenIfAll,
}

impl Sorting {
    /// The order in which nobody asked for one.
    pub(in crate::render) const AS_IT_WAS: Self = Self { by: By::TakenIfAll, is_descending: false };

    /// Reads `sort` (`name`, `taken`) and `sortOrder` or `order` (`asc`, `desc`).
    ///
    /// Another word is handed back as a warning, and means nothing.
    fn read(named: &Map) -> (Self, Vec<Diagnostic>) {
        let mut warnings = Vec::new();
        let mut word = |key: &str, known: [&'static str; 2]| {
            let written = option(named, key)?;
            let found = known.into_iter().position(|word| written.trim().eq_ignore_ascii_case(word));
            if found.is_none() {
                let message = format!("`{key}` of a gallery is `{written}`, which means nothing");
                let [first, second] = known;
                warnings.push(
                    Diagnostic::warning("gallery-option", message)
                        .hint(format!("write `{first}` or `{second}`")),
                );
            }
            found
        };
        let by = match word("sort", ["name", "taken"]) {
            Some(1) => By::Taken,
            _ => By::Name,
        };
        let order = ["asc", "desc"];
        let is_descending = word("sortOrder", order).or_else(|| word("order", order)) == Some(1);
        (Self { by, is_descending }, warnings)
    }

    /// Puts photos in order; ones that cannot be read have no time.
    pub(in crate::render) fn sort(self, shared: &Shared, photos: &mut [GalleryPhoto<'_>]) {
        let taken = |photo: &GalleryPhoto<'_>| shared.pictures.header(&photo.file).ok()?.0.taken;
        let by_time = match self.by {
            By::Name => false,
            By::Taken => true,
            By::TakenIfAll => photos.iter().all(|photo| taken(photo).is_some()),
        };
        photos.sort_by_cached_key(|photo| {
            let time = if by_time { taken(photo) } else { None };
            Position { time, path: photo.path.as_ref().to_owned(), is_descending: self.is_descending }
        });
    }
}

/// Where a photo stands among the others.
#[derive(Debug, PartialEq, Eq)]
struct Position {
    time: Option<DateTime>,
    path: String,
    is_descending: bool,
}

impl Ord for Position {
    fn cmp(&self, other: &Self) -> Ordering {
        let turned = |order: Ordering| if self.is_descending { order.reverse() } else { order };
        match (&self.time, &other.time) {
            // What was taken nobody knows when comes last in either order.
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (one, two) => turned(one.cmp(two).then_with(|| self.path.cmp(&other.path))),
        }
    }
}

impl PartialOrd for Position {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Choice {
    /// Reads what an author asks for; with it come warnings.
    ///
    /// # Errors
    /// `glob-syntax`: a pattern is none.
    pub(super) fn read(
        pattern: Option<String>,
        folder: Option<String>,
        named: &Map,
    ) -> Result<(Self, Vec<Diagnostic>), Diagnostic> {
        let wanted = match (pattern, folder) {
            (None, Some(folder)) => {
                let folder = folder.trim_start_matches("./").trim_matches('/').to_owned();
                Wanted::Within(if folder.is_empty() { folder } else { folder + "/" })
            }
            (pattern, _) => Wanted::Matching(Glob::new(pattern.as_deref().unwrap_or("**"))?),
        };
        let excluded = option(named, "exclude").map(|pattern| Glob::new(&pattern)).transpose()?;
        let (sorting, warnings) = Sorting::read(named);
        Ok((Self { wanted, excluded, sorting }, warnings))
    }

    /// Returns the photos of the page's bundle in their order; of a folder that is not there, those of `static/`.
    pub(super) fn photos<'a>(&self, shared: &'a Shared, page: &'a Page) -> Vec<GalleryPhoto<'a>> {
        let is_excluded = |name: &str| self.excluded.as_ref().is_some_and(|excluded| excluded.matches(name));
        let own = page.resources.iter().filter(|resource| {
            let (path, name) = (resource.path.as_str(), resource.name.as_str());
            let is_meant = match &self.wanted {
                Wanted::Matching(glob) => glob.matches(path) || glob.matches(name),
                Wanted::Within(folder) => path.starts_with(folder),
            };
            is_meant && !is_excluded(path) && !is_excluded(name)
        });
        let own = own.filter_map(|resource| GalleryPhoto::of_resource(shared, resource));
        let mut photos: Vec<GalleryPhoto<'a>> = own.collect();
        if let (true, Wanted::Within(folder)) = (photos.is_empty(), &self.wanted) {
            let here = shared.static_files.iter().filter_map(|asset| {
                let path = asset.path.to_string();
                let is_meant = path.starts_with(folder) && media_type(&path).starts_with("image/");
                (is_meant && !is_excluded(&path)).then_some((asset, path))
            });
            photos = here
                .map(|(asset, path)| {
                    let route = Cow::Owned(Route::new(&format!("/{path}")));
                    GalleryPhoto {
                        file: PictureFile { asset, route },
                        resource: None,
                        path: Cow::Owned(path),
                    }
                })
                .collect();
        }
        self.sorting.sort(shared, &mut photos);
        photos
    }
}

#[cfg(test)]
mod tests {
    use tera::value::Key;

    use super::super::super::super::values::text;
    use super::*;

    fn named(options: &[(&'static str, &str)]) -> Map {
        options.iter().map(|(key, value)| (Key::Str(key), text(value))).collect()
    }

    #[test]
    fn the_order_is_read_in_any_spelling() {
        type Case = (&'static [(&'static str, &'static str)], By, bool, usize);
        let table: [Case; 7] = [
            (&[], By::Name, false, 0),
            (&[("sort", "taken")], By::Taken, false, 0),
            (&[("SORT", "Taken"), ("sortorder", "DESC")], By::Taken, true, 0),
            (&[("order", "desc")], By::Name, true, 0),
            (&[("sortOrder", "asc"), ("order", "desc")], By::Name, false, 0),
            (&[("sort", "date")], By::Name, false, 1),
            (&[("sortOrder", "up"), ("order", "down")], By::Name, false, 2),
        ];
        for (options, by, is_descending, warnings) in table {
            let (sorting, told) = Sorting::read(&named(options));
            assert_eq!((sorting, told.len()), (Sorting { by, is_descending }, warnings), "{options:?}");
        }
    }

    #[test]
    fn photos_without_a_time_come_last_in_either_order() {
        let sorted = |is_descending: bool| {
            let position = |(path, time): (&str, Option<i8>)| Position {
                time: time.map(|hour| jiff::civil::date(2025, 6, 1).at(hour, 0, 0, 0)),
                path: path.to_owned(),
                is_descending,
            };
            let mut all =
                [("d", None), ("c", None), ("b", Some(9)), ("a", Some(9)), ("z", Some(8))].map(position);
            all.sort();
            all.map(|position| position.path).concat()
        };
        assert_eq!(sorted(false), "zabcd");
        assert_eq!(sorted(true), "bazdc");
    }
}
