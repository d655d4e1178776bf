//! Turns made-up posts into proposals: reports, announcements, and posts that only mention an event.

use super::*;
use jiff::civil::date;

const PLACES: Gazetteer = Gazetteer {
    is_city: |name| matches!(name, "Quuxville" | "Bazel" | "Perlin"),
    is_country: |name| matches!(name, "Quuxland" | "Belgium"),
};

/// Proposes for a post of June 2024.
fn lift(title: &str, tags: &[&str], body: &str) -> Proposal {
    lift_with(title, tags, &[], body)
}

fn lift_with(title: &str, tags: &[&str], keys: &[&str], body: &str) -> Proposal {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let (tags, front_keys) = (own(tags), own(keys));
    let date = Some(date(2024, 6, 20));
    let post =
        Post { title, description: "", date, tags: &tags, front_keys: &front_keys, body, body_first_line: 8 };
    propose(&post, &PLACES)
}

const REPORT: &str = "Last week I went to Quuxville for [ZebraConf](https://zebraconf.example/2024/).\n\n\
    ZebraConf ran from June 10-12 in a former mill; the [schedule](https://zebraconf.example/2024/schedule/) was full.\n\n\
    Also published at: https://social.example/@me/1\n\n\
    ## Day 1\n\n\
    ### Stripes at scale - Ann Lee\n\n\
    - **2024-06-10, 09:30-10:20, Hall 1**\n  - Link: [Session Page](https://zebraconf.example/2024/talk/a1/)\n  \
    - Slides: [pdf](https://zebraconf.example/a1.pdf)\n  - Video: {{< youtube aBcDeFgHiJk >}}\n\n\
    #### My notes\n\n- Ann said that stripes are hard.\n\n\
    ### Lunch and hallway track\n\nGood soup.\n\n\
    ### Herds: Panel\n\n- **2024-06-11, 11:00-11:45, Hall 2**\n\n\
    ## Conclusion\n\nI met many speakers and attendees. See you at the next ZebraConf!\n";

#[test]
fn a_report_gives_all_that_it_says() {
    let proposal = lift("ZebraConf 2024 Trip Report", &["zebraconf"], REPORT);
    let event = ProposedEvent {
        name: "ZebraConf".into(),
        edition: Some("2024".into()),
        start: Some(date(2024, 6, 10)),
        end: Some(date(2024, 6, 12)),
        city: Some("Quuxville".into()),
        url: Some("https://zebraconf.example/2024/".into()),
        schedule: Some("https://zebraconf.example/2024/schedule/".into()),
        ..ProposedEvent::default()
    };
    assert_eq!(proposal.event, Some(event));
    let titles: Vec<_> = proposal.talks.iter().map(|talk| talk.title.as_str()).collect();
    assert_eq!(titles, ["Stripes at scale", "Herds: Panel"]);
    let expected = ProposedTalk {
        title: "Stripes at scale".into(),
        speakers: vec!["Ann Lee".into()],
        date: Some(date(2024, 6, 10)),
        time: Some("09:30-10:20".into()),
        room: Some("Hall 1".into()),
        url: Some("https://zebraconf.example/2024/talk/a1/".into()),
        slides: Some("https://zebraconf.example/a1.pdf".into()),
        video: Some("aBcDeFgHiJk".into()),
        line: 16,
    };
    assert_eq!(proposal.talks.first(), Some(&expected));
    assert_eq!(proposal.syndication, ["https://social.example/@me/1"]);
}

#[test]
fn every_value_has_its_evidence() {
    let proposal = lift("ZebraConf 2024 Trip Report", &["zebraconf"], REPORT);
    let evidence =
        |key: &str| proposal.evidence.iter().find(|e| e.key == key).map(|e| (e.value.as_str(), e.at));
    assert_eq!(evidence("event.name"), Some(("ZebraConf", At::Title)));
    assert_eq!(evidence("event.end"), Some(("2024-06-12", At::Line(10))));
    assert_eq!(evidence("event.city"), Some(("Quuxville", At::Line(8))));
    assert_eq!(evidence("talks[0].room"), Some(("Hall 1", At::Line(16))));
    assert_eq!(evidence("syndication"), Some(("https://social.example/@me/1", At::Line(12))));
}

#[test]
fn names_and_editions_come_from_many_titles() {
    let body = "Last week I attended ZebraConf. The talks, the speakers, the venue and each session: a fine conference.";
    for (title, name, edition) in [
        ("ZebraConf EU 2024", "ZebraConf", Some("EU 2024")),
        ("Team Stripe at ZebraConf 2024", "ZebraConf", Some("2024")),
        ("Surviving ZebraConf '24", "ZebraConf", Some("2024")),
        ("Recap: ZebraConf", "ZebraConf", None),
        ("Retour de ZebraConf 2024", "ZebraConf", Some("2024")),
    ] {
        let event = lift(title, &["conference"], body).event;
        assert_eq!(event.as_ref().map(|event| event.name.as_str()), Some(name), "{title}");
        assert_eq!(event.and_then(|event| event.edition).as_deref(), edition, "{title}");
    }
}

#[test]
fn posts_that_only_mention_an_event_give_none() {
    let body = "I attended ZebraConf 2024 in Quuxville last week. Talks, speakers, sessions, booth, conference.\n\n\
        - [Stripes at scale - Ann Lee (Quux)](https://sched.co/a1) (9:00 - 9:35)\n";
    for title in [
        "June 2024 Update",
        "Zebra 2.4 released",
        "How we built stripes for ZebraConf 2024",
        "ZebraConf survival guide",
        "Announcing Zebra 3 at ZebraConf 2024",
        "Zebra Conferences 2024",
        "ZebraConf and YakCamp 2024",
        "ZebraConf 2014",
        "Year in Review '24",
        "What matters in 2024",
        "Stripes",
    ] {
        let proposal = lift(title, &["event"], body);
        assert_eq!((proposal.event, proposal.talks), (None, Vec::new()), "{title}");
    }
}

#[test]
fn years_beside_other_things_are_no_events() {
    for (title, body) in [
        ("Songs 2024", "My songs of the year. I went to Quuxville for songs."),
        ("Zebra Server 2024", "Zebra Server is out. We speak about Zebra Server in each talk and session."),
        ("Running", "I am running. Last weekend I was going to go running again, running far."),
    ] {
        assert_eq!(lift(title, &["songs", "running"], body).event, None, "{title}");
    }
}

#[test]
fn an_announcement_is_about_its_event() {
    let body = "![YakDays](a.png)\n\nWe look forward to the YakDays event.\n\n\
        **YakDays 2024 is a free online event on July 8-9, 2024.** Submit a talk before June 30th.\n\n\
        - Foo for all -- Ann Lee (Quux)\n- Bar for some -- Bob Ray (Bar) & Cy Em (Baz)\n- Baz, again -- Di Fox (Foo)\n\n\
        ## Coming up\n\n- [Other - Ed Gee (Quux)](https://sched.co/b1) (9:00 - 9:30)\n";
    let proposal = lift("YakDays 2024", &["event"], body);
    let event = proposal.event.unwrap_or_default();
    assert_eq!((event.start, event.end), (Some(date(2024, 7, 8)), Some(date(2024, 7, 9))));
    let speakers: Vec<_> = proposal.talks.iter().map(|talk| talk.speakers.join(", ")).collect();
    assert_eq!(speakers, ["Ann Lee", "Bob Ray, Cy Em", "Di Fox"]);
}

#[test]
fn a_block_of_facts_is_enough() {
    let body = "## General\n\n- [Website](https://rse.example/day)\n- Program: [html](https://rse.example/day/program)\n\
        - Date: 4/6/2024\n- Location: Old Mill, Quuxville, Quuxland\n\n## Keynotes\n\n\
        ### Better grazing\n\nPresenter: Ann Lee (Director, Field Institute)\n\nNotes.\n";
    let proposal = lift("Herd Engineering Day 2024", &[], body);
    let event = proposal.event.unwrap_or_default();
    assert_eq!(event.name, "Herd Engineering Day");
    assert_eq!(event.start, Some(date(2024, 6, 4)));
    assert_eq!(event.venue.as_deref(), Some("Old Mill"));
    assert_eq!(event.city.as_deref(), Some("Quuxville"));
    assert_eq!(event.schedule.as_deref(), Some("https://rse.example/day/program"));
    let talks: Vec<_> =
        proposal.talks.iter().map(|talk| (talk.title.as_str(), talk.speakers.len())).collect();
    assert_eq!(talks, [("Better grazing", 1)]);
}

#[test]
fn what_the_front_matter_says_is_not_proposed() {
    let keys = ["title", "event", "talks", "syndication"];
    assert!(lift_with("ZebraConf 2024 Trip Report", &["zebraconf"], &keys, REPORT).is_empty());
    let proposal = lift_with("ZebraConf 2024 Trip Report", &["zebraconf"], &["Event"], REPORT);
    assert_eq!((proposal.event, proposal.talks.len()), (None, 2));
    assert!(proposal.evidence.iter().all(|evidence| !evidence.key.starts_with("event")));
}

#[test]
fn one_address_under_two_titles_is_left_to_the_author() {
    let body = "I attended ZebraConf.\n\n- [Foo at scale - Ann Lee](https://sched.co/a1)\n- [Bar at scale - Bob Ray](https://sched.co/a1)\n";
    let talks = lift("ZebraConf 2024", &["conference"], body).talks;
    let urls: Vec<_> = talks.iter().map(|talk| (talk.title.as_str(), talk.url.as_deref())).collect();
    assert_eq!(urls, [("Foo at scale", None), ("Bar at scale", None)]);
}

#[test]
fn headings_of_one_form_are_talks_together() {
    let intro = "Last week I attended ZebraConf.\n\n";
    let three = "### Foo at scale - Ann Lee\n\n### Bar at dawn (Bob Ray)\n\n### Baz by heart by Cy Em\n\n### Lunch break\n";
    let talks = lift("ZebraConf 2024", &["conference"], &format!("{intro}{three}")).talks;
    let titles: Vec<_> = talks.iter().map(|talk| talk.title.as_str()).collect();
    assert_eq!(titles, ["Foo at scale", "Bar at dawn", "Baz by heart"]);
    let one = "### Foo at scale - Ann Lee\n\n### “Bar”\n\n### Tuesday - Main Stage\n";
    assert!(lift("ZebraConf 2024", &["conference"], &format!("{intro}{one}")).talks.is_empty());
}
