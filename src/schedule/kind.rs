//! Turns the words of a session's type, track and title into its [`Kind`], and tells breaks from talks.
//!
//! Knows the words that organizers use in English, German, French, Spanish, Italian and Dutch. Does not guess from lengths.

/// What sort of session it is; the names are those of `kind:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Somebody speaks, others listen.
    Talk,
    /// A talk for everybody.
    Keynote,
    /// A talk of five or ten minutes, or a block of them.
    Lightning,
    /// People do something with their own hands; tutorials and trainings too.
    Workshop,
    /// Several people discuss before others.
    Panel,
    /// Birds of a feather: people with one interest meet.
    Bof,
    /// The program is made on the day.
    Unconference,
    /// Shown on a wall.
    Poster,
    /// Twenty slides that change on their own.
    Ignite,
}

impl Kind {
    /// Returns the name that `kind:` has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Keynote => "keynote",
            Self::Lightning => "lightning",
            Self::Workshop => "workshop",
            Self::Panel => "panel",
            Self::Bof => "bof",
            Self::Unconference => "unconference",
            Self::Poster => "poster",
            Self::Ignite => "ignite",
        }
    }

    /// Returns the kind that the words of a session say: its labels (type, format, categories) first, then its track, and
    /// last the title, which counts only where it begins with the word (`Keynote: ...`).
    pub(super) fn find(labels: &[String], track: Option<&str>, title: &str) -> Option<Self> {
        let of_labels = labels.iter().find_map(|label| Self::of_label(label));
        // A track of many words is a topic.
        let track = track.filter(|track| crate::text::fold(track).split(' ').count() <= 2);
        let of_track = track.and_then(Self::of_label).filter(|kind| *kind != Self::Talk);
        match of_labels {
            Some(Self::Talk) | None => of_track.or_else(|| Self::of_title(title)).or(of_labels),
            Some(kind) => Some(kind),
        }
    }

    /// Returns the kind that a type, format, category or track names.
    ///
    /// The types of frab are `lecture workshop podium lightning_talk meeting film concert djset performance other`; all
    /// others make up their own.
    fn of_label(label: &str) -> Option<Self> {
        const WORDS: [(&str, Kind); 30] = [
            ("lightning", Kind::Lightning),
            ("lightningtalk", Kind::Lightning),
            ("lightnings", Kind::Lightning),
            ("ignite", Kind::Ignite),
            ("ignites", Kind::Ignite),
            ("pecha", Kind::Ignite),
            ("keynote", Kind::Keynote),
            ("keynotes", Kind::Keynote),
            ("workshop", Kind::Workshop),
            ("workshops", Kind::Workshop),
            ("tutorial", Kind::Workshop),
            ("tutorials", Kind::Workshop),
            ("masterclass", Kind::Workshop),
            ("atelier", Kind::Workshop),
            ("taller", Kind::Workshop),
            ("panel", Kind::Panel),
            ("panels", Kind::Panel),
            ("podium", Kind::Panel),
            ("bof", Kind::Bof),
            ("bofs", Kind::Bof),
            ("unconference", Kind::Unconference),
            ("openspace", Kind::Unconference),
            ("barcamp", Kind::Unconference),
            ("poster", Kind::Poster),
            ("posters", Kind::Poster),
            ("talk", Kind::Talk),
            ("talks", Kind::Talk),
            ("lecture", Kind::Talk),
            ("vortrag", Kind::Talk),
            ("presentation", Kind::Talk),
        ];
        let label = crate::text::fold(label);
        // Topics have these words as well, so they count only as phrases or alone.
        match label.as_str() {
            "training" | "trainings" => return Some(Self::Workshop),
            "meeting" | "meetup" => return Some(Self::Bof),
            _ if label.contains("birds of a feather") => return Some(Self::Bof),
            _ if label.contains("open space") => return Some(Self::Unconference),
            _ if label.contains("hands on") => return Some(Self::Workshop),
            _ => {}
        }
        // The table has the telling words first: `lightning talk` is lightning.
        WORDS.iter().find(|(word, _)| label.split(' ').any(|part| part == *word)).map(|(_, kind)| *kind)
    }

    /// Returns the kind that a title begins with: `Keynote`, `Panel: ...`, `[BoF] ...`, `Lightning Talks`.
    fn of_title(title: &str) -> Option<Self> {
        let title = title.trim_start_matches(['[', '(']);
        let head = title.split([':', ']', ')', '–', '—', '|']).next().unwrap_or_default();
        let head = head.split(" - ").next().unwrap_or_default();
        let words = crate::text::fold(head);
        // A head of many words is a sentence that happens to have such a word in it.
        if words.split(' ').count() > 3 {
            return None;
        }
        Self::of_label(head).filter(|kind| *kind != Self::Talk)
    }
}

/// Whether a session is a break by its title and labels: all words are such (`Afternoon Coffee Break`), or nobody speaks and
/// a short title begins or ends with a meal or the like (`Lunch in the Foyer`). `Break the Build` is neither.
pub(super) fn is_break(title: &str, labels: &[String], has_speakers: bool) -> bool {
    let title = crate::text::fold(title);
    if is_all_break(&title) {
        return true;
    }
    if has_speakers {
        return false;
    }
    let is_short = title.split(' ').count() <= 5;
    let ends = [title.split(' ').next(), title.split(' ').next_back()];
    let is_meal =
        ends.into_iter().flatten().any(|word| MEALS.contains(&word)) || title.starts_with("check in");
    is_short && is_meal || labels.iter().any(|label| is_all_break(&crate::text::fold(label)))
}

/// Words that make a session a break; `check in` is two.
const MEALS: [&str; 26] = [
    "almuerzo",
    "breakfast",
    "brunch",
    "checkin",
    "coffee",
    "dejeuner",
    "desayuno",
    "descanso",
    "dinner",
    "einlass",
    "fruhstuck",
    "inscription",
    "kaffeepause",
    "koffie",
    "koffiepauze",
    "lunch",
    "lunchpauze",
    "mittagessen",
    "mittagspause",
    "pausa",
    "pauze",
    "pranzo",
    "refreshments",
    "registration",
    "registrierung",
    "registro",
];

/// Words that are breaks only among others of these two lists.
const PAUSES: [&str; 20] = [
    "afternoon",
    "and",
    "badge",
    "break",
    "breaks",
    "check",
    "doors",
    "evening",
    "food",
    "in",
    "kaffee",
    "meals",
    "mittag",
    "morning",
    "networking",
    "open",
    "pause",
    "pickup",
    "tea",
    "time",
];

/// Whether all words of a folded text are of breaks, and one of them tells.
fn is_all_break(text: &str) -> bool {
    let is_telling = |word: &str| {
        MEALS.contains(&word) || matches!(word, "break" | "breaks" | "pause" | "doors" | "badge")
    };
    text.split(' ').all(|word| MEALS.contains(&word) || PAUSES.contains(&word))
        && text.split(' ').any(is_telling)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_track_and_title_tell_the_kind_in_this_order() {
        for (label, track, title, expected) in [
            ("lightning_talk", "", "", Some("lightning")),
            ("Lightning talk (5 min)", "Keynotes", "", Some("lightning")),
            ("lecture", "Keynotes", "", Some("keynote")),
            ("lecture", "Security", "Rust", Some("talk")),
            ("podium", "", "", Some("panel")),
            ("Birds of a Feather", "", "", Some("bof")),
            ("", "", "Keynote: Of Geese", Some("keynote")),
            ("", "", "[BoF] Gardening", Some("bof")),
            ("", "", "Lightning Talks", Some("lightning")),
            ("", "", "How we gave a keynote in a barn", None),
            ("", "", "Talking points", None),
            ("Hands-on", "", "", Some("workshop")),
            ("Open Space", "", "", Some("unconference")),
            ("meeting", "", "", Some("bof")),
            ("AI Training", "", "", None),
            ("", "Panel data in long studies", "", None),
            ("devroom", "", "Panel control with Rust: a talk", None),
        ] {
            let labels = [label.to_owned()];
            let kind = Kind::find(&labels, Some(track), title);
            assert_eq!(kind.map(Kind::name), expected, "{label} / {track} / {title}");
        }
    }

    #[test]
    fn breaks_are_told_from_talks_about_them() {
        for (title, has_speakers, expected) in [
            ("Lunch", false, true),
            ("Registration & Coffee", false, true),
            ("Check-in", false, true),
            ("Mittagspause", false, true),
            ("Lunch Break", true, true),
            ("Break the Build", false, false),
            ("How to Break Out of Containers", false, false),
            ("Afternoon Coffee Break", true, true),
            ("Lunch in the Foyer", false, true),
            ("Networking", false, false),
            ("Doors Open", false, true),
            ("How to break a build system in seven easy steps", false, false),
            ("Opening", false, false),
        ] {
            assert_eq!(is_break(title, &[], has_speakers), expected, "{title}");
        }
        assert!(is_break("Time to eat", &["Breaks & Meals".to_owned()], false));
        assert!(!is_break("Time to eat", &["Registration required".to_owned()], false));
    }
}
