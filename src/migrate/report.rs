//! Turns a survey into numbers and into a page of Markdown for people.
//!
//! The terminal and programs are the command line's business.

use std::fmt::Write as _;

use super::{Finding, Standing, Subject, Survey};

/// How much of one subject is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The subject.
    pub subject: Subject,
    /// How many are served, with or without a difference.
    pub served: usize,
    /// How many of these come out differently.
    pub different: usize,
    /// How many are not served.
    pub not_served: usize,
    /// How many have no effect and need none.
    pub needless: usize,
    /// Uses of all that are served.
    pub served_uses: usize,
    /// Uses of all that should be.
    pub uses: usize,
}

impl Subject {
    /// Returns the name of one, and of several.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Shortcode => ("shortcode", "shortcodes"),
            Self::Configuration => ("configuration key", "configuration keys"),
            Self::FrontMatter => ("front matter key", "front matter keys"),
            Self::ContentFormat => ("content format", "content formats"),
            Self::Language => ("language", "languages"),
            Self::OutputFormat => ("output format", "output formats"),
            Self::Layout => ("layout", "layouts"),
            Self::Partial => ("partial", "partials"),
            Self::RenderHook => ("render hook", "render hooks"),
            Self::Theme => ("theme", "themes"),
            Self::Folder => ("folder", "folders"),
            Self::Deployment => ("deployment target", "deployment targets"),
        }
    }
}

impl Standing {
    /// Returns the heading for all of a standing.
    pub fn heading(self) -> &'static str {
        match self {
            Self::NotServed => "Not served",
            Self::Differs => "Differs",
            Self::Needless => "Without effect, and none is needed",
            Self::Served => "Served",
        }
    }
}

impl Tally {
    /// Says it in a sentence without a full stop: `12 of 14 shortcodes are served (203 of 236 uses)`.
    pub fn sentence(&self) -> String {
        if matches!(self.subject, Subject::Layout | Subject::Partial | Subject::RenderHook | Subject::Theme) {
            return self.not_run();
        }
        let wanted = self.served + self.not_served;
        let (one, several) = self.subject.names();
        let (name, verb) =
            (if wanted == 1 { one } else { several }, if self.served == 1 { "is" } else { "are" });
        let mut text = match (self.served, self.not_served) {
            (0, 0) => format!("no {one} is needed"),
            (1, 0) => format!("the only {one} is served"),
            (served, 0) => format!("all {served} {several} are served"),
            (0, 1) => format!("the only {one} is not served"),
            (0, wanted) => format!("none of {wanted} {several} is served"),
            (served, _) => format!("{served} of {wanted} {name} {verb} served"),
        };
        if self.subject == Subject::Shortcode && self.not_served > 0 {
            let _ = write!(text, " ({} of {} uses)", self.served_uses, self.uses);
        }
        if self.different > 0 {
            let _ = write!(text, ", {} of them with a difference", self.different);
        }
        if self.needless > 0 {
            let _ = write!(text, ", {} without need", self.needless);
        }
        text
    }

    /// Says it of templates, which are never run.
    fn not_run(&self) -> String {
        let all = self.different + self.not_served;
        let (one, several) = self.subject.names();
        let text =
            if all == 1 { format!("1 {one} is not run") } else { format!("{all} {several} are not run") };
        match (self.not_served, all) {
            (0, 1) => format!("{text}, ours takes its place"),
            (0, _) => format!("{text}, ours take their place"),
            (1, 1) => format!("{text}, and none of ours takes its place"),
            (missing, _) => format!("{text}, and for {missing} of them there is none of ours"),
        }
    }
}

/// Counts what a survey found, by subject and in their order.
pub fn tallies(survey: &Survey) -> Vec<Tally> {
    let mut findings: Vec<&Finding> = survey.findings.iter().collect();
    findings.sort_by_key(|finding| finding.subject);
    findings.chunk_by(|a, b| a.subject == b.subject).filter_map(tally).collect()
}

fn tally(findings: &[&Finding]) -> Option<Tally> {
    let subject = findings.first()?.subject;
    let of = |standing| findings.iter().filter(move |finding| finding.standing == standing);
    let (served, different) = (of(Standing::Served).count(), of(Standing::Differs).count());
    let uses = |standing| of(standing).map(|finding| finding.uses).sum::<usize>();
    let served_uses = uses(Standing::Served) + uses(Standing::Differs);
    Some(Tally {
        subject,
        served: served + different,
        different,
        not_served: of(Standing::NotServed).count(),
        needless: of(Standing::Needless).count(),
        served_uses,
        uses: served_uses + uses(Standing::NotServed),
    })
}

/// Writes a survey as a page of Markdown.
pub fn markdown(survey: &Survey) -> String {
    let mut page = String::from("# What Hallway makes of this Hugo site\n\n");
    for tally in tallies(survey) {
        let _ = writeln!(page, "- {}", tally.sentence());
    }
    for findings in survey.findings.chunk_by(|a, b| a.standing == b.standing) {
        let Some(standing) = findings.first().map(|finding| finding.standing) else { continue };
        let _ = write!(page, "\n## {}\n\n| what | name | uses | first place | |\n", standing.heading());
        page.push_str("| --- | --- | ---: | --- | --- |\n");
        for finding in findings {
            let place = finding.place.as_ref().map(ToString::to_string).unwrap_or_default();
            let (name, place) = (code(&finding.name), if place.is_empty() { place } else { code(&place) });
            let (what, uses, note) = (finding.subject.names().0, finding.uses, &finding.note);
            let _ = writeln!(page, "| {what} | {name} | {uses} | {place} | {} |", note.replace('|', "\\|"));
        }
    }
    page
}

/// Writes a name of the author's as code of a table's cell, whatever it holds.
fn code(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_control() || c == '`' { ' ' } else { c }).collect();
    format!("`{}`", name.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::diag::Location;

    fn finding(name: &str, standing: Standing, uses: usize) -> Finding {
        Finding::new(Subject::Shortcode, name, standing, "").used(uses, 1)
    }

    fn sentence(findings: Vec<Finding>) -> String {
        let (config_files, translations) = (Vec::new(), BTreeMap::new());
        let survey = Survey { config_files, pages: 1, findings, translations, warnings: Vec::new() };
        tallies(&survey).first().map(Tally::sentence).unwrap_or_default()
    }

    #[test]
    fn numbers_are_told_in_a_sentence() {
        use Standing::{Differs, Needless, NotServed, Served};
        let cases: [(&[Standing], &str); 6] = [
            (&[Served], "the only shortcode is served"),
            (&[Served, Differs], "all 2 shortcodes are served, 1 of them with a difference"),
            (&[NotServed], "the only shortcode is not served (0 of 2 uses)"),
            (&[NotServed, Served, Needless], "1 of 2 shortcodes is served (2 of 4 uses), 1 without need"),
            (&[NotServed, NotServed], "none of 2 shortcodes is served (0 of 4 uses)"),
            (&[Needless], "no shortcode is needed, 1 without need"),
        ];
        for (standings, wanted) in cases {
            assert_eq!(
                sentence(standings.iter().map(|standing| finding("a", *standing, 2)).collect()),
                wanted
            );
        }
    }

    #[test]
    fn templates_are_never_run() {
        let of = |subject, standings: &[Standing]| {
            let findings =
                standings.iter().map(|standing| Finding::new(subject, "a", *standing, "")).collect();
            sentence(findings)
        };
        use Standing::{Differs, NotServed};
        assert_eq!(of(Subject::Theme, &[Differs]), "1 theme is not run, ours takes its place");
        assert_eq!(
            of(Subject::Layout, &[Differs, NotServed]),
            "2 layouts are not run, and for 1 of them there is none of ours"
        );
    }

    #[test]
    fn a_table_holds_any_name() {
        let findings = vec![finding("a|b`c", Standing::NotServed, 1).at(Location::file("x|y.md"))];
        let survey = Survey {
            config_files: Vec::new(),
            pages: 1,
            findings,
            translations: BTreeMap::new(),
            warnings: Vec::new(),
        };
        assert!(markdown(&survey).contains("| shortcode | `a\\|b c` | 1 | `x\\|y.md` |  |\n"));
    }
}
