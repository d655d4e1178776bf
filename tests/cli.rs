//! Runs the transcripts in `tests/cli`: a command, its exit code, and every word it says.
//!
//! A transcript `x.trycmd` runs in a copy of the folder `x.in`, which `x.out/` asks for: an empty one (with `.keep`) is
//! enough, and files in it must be there with these bytes in the end. There is one transcript for each diagnostic, so
//! that its place and hint are read when they change. `[..]` stands for anything, `[CWD]` for the copy.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes down what the commands say now; durations have to be made `[..]`
//! again by hand.

#[test]
fn every_transcript_is_what_the_program_says() {
    trycmd::TestCases::new()
        .register_bin("hallway", std::path::Path::new(env!("CARGO_BIN_EXE_hallway")))
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .env("GITHUB_ACTIONS", "")
        .env("GITLAB_CI", "")
        // Nobody's keys are found.
        .env("AWS_ACCESS_KEY_ID", "")
        .env("AWS_PROFILE", "")
        .env("AWS_SHARED_CREDENTIALS_FILE", "none")
        .env("AWS_CONFIG_FILE", "none")
        .case("tests/cli/*.trycmd");
}

#[test]
fn the_help_of_every_command_is_in_a_transcript() {
    let help = include_str!("cli/help.trycmd");
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        assert!(
            help.contains(&format!("$ hallway {name} --help\n")),
            "`hallway {name} --help` is in no transcript"
        );
    }
}
