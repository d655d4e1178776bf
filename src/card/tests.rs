//! Whole cards: what is on them, and that the same facts give the same bytes.

use super::*;

const FACTS: Facts<'_> = Facts {
    title: "Three days in a corridor: what I learned at Corridor Conf 2025",
    event: "Corridor Conf 2025",
    place: "Ghent, Belgium",
    date: "4 June 2025",
    site: "Hallway",
};

fn card(facts: &Facts<'_>) -> Card {
    Card::new(facts, CardOptions::default().color, None)
}

/// A picture with a bright sky, hills and a figure, in the size that a card wants.
fn photo(size: Size) -> Drawing {
    let mut drawing = Drawing::new(size, [0; 3]);
    for y in 0..size.height_px {
        for x in 0..size.width_px {
            let hill = size.height_px / 2 + (x * 7 / 5) % 90;
            let grain = ((x * 31 + y * 17) % 13) as u8;
            let color = if y < hill { [150 + (y / 8) as u8, 190, 230] } else { [60, 110 + grain, 50] };
            *drawing.pixel_mut(x, y).unwrap() = color;
        }
    }
    drawing
}

/// Leaves a card to look at in the folder that `CARDS` names.
fn keep(name: &str, bytes: &[u8]) {
    #[expect(clippy::disallowed_methods, reason = "pictures to look at, when somebody asks for them")]
    if let Ok(folder) = std::env::var("CARDS") {
        std::fs::write(format!("{folder}/{name}.png"), bytes).unwrap();
    }
}

#[test]
fn the_same_facts_give_the_same_bytes_on_every_machine() {
    let french = Facts {
        title: "Retour sur Devoxx France\u{a0}: l’été, les élèves et «\u{a0}le cœur à l’ouvrage\u{a0}»",
        event: "Devoxx France",
        place: "Paris, Île-de-France",
        date: "19 avril 2024",
        site: "Le carnet d’Aurélie",
    };
    let japanese = Facts {
        title: "東京で開かれたRustカンファレンス2024の参加報告、とても楽しかった！",
        event: "Rust.Tokyo 2024",
        place: "東京",
        date: "2024年11月30日",
        site: "廊下",
    };
    let table = [
        ("latin", FACTS, "0c5eec2e1b0d3976508d534ff7baaf62", 60_000),
        ("french", french, "a10ce44661a253960719e6702aff20f1", 60_000),
        ("japanese", japanese, "1a33816a7eef2304a6571125e0e76401", 60_000),
    ];
    let mut digests = Vec::new();
    for (name, facts, digest, size_max) in table {
        let bytes = card(&facts).draw(None).unwrap();
        keep(name, &bytes);
        assert_eq!(card(&facts).draw(None).unwrap(), bytes);
        assert!(bytes.len() < size_max, "{name} has {} bytes", bytes.len());
        assert_eq!(Drawing::from_png(&bytes).unwrap().size(), SIZE);
        // Of the pixels: how they are packed is the encoder's business.
        let seen = Drawing::from_png(&bytes).unwrap();
        let pixels: Vec<u8> = seen.rows().flatten().flatten().copied().collect();
        digests.push((name, Digest::of(&pixels).to_string(), digest));
    }
    assert!(digests.iter().all(|(_, found, expected)| found == expected), "{digests:#?}");
}

#[test]
fn what_cannot_be_drawn_is_left_out_and_the_photo_becomes_large() {
    let arabic = Facts { title: "مؤتمر الممر", event: "", place: "القاهرة", ..FACTS };
    let card = card(&arabic);
    assert_eq!((card.title.as_deref(), card.place.as_deref()), (None, None));
    assert_eq!((card.site.as_deref(), card.date.as_deref()), (Some("Hallway"), Some("4 June 2025")));
    assert_eq!(card.photo_size(), layout::WIDE);
    for (name, photo) in [("arabic", None), ("arabic-photo", Some(photo(layout::WIDE)))] {
        keep(name, &card.draw(photo.as_ref()).unwrap());
    }
}

#[test]
fn a_photo_stands_beside_the_title() {
    let card = card(&FACTS);
    assert_eq!(card.photo_size(), layout::PANEL);
    let photo = photo(layout::PANEL);
    let bytes = card.draw(Some(&photo)).unwrap();
    keep("photo", &bytes);
    let mut drawn = Drawing::from_png(&bytes).unwrap();
    let mut seen = photo.clone();
    assert_eq!(drawn.pixel_mut(1199, 629), seen.pixel_mut(447, 629));
    assert_eq!(drawn.pixel_mut(20, 20).copied(), Some(palette::SIGN));
}

#[test]
fn titles_of_every_length_are_drawn() {
    let long = "A very thorough report about everything that happened ".repeat(5);
    let table = [
        ("short", "FOSDEM"),
        ("long", long.as_str()),
        ("word", "Donaudampfschifffahrtsgesellschaftskapitän"),
    ];
    for (name, title) in table {
        let facts = Facts { title, event: "", place: "", ..FACTS };
        keep(name, &card(&facts).draw(None).unwrap());
    }
    let alone = Facts { title: "No date, no place, no site", ..Facts::default() };
    keep("alone", &card(&alone).draw(None).unwrap());
}

#[test]
fn a_fact_is_told_once() {
    let twice = card(&Facts { title: "FOSDEM 2024", event: "FOSDEM 2024", site: "FOSDEM 2024", ..FACTS });
    assert_eq!((twice.event, twice.site), (None, None));
}

#[test]
fn whatever_decides_the_looks_is_in_the_key() {
    let key = |facts: Facts<'_>| card(&facts).key();
    let own = OwnFont::new(include_bytes!("fonts/sign-medium.ttf").to_vec()).unwrap();
    let keys = [
        key(FACTS),
        key(Facts { title: "", ..FACTS }),
        key(Facts { event: "", ..FACTS }),
        key(Facts { event: "", place: "", ..FACTS }),
        key(Facts { date: "5 June 2025", ..FACTS }),
        key(Facts { site: "Other", ..FACTS }),
        Card::new(&FACTS, Color::WHITE, None).key(),
        Card::new(&FACTS, CardOptions::default().color, Some(own)).key(),
    ];
    assert_eq!(std::collections::BTreeSet::from(keys).len(), keys.len());
    assert_eq!(key(FACTS), key(Facts { title: &format!(" {}\n", FACTS.title), ..FACTS }));
}
