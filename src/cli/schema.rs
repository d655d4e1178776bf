//! `hallway schema`: what configuration and front matter may be, for editors and checks. Data on stdout.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use hallway::config::config_schema;
use hallway::event::{event_schema, person_schema};
use hallway::page::front_matter_schema;
use serde_json::{Value, json};

use super::Exit;

pub(crate) const SCHEMA_EXAMPLES: &str = "\
Examples:
  hallway schema > hallway.schema.json            of the configuration
  hallway schema front-matter > page.schema.json  of what stands above a text

An editor with a YAML language server knows all keys, and what they take, once hallway.yaml begins with
  # yaml-language-server: $schema=hallway.schema.json";

#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// Of what
    #[arg(value_enum, default_value_t = Subject::Config)]
    subject: Subject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// hallway.yaml, or Hugo's files
    Config,
    /// What stands above the text of a page
    FrontMatter,
    /// A file of data/events
    Event,
    /// A file of data/people
    Person,
}

/// Writes a JSON Schema.
pub(crate) fn run(arguments: &SchemaArguments) -> Exit {
    let schema = match arguments.subject {
        Subject::Config => config_schema(),
        Subject::FrontMatter => front_matter_schema(),
        Subject::Event => titled(event_schema(), "An event of a Hallway site"),
        Subject::Person => titled(person_schema(), "Somebody on a Hallway site"),
    };
    let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap_or_default());
    // Whoever closed the pipe has seen enough.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Exit::Ok
}

/// Makes a schema one of its own.
fn titled(mut schema: Value, title: &str) -> Value {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(title);
    schema
}
