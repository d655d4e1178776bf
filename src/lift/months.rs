//! Names of months and weekdays in English, French, German and Spanish, as numbers.
//!
//! Lower case; short forms where people write them. Does not read dates: that is `dates`.

use jiff::civil::Weekday;

/// Months by name, full names first.
const MONTHS: [(&str, i8); 62] = [
    ("january", 1),
    ("janvier", 1),
    ("januar", 1),
    ("jänner", 1),
    ("enero", 1),
    ("jan", 1),
    ("february", 2),
    ("février", 2),
    ("fevrier", 2),
    ("februar", 2),
    ("febrero", 2),
    ("févr", 2),
    ("feb", 2),
    ("march", 3),
    ("märz", 3),
    ("marzo", 3),
    ("mars", 3),
    ("mär", 3),
    ("mar", 3),
    ("april", 4),
    ("avril", 4),
    ("abril", 4),
    ("avr", 4),
    ("apr", 4),
    ("mayo", 5),
    ("may", 5),
    ("mai", 5),
    ("june", 6),
    ("juin", 6),
    ("juni", 6),
    ("junio", 6),
    ("jun", 6),
    ("july", 7),
    ("juillet", 7),
    ("juli", 7),
    ("julio", 7),
    ("juil", 7),
    ("jul", 7),
    ("august", 8),
    ("agosto", 8),
    ("août", 8),
    ("aout", 8),
    ("aug", 8),
    ("september", 9),
    ("septembre", 9),
    ("septiembre", 9),
    ("sept", 9),
    ("sep", 9),
    ("october", 10),
    ("octobre", 10),
    ("oktober", 10),
    ("octubre", 10),
    ("oct", 10),
    ("okt", 10),
    ("november", 11),
    ("novembre", 11),
    ("noviembre", 11),
    ("nov", 11),
    ("december", 12),
    ("décembre", 12),
    ("dezember", 12),
    ("diciembre", 12),
];

/// Short forms of December, which would be found inside other words if they stood among the full names.
const DECEMBER: [&str; 4] = ["decembre", "dec", "déc", "dez"];

/// Weekdays by name.
const WEEKDAYS: [(&str, Weekday); 49] = [
    ("monday", Weekday::Monday),
    ("lundi", Weekday::Monday),
    ("montag", Weekday::Monday),
    ("lunes", Weekday::Monday),
    ("mon", Weekday::Monday),
    ("mo", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("mardi", Weekday::Tuesday),
    ("dienstag", Weekday::Tuesday),
    ("martes", Weekday::Tuesday),
    ("tues", Weekday::Tuesday),
    ("tue", Weekday::Tuesday),
    ("di", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("mercredi", Weekday::Wednesday),
    ("mittwoch", Weekday::Wednesday),
    ("miércoles", Weekday::Wednesday),
    ("wed", Weekday::Wednesday),
    ("mi", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("jeudi", Weekday::Thursday),
    ("donnerstag", Weekday::Thursday),
    ("jueves", Weekday::Thursday),
    ("thurs", Weekday::Thursday),
    ("thu", Weekday::Thursday),
    ("do", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("vendredi", Weekday::Friday),
    ("freitag", Weekday::Friday),
    ("viernes", Weekday::Friday),
    ("fri", Weekday::Friday),
    ("fr", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("samedi", Weekday::Saturday),
    ("samstag", Weekday::Saturday),
    ("sonnabend", Weekday::Saturday),
    ("sábado", Weekday::Saturday),
    ("sat", Weekday::Saturday),
    ("sa", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
    ("dimanche", Weekday::Sunday),
    ("sonntag", Weekday::Sunday),
    ("domingo", Weekday::Sunday),
    ("sun", Weekday::Sunday),
    ("so", Weekday::Sunday),
    ("lun", Weekday::Monday),
    ("mer", Weekday::Wednesday),
    ("jeu", Weekday::Thursday),
    ("ven", Weekday::Friday),
];

/// Returns the number of a month, 1 to 12, by its name in any case.
pub(super) fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    let name = name.trim_end_matches('.');
    let found = MONTHS.iter().find(|(known, _)| *known == name).map(|(_, number)| *number);
    found.or_else(|| DECEMBER.contains(&name).then_some(12))
}

/// Returns a weekday by its name in any case.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    let name = name.to_lowercase();
    let name = name.trim_end_matches(['.', ',']);
    WEEKDAYS.iter().find(|(known, _)| *known == name).map(|(_, day)| *day)
}

/// Returns all names of months as the branches of a regular expression, long ones first.
pub(super) fn month_branches() -> String {
    let names = MONTHS.iter().map(|(name, _)| *name).chain(DECEMBER).collect();
    branches(names)
}

/// Returns the names of weekdays in the same way; those of two letters only count where a date follows.
pub(super) fn weekday_branches() -> String {
    branches(WEEKDAYS.iter().map(|(name, _)| *name).collect())
}

fn branches(mut names: Vec<&str>) -> String {
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weekdays_are_known_in_four_languages() {
        for (name, number) in
            [("March", 3), ("août", 8), ("Dezember", 12), ("déc.", 12), ("Sept.", 9), ("junio", 6)]
        {
            assert_eq!(month(name), Some(number), "{name}");
        }
        assert_eq!(month("Marchand"), None);
        for (name, day) in
            [("Tue,", Weekday::Tuesday), ("samedi", Weekday::Saturday), ("Mo.", Weekday::Monday)]
        {
            assert_eq!(weekday(name), Some(day), "{name}");
        }
    }
}
