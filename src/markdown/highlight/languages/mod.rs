//! The register of languages: names and aliases, as Chroma has them, and how each is scanned.
//!
//! Adding a language is adding a line here and, where no relative will do, a table in one of the files below.

pub(super) mod data;
pub(super) mod functional;
pub(super) mod script;
pub(super) mod shell;
pub(super) mod systems;
pub(super) mod web;

use super::grammar::Grammar;
use super::scan::Scan;
use super::scanners::markup::Template;
use super::scanners::{css, lines, makefile, toml, yaml};
use Syntax::{Code, Markdown, Markup, Special};

/// How a language is scanned.
#[derive(Clone, Copy)]
pub(super) enum Syntax {
    /// By the engine.
    Code(&'static Grammar),
    /// As tags with templates in them.
    Markup(&'static [Template]),
    /// As Markdown, which may contain all the others.
    Markdown,
    /// By a scanner of its own.
    Special(fn(&mut Scan)),
}

/// A language: its names in lower case, the first being the usual one.
pub(super) struct Language {
    pub(super) names: &'static [&'static str],
    pub(super) syntax: Syntax,
}

/// Shortens the lines below.
const fn language(names: &'static [&'static str], syntax: Syntax) -> Language {
    Language { names, syntax }
}

/// Every language, the frequent ones first, because the search is linear.
pub(super) static LANGUAGES: &[Language] = &[
    language(&["yaml", "yml"], Special(yaml::yaml)),
    language(&["bash", "sh", "shell", "zsh", "ksh", "ash"], Code(&shell::BASH)),
    language(
        &["console", "shell-session", "shellsession", "bash-session", "sh-session", "terminal", "cli"],
        Special(lines::console),
    ),
    language(&["go", "golang"], Code(&systems::GO)),
    language(&["rust", "rs"], Code(&systems::RUST)),
    language(&["python", "py", "python3", "py3", "sage", "pyi"], Code(&script::PYTHON)),
    language(&["javascript", "js", "jsx", "mjs", "cjs", "react"], Code(&web::JAVASCRIPT)),
    language(&["typescript", "ts", "tsx", "mts", "cts"], Code(&web::TYPESCRIPT)),
    language(&["json", "jsonc", "json5", "jsonl", "ndjson", "jsonnet", "geojson"], Code(&data::JSON)),
    language(&["html", "xhtml", "htm"], Markup(&[])),
    language(&["xml", "svg", "rss", "atom", "xsl", "xslt", "plist", "wsdl"], Markup(&[])),
    language(&["css"], Special(css::css)),
    language(&["scss", "sass", "less", "postcss"], Special(css::css)),
    language(&["dockerfile", "docker", "containerfile"], Code(&shell::DOCKERFILE)),
    language(&["toml"], Special(toml::toml)),
    language(
        &[
            "ini",
            "cfg",
            "conf",
            "dosini",
            "properties",
            "java-properties",
            "systemd",
            "systemd-unit-file",
            "editorconfig",
            "desktop",
            "dotenv",
            "env",
        ],
        Special(toml::ini),
    ),
    language(&["hcl", "terraform", "tf", "tfvars", "opentofu", "nomad", "packer"], Code(&data::HCL)),
    language(&["markdown", "md", "mkd", "mdx"], Markdown),
    language(&["diff", "udiff", "patch"], Special(lines::diff)),
    language(&["makefile", "make", "mf", "bsdmake", "mk"], Special(makefile::makefile)),
    language(
        &[
            "sql",
            "mysql",
            "mariadb",
            "postgres",
            "postgresql",
            "pgsql",
            "plpgsql",
            "pl/pgsql",
            "sqlite",
            "sqlite3",
            "tsql",
            "t-sql",
            "transact-sql",
            "plsql",
            "pl/sql",
            "bigquery",
            "googlesql",
        ],
        Code(&data::SQL),
    ),
    language(&["c", "h", "idc", "x-chdr", "x-csrc", "arduino"], Code(&systems::C)),
    language(
        &["cpp", "c++", "cxx", "cc", "hpp", "hxx", "cuda", "cu", "ino", "glsl", "hlsl", "wgsl"],
        Code(&systems::CPP),
    ),
    language(&["objective-c", "objectivec", "objc", "obj-c", "mm"], Code(&systems::OBJECTIVE_C)),
    language(&["csharp", "c#", "cs"], Code(&systems::CSHARP)),
    language(&["java"], Code(&systems::JAVA)),
    language(&["kotlin", "kt", "kts"], Code(&systems::KOTLIN)),
    language(&["scala", "sc", "sbt"], Code(&systems::SCALA)),
    language(&["groovy", "jenkinsfile", "gradle", "jenkins", "nextflow", "nf"], Code(&systems::GROOVY)),
    language(&["swift"], Code(&systems::SWIFT)),
    language(&["dart"], Code(&systems::DART)),
    language(&["zig"], Code(&systems::ZIG)),
    language(&["nim", "nimrod"], Code(&systems::NIM)),
    language(&["v", "vlang"], Code(&systems::V)),
    language(&["solidity", "sol"], Code(&systems::SOLIDITY)),
    language(&["asm", "assembly", "nasm", "gas", "armasm", "riscv", "s"], Code(&systems::ASSEMBLY)),
    language(&["php", "php3", "php4", "php5"], Special(php)),
    language(&["ruby", "rb", "rake", "gemfile", "vagrantfile", "podfile", "brewfile"], Code(&script::RUBY)),
    language(&["crystal", "cr"], Code(&script::RUBY)),
    language(&["perl", "pl", "pm", "raku", "perl6"], Code(&script::PERL)),
    language(&["lua", "luau", "moonscript"], Code(&script::LUA)),
    language(&["r", "rlang", "splus", "s-plus"], Code(&script::R)),
    language(&["julia", "jl"], Code(&script::JULIA)),
    language(&["elixir", "ex", "exs", "iex"], Code(&script::ELIXIR)),
    language(&["starlark", "bazel", "bzl", "tilt", "tiltfile", "build"], Code(&script::STARLARK)),
    language(&["gdscript", "gd"], Code(&script::GDSCRIPT)),
    language(&["vim", "viml", "vimscript"], Code(&script::VIM)),
    language(&["awk", "gawk", "mawk", "nawk"], Code(&script::AWK)),
    language(&["tcl", "expect"], Code(&script::TCL)),
    language(&["fish", "fishshell"], Code(&shell::FISH)),
    language(&["powershell", "posh", "ps1", "psm1", "psd1", "pwsh"], Code(&shell::POWERSHELL)),
    language(&["batch", "bat", "batchfile", "dosbatch", "winbatch", "cmd"], Code(&shell::BATCH)),
    language(&["cmake"], Code(&shell::CMAKE)),
    language(&["nginx"], Code(&shell::NGINX)),
    language(&["caddyfile", "caddy", "apache", "apacheconf", "aconf"], Code(&shell::DIRECTIVES)),
    language(&["haskell", "hs"], Code(&functional::HASKELL)),
    language(&["purescript"], Code(&functional::HASKELL)),
    language(&["elm"], Code(&functional::ELM)),
    language(&["ocaml", "ml", "reasonml", "reason", "sml"], Code(&functional::OCAML)),
    language(&["fsharp", "f#", "fs", "fsx"], Code(&functional::FSHARP)),
    language(&["erlang", "erl"], Code(&functional::ERLANG)),
    language(&["clojure", "clj", "cljs", "cljc", "edn"], Code(&functional::CLOJURE)),
    language(
        &[
            "lisp",
            "common-lisp",
            "cl",
            "scheme",
            "scm",
            "racket",
            "rkt",
            "elisp",
            "emacs-lisp",
            "emacs",
            "fennel",
            "guile",
        ],
        Code(&functional::LISP),
    ),
    language(&["nix", "nixos"], Code(&functional::NIX)),
    language(&["prolog"], Code(&functional::PROLOG)),
    language(&["gleam"], Code(&functional::GLEAM)),
    language(&["puppet"], Code(&functional::PUPPET)),
    language(&["graphql", "gql", "graphqls"], Code(&web::GRAPHQL)),
    language(&["coffeescript", "coffee", "coffee-script"], Code(&web::COFFEE)),
    language(&["protobuf", "proto"], Code(&data::PROTOBUF)),
    language(&["thrift"], Code(&data::THRIFT)),
    language(&["bicep"], Code(&data::BICEP)),
    language(&["cue"], Code(&data::CUE)),
    language(&["rego"], Code(&data::REGO)),
    language(&["jq"], Code(&data::JQ)),
    language(&["promql"], Code(&data::PROMQL)),
    language(&["cypher"], Code(&data::CYPHER)),
    language(&["wat", "wast", "wasm"], Code(&data::WAT)),
    language(&["wit"], Code(&data::WIT)),
    language(&["latex", "tex"], Code(&data::LATEX)),
    language(&["gherkin", "cucumber", "feature"], Code(&data::GHERKIN)),
    language(&["http"], Special(lines::http)),
    language(
        &[
            "go-html-template",
            "gohtml",
            "gotmpl",
            "go-template",
            "go-text-template",
            "html+gotmpl",
            "html+go",
        ],
        Markup(web::BRACES),
    ),
    language(
        &[
            "jinja",
            "jinja2",
            "django",
            "html+django",
            "html+jinja",
            "htmldjango",
            "twig",
            "html+twig",
            "tera",
            "nunjucks",
            "liquid",
        ],
        Markup(web::BRACES),
    ),
    language(
        &["handlebars", "hbs", "html+handlebars", "mustache", "vue", "vuejs", "svelte", "astro", "angular2"],
        Markup(web::BRACES),
    ),
    language(&["erb", "html+erb", "rhtml", "ejs", "eex", "heex", "jsp"], Markup(web::PERCENTS)),
    language(&["html+php", "phtml"], Markup(web::PHP_PAGE)),
];

/// Returns how a language is scanned, by any of its names in any case.
pub(super) fn syntax(name: &str) -> Option<Syntax> {
    let known = |language: &&Language| language.names.iter().any(|known| known.eq_ignore_ascii_case(name));
    LANGUAGES.iter().find(known).map(|language| language.syntax)
}

/// Paints PHP, which most posts show without the tags around it.
fn php(scan: &mut Scan) {
    if scan.find("<?").is_some() {
        super::scanners::markup::markup(scan, web::PHP_PAGE);
    } else {
        super::engine::run(scan, &web::PHP);
    }
}
