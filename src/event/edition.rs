//! Tells an event's series from its edition by its name: `KubeCon EU 2024` is the edition of 2024 of `KubeCon EU`.

use super::Event;
use crate::text;

/// Returns the id that a name has: letters and digits in lower case without accents, with a dash for all else.
pub fn slug(name: &str) -> String {
    text::fold(name).replace(' ', "-")
}

/// Cuts the edition off a name: a year at its end, with or without the century.
pub fn split_edition(name: &str) -> (&str, Option<&str>) {
    let Some((rest, last)) = name.trim().rsplit_once([' ', '-', ',']) else { return (name.trim(), None) };
    let digits = last.strip_prefix(['\'', '’']).unwrap_or(last);
    let is_number = digits.chars().all(|c| c.is_ascii_digit());
    let is_year = is_number && digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    let is_short = is_number && digits.len() == 2 && digits.len() < last.len();
    let rest = rest.trim_end_matches([' ', '-', ',']);
    if (is_year || is_short) && !rest.is_empty() { (rest, Some(last)) } else { (name.trim(), None) }
}

impl Event {
    /// Returns what the event is called: its name with the edition, once.
    pub fn title(&self) -> String {
        match &self.edition {
            Some(edition) if !self.name.contains(edition.as_str()) => format!("{} {edition}", self.name),
            _ => self.name.clone(),
        }
    }

    /// Returns the year that it takes place in, or that its edition says.
    pub fn year(&self) -> Option<i16> {
        let told = || self.edition.as_ref()?.split_whitespace().find_map(|word| word.parse().ok());
        self.start.or(self.end).map(|moment| moment.day.year()).or_else(told).filter(|year| *year > 1900)
    }
}

/// Fills in what an event is known by: edition and series from its name, the id from both.
pub fn identify(event: &mut Event) {
    if event.edition.is_none()
        && let (name, Some(edition)) = split_edition(&event.name)
    {
        let (name, edition) = (name.to_owned(), edition.to_owned());
        event.name = name;
        event.edition = Some(edition);
    }
    if event.series.is_none() {
        event.series = Some(slug(&event.name)).filter(|series| !series.is_empty());
    }
    if event.id.is_empty() {
        let year =
            event.start.filter(|_| event.edition.is_none()).map(|start| format!(" {}", start.day.year()));
        event.id = slug(&format!("{}{}", event.title(), year.unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_what_can_be_typed_of_a_name() {
        for (name, expected) in [
            ("KubeCon EU 2024", "kubecon-eu-2024"),
            ("L’Été à Orléans!", "lete-a-orleans"),
            ("  C++ / Rust  ", "c-rust"),
            ("東京 Rust", "東京-rust"),
            ("…", ""),
        ] {
            assert_eq!(slug(name), expected, "{name}");
        }
    }

    #[test]
    fn an_edition_is_the_year_at_the_end_of_a_name() {
        for (name, expected) in [
            ("KubeCon EU 2024", ("KubeCon EU", Some("2024"))),
            ("Corridor Conf ’26", ("Corridor Conf", Some("’26"))),
            ("Tea-2025", ("Tea", Some("2025"))),
            ("38C3", ("38C3", None)),
            ("Devoxx 11", ("Devoxx 11", None)),
            ("2024", ("2024", None)),
            ("Web 2.0", ("Web 2.0", None)),
        ] {
            assert_eq!(split_edition(name), expected, "{name}");
        }
    }
}
