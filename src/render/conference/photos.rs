//! The photos of an event, a year or a talk: those that lie beside the posts about it.

use tera::{Kwargs, State, TeraResult, Value};

use super::super::context::Shared;
use super::super::embeds::{GalleryPhoto, Sorting, Thumbnails, gallery_photos};
use super::super::functions::calling_page_id;
use super::super::values::list;
use super::views::Told;
use crate::diag::Location;
use crate::glob::Glob;
use crate::site::conference::TalkRecord;
use crate::site::{Page, PageId};

/// Most photos where nobody says how many.
const LIMIT: usize = 24;

/// Shortest side in pixels that a photo has; what is smaller is a mark or an icon.
const SHORTEST_SIDE_PX: u32 = 320;

/// `photos_of(event=, year=, talk=, limit=)`: photos from the posts about an event (its `id`), about the events of a year, or of a
/// talk (its `index`), as `gallery` returns them; without any of them, those of the talks that the page lists.
///
/// Each post gives as many as the others as long as it has any, in the order in which they were taken. A page shows none of its
/// own folder for an event, as its text does that.
pub(super) fn photos_of(shared: &Shared, arguments: &Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let language = state.get::<usize>("language_index")?.unwrap_or(shared.site.default_language);
    let told = Told::new(&shared.site, language.min(shared.site.languages.len() - 1));
    let caller = calling_page_id(shared, state)?;
    let limit = arguments.get::<usize>("limit")?.unwrap_or(LIMIT);
    let event = arguments.get::<String>("event")?.and_then(|id| told.conference().find_event(&id));
    let year = arguments.get::<i64>("year")?;
    let talks: &[usize] = match (arguments.get::<usize>("talk")?, caller) {
        (Some(index), _) => &[index],
        (None, Some(id)) if event.is_none() && year.is_none() => told.conference().talks_of(id),
        _ => &[],
    };
    let of_events = || {
        let all = told.conference().events.iter().enumerate();
        let wanted = all.filter(|(index, record)| {
            event == Some(*index) || year.is_some() && record.event.year().map(i64::from) == year
        });
        let posts: Vec<PageId> = wanted.flat_map(|(_, record)| told.posts(&record.posts)).collect();
        let others = distinct(&posts).into_iter().filter(|id| Some(*id) != caller);
        others.map(|id| (id, photos(shared, shared.site.page(id), |_| true))).collect()
    };
    let groups: Vec<(PageId, Vec<GalleryPhoto<'_>>)> = if talks.is_empty() {
        of_events()
    } else {
        let records = talks.iter().filter_map(|index| told.conference().talks.get(*index));
        records.flat_map(|talk| of_talk(shared, told, talk)).collect()
    };
    let place = caller.or_else(|| Some(groups.first()?.0)).map(|id| shared.site.page(id).source());
    let groups = groups.into_iter().map(|(_, photos)| photos).collect();
    let chosen = evenly(groups, limit);
    let place = Location::file(place.unwrap_or_default());
    let size = Thumbnails::default();
    Ok(if chosen.is_empty() { list([]) } else { gallery_photos(shared, told.config, &chosen, &size, &place) })
}

/// Returns the photos of a talk, from each post that lists it.
fn of_talk<'a>(
    shared: &'a Shared,
    told: Told<'a>,
    talk: &'a TalkRecord,
) -> impl Iterator<Item = (PageId, Vec<GalleryPhoto<'a>>)> {
    let globs: Vec<Glob> = talk.talk.photos.iter().filter_map(|pattern| Glob::new(pattern).ok()).collect();
    told.posts(&talk.posts).map(move |id| {
        let is_of_it = |photo: &GalleryPhoto<'_>| globs.iter().any(|glob| photo.is_meant_by(glob));
        (id, photos(shared, shared.site.page(id), is_of_it))
    })
}

/// Returns the photos beside a post that are wanted, in the order in which they were taken.
fn photos<'a>(
    shared: &'a Shared,
    post: &'a Page,
    is_wanted: impl Fn(&GalleryPhoto<'_>) -> bool,
) -> Vec<GalleryPhoto<'a>> {
    let all = post.resources.iter().filter_map(|resource| GalleryPhoto::of_resource(shared, resource));
    let mut photos: Vec<_> =
        all.filter(|photo| is_wanted(photo) && photo.shortest_side(shared) >= SHORTEST_SIDE_PX).collect();
    Sorting::AS_IT_WAS.sort(shared, &mut photos);
    photos
}

/// Returns each once, where it is first.
fn distinct(posts: &[PageId]) -> Vec<PageId> {
    let mut seen = std::collections::BTreeSet::new();
    posts.iter().copied().filter(|id| seen.insert(*id)).collect()
}

/// Takes at most `limit` of all, as many from each group as from the others as long as it has any; groups and their order stay.
fn evenly<T>(groups: Vec<Vec<T>>, limit: usize) -> Vec<T> {
    let (mut left, mut share) = (limit, vec![0; groups.len()]);
    while left > 0 {
        let before = left;
        for (share, group) in share.iter_mut().zip(&groups) {
            if left > 0 && *share < group.len() {
                *share += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    groups.into_iter().zip(share).flat_map(|(group, share)| group.into_iter().take(share)).collect()
}

#[cfg(test)]
mod tests {
    use super::evenly;

    #[test]
    fn every_group_gives_as_many_as_the_others_while_it_has_any() {
        let groups = || vec![vec!["a1", "a2", "a3", "a4"], vec!["b1"], vec![], vec!["c1", "c2", "c3"]];
        for (limit, expected) in [
            (0, ""),
            (2, "a1 b1"),
            (5, "a1 a2 b1 c1 c2"),
            (6, "a1 a2 a3 b1 c1 c2"),
            (99, "a1 a2 a3 a4 b1 c1 c2 c3"),
        ] {
            assert_eq!(evenly(groups(), limit).join(" "), expected, "{limit}");
        }
    }
}
