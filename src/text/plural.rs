//! Makes English plurals of names of folders, as Hugo does for the titles of sections without a text.
//!
//! Knows the rules and the usual exceptions, not a dictionary.

/// Words with a plural of their own.
const IRREGULAR: &[(&str, &str)] = &[
    ("alumnus", "alumni"),
    ("buffalo", "buffaloes"),
    ("child", "children"),
    ("criterion", "criteria"),
    ("datum", "data"),
    ("echo", "echoes"),
    ("focus", "foci"),
    ("foot", "feet"),
    ("goose", "geese"),
    ("half", "halves"),
    ("hero", "heroes"),
    ("index", "indices"),
    ("knife", "knives"),
    ("leaf", "leaves"),
    ("life", "lives"),
    ("man", "men"),
    ("matrix", "matrices"),
    ("medium", "media"),
    ("mouse", "mice"),
    ("ox", "oxen"),
    ("person", "people"),
    ("potato", "potatoes"),
    ("quiz", "quizzes"),
    ("radius", "radii"),
    ("shelf", "shelves"),
    ("tomato", "tomatoes"),
    ("tooth", "teeth"),
    ("vertex", "vertices"),
    ("wife", "wives"),
    ("wolf", "wolves"),
    ("woman", "women"),
];

/// Words that are the same in the plural.
const UNCHANGED: &[&str] = &[
    "children",
    "data",
    "equipment",
    "feet",
    "fish",
    "information",
    "media",
    "men",
    "money",
    "people",
    "police",
    "rice",
    "sheep",
    "women",
];

/// Returns a name with its last word in the plural; one that is a plural already stays.
pub fn pluralize(name: &str) -> String {
    let start = name.rfind([' ', '-', '_']).map_or(0, |at| at + 1);
    let (before, word) = name.split_at(start);
    format!("{before}{}", plural_of(word))
}

fn plural_of(word: &str) -> String {
    let lower = word.to_lowercase();
    if word.is_empty() || UNCHANGED.contains(&lower.as_str()) {
        return word.to_owned();
    }
    if let Some((_, plural)) = IRREGULAR.iter().find(|(singular, _)| *singular == lower) {
        let starts_large = word.chars().next().is_some_and(char::is_uppercase);
        let mut rest = plural.chars();
        let first = rest.next().map(|first| if starts_large { first.to_ascii_uppercase() } else { first });
        return first.into_iter().chain(rest).collect();
    }
    let is_vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    let stem = |cut: usize| &word[..word.len() - cut];
    match lower.as_str() {
        _ if ["ss", "us", "x", "z", "ch", "sh"].iter().any(|end| lower.ends_with(end)) => format!("{word}es"),
        _ if lower.ends_with("is") => format!("{}es", stem(2)),
        _ if lower.ends_with('s') => word.to_owned(),
        _ if lower.ends_with('y') && !is_vowel(lower.chars().rev().nth(1)) => format!("{}ies", stem(1)),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_those_of_hugo() {
        let cases = "blog blogs,post posts,en ens,about abouts,news news,story stories,box boxes,church churches,\
                     class classes,quiz quizzes,talk talks,person people,child children,man men,photo photos,\
                     hero heroes,leaf leaves,life lives,bus buses,analysis analyses,docs docs,series series,\
                     media media,data data,index indices,status statuses,event events,category categories,day days,\
                     speech speeches,2024 2024s,my-section my-sections,fish fish,woman women,mouse mice,tax taxes,\
                     wish wishes,address addresses,information information,species species,gallery galleries,\
                     journey journeys,process processes,lens lens,reports reports,event-report event-reports,\
                     kubernetes kubernetes,faq faqs,archive archives,été étés,zürich züriches,studio studios,zoo zoos";
        for case in cases.split(',') {
            let (name, plural) = case.trim().split_once(' ').unwrap();
            assert_eq!(pluralize(name), plural);
        }
        assert_eq!(pluralize(""), "");
        assert_eq!(pluralize("Open Source Person"), "Open Source People");
    }
}
