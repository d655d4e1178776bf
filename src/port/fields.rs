//! Fields and methods: what `.Page.Title` or `.Resize "600x"` are called in our templates.
//!
//! One table a kind of value; functions are `functions`' business.

use super::code::{Bond, Code, Kind};
use super::lost::{Lost, Notes, Outcome};

/// Asks `name` of a value, with the arguments that stand after the last field of a chain.
pub(super) fn ask(value: &Code, name: &str, arguments: &[Code], notes: &mut Notes) -> Outcome {
    let plain = arguments.is_empty();
    match value.kind {
        Kind::Call => call(name, arguments, notes),
        Kind::Parent => parent(value, name, arguments),
        Kind::Arguments if plain => Ok(Code::path("named", Kind::Map).field(name)),
        Kind::Page => page(value, name, arguments, notes),
        Kind::Resources => resources(name, arguments),
        Kind::Resource => resource(value, name, arguments, notes),
        Kind::Site if plain => site(value, name),
        Kind::Site => Err(no_field("a site", name)),
        Kind::Picture if plain => picture(value, name),
        Kind::Language if plain && matches!(name, "Lang" | "LanguageCode" | "Locale" | "Name") => {
            Ok(value.clone().of(Kind::Text))
        }
        Kind::Language => Err(no_field("a language", name)),
        Kind::MediaType if plain => media_type(value, name),
        Kind::Date => date(value, name, arguments),
        Kind::Params if plain => Ok(value.field(&name.to_lowercase()).of(Kind::Params)),
        Kind::Any | Kind::Map if plain => Ok(value.field(name)),
        _ if plain => Err(no_field("this value", name)),
        _ => Err(Lost::new(format!("`{name}` with arguments"))),
    }
}

fn no_field(what: &str, name: &str) -> Lost {
    Lost::new(format!("{what} has no `{name}` in our templates"))
}

/// The shortcode's own dot.
fn call(name: &str, arguments: &[Code], notes: &mut Notes) -> Outcome {
    Ok(match (name, arguments) {
        ("Get", [key]) => argument(&Code::path("args", Kind::List), &Code::path("named", Kind::Map), key),
        ("Params", []) => Code::new("named or args", Bond::Or, Kind::Arguments),
        ("IsNamedParams", []) => Code::path("named", Kind::Boolean),
        ("Inner", []) => Code::path("inner", Kind::Html),
        ("InnerDeindent", []) => {
            notes.push("`inner` keeps the indentation that `.InnerDeindent` takes away");
            Code::path("inner", Kind::Html)
        }
        ("Ordinal", []) => Code::path("ordinal", Kind::Integer),
        ("Name", []) => Code::path("name", Kind::Text),
        ("Parent", []) => Code::path("parent", Kind::Parent).optional(),
        ("Page", []) => Code::path("page", Kind::Page),
        ("Site", []) => Code::path("site", Kind::Site),
        ("Position", []) => {
            let parts = "source_path ~ \":\" ~ source_line ~ \":\" ~ source_column";
            Code::new(parts, Bond::Product, Kind::Text)
        }
        ("RelRef" | "Ref", _) => return super::functions::call(&name.to_lowercase(), arguments, notes),
        ("Scratch" | "Store", _) => return Err(Lost::memory(name)),
        _ => return Err(Lost::new(format!("a shortcode has no `.{name}` in our templates"))),
    })
}

/// `.Get key`: a number is a position, anything else a name.
fn argument(positional: &Code, named: &Code, key: &Code) -> Code {
    match key.kind {
        Kind::Integer => positional.item(key),
        Kind::Text => key.literal().map_or_else(|| named.item(key), |name| named.field(&name)),
        _ => Code::choice(&key.is("string"), &named.item(key), &positional.item(key)),
    }
}

fn parent(value: &Code, name: &str, arguments: &[Code]) -> Outcome {
    // Every key is there, if the parent is.
    let of_parent = |field: &str| Code { optional: value.optional, ..value.field(field) };
    Ok(match (name, arguments) {
        ("Get", [key]) => argument(&of_parent("args"), &of_parent("named"), key),
        ("Params", []) => of_parent("named").of(Kind::Map),
        ("IsNamedParams", []) => of_parent("named").of(Kind::Boolean),
        ("Name", []) => of_parent("name"),
        ("Ordinal", []) => of_parent("ordinal"),
        ("Page", []) => Code::path("page", Kind::Page),
        ("Site", []) => Code::path("site", Kind::Site),
        ("Scratch" | "Store", _) => return Err(Lost::memory(name)),
        _ => return Err(no_field("the shortcode around this one", &format!(".{name}"))),
    })
}

fn page(value: &Code, name: &str, arguments: &[Code], notes: &mut Notes) -> Outcome {
    let text = |field: &str| value.field(field).of(Kind::Text);
    let kind_is = |kind: &str| {
        Code::join(&value.field("kind"), "==", &Code::quoted(kind), Bond::Comparison, Kind::Boolean)
    };
    let mut code = match (name, arguments) {
        ("Title" | "Name", []) => text("title"),
        ("LinkTitle", []) => text("link_title"),
        ("Permalink", []) => text("permalink"),
        ("RelPermalink", []) => text("rel_permalink"),
        ("Path", []) => text("path"),
        ("Section", []) => text("section"),
        ("Type", []) => text("type"),
        ("Kind", []) => text("kind"),
        ("Description", []) => text("description"),
        ("Draft", []) => value.field("draft").of(Kind::Boolean),
        ("Date", []) => value.field("date").of(Kind::Date),
        ("Lastmod", []) => value.field("lastmod").of(Kind::Date),
        ("PublishDate", []) => value.field("publish_date").of(Kind::Date),
        ("ExpiryDate", []) => value.field("expiry_date").of(Kind::Date),
        ("Params", []) => value.field("params").of(Kind::Params),
        ("Param", [key]) => return Ok(param(value, key)),
        ("Site", []) => Code::path("site", Kind::Site),
        ("Page", []) => value.clone(),
        ("Language", []) => Code::path("site.language", Kind::Language),
        ("Lang", []) => Code::path("site.language", Kind::Text),
        ("Resources", []) => Code::path("page", Kind::Resources),
        ("IsHome", []) => kind_is("home"),
        ("IsPage", []) => kind_is("page"),
        ("IsSection", []) => kind_is("section"),
        ("IsNode", []) => kind_is("page").not(),
        ("RenderString", [text]) => return Ok(text.as_text().filter("markdown", Kind::Html)),
        ("RenderString", [options, text]) if options.text.contains("\"block\"") => {
            notes.push("the filter `markdown` leaves away the `<p>` of a text of one paragraph");
            return Ok(text.as_text().filter("markdown", Kind::Html));
        }
        ("Ref" | "RelRef", _) => return super::functions::call(&name.to_lowercase(), arguments, notes),
        ("Scratch" | "Store", _) => return Err(Lost::memory(name)),
        _ => {
            return Err(no_field("a page, as a shortcode sees it,", &format!(".{name}")));
        }
    };
    // Every key of a page is there, if only as `none`.
    code.optional = false;
    Ok(code)
}

/// `.Param "a.b"`: of the page, or else of the site.
fn param(page: &Code, key: &Code) -> Code {
    let of = |params: Code| match key.literal() {
        Some(path) => path.split('.').fold(params, |value, name| value.field(&name.to_lowercase())),
        None => params.item(&key.as_text().filter("lower", Kind::Text)),
    };
    let mut own = page.field("params");
    own.optional = false;
    let site = Code::path("site.params", Kind::Params);
    Code::join(&of(own), "or", &of(site), Bond::Or, Kind::Any).optional()
}

fn resources(name: &str, arguments: &[Code]) -> Outcome {
    match (name, arguments) {
        ("Get" | "GetMatch", [pattern]) => {
            let text = format!("resource(name={})", pattern.as_text().text);
            Ok(Code::new(text, Bond::Whole, Kind::Resource).optional())
        }
        _ => Err(Lost::new(format!("there is no counterpart to `.Resources.{name}`")).hint(
            "`resource(name=\"photo.jpg\")` finds one file beside the page; a list of them is not to be had",
        )),
    }
}

fn resource(value: &Code, name: &str, arguments: &[Code], notes: &mut Notes) -> Outcome {
    // Every key is there, if the file is.
    let field = |name: &str, kind: Kind| {
        let code = value.field(name).of(kind);
        Ok(Code { optional: value.optional, ..code })
    };
    match (name, arguments) {
        ("RelPermalink", []) => field("rel_permalink", Kind::Text),
        ("Permalink", []) => {
            notes.push("the address of a file is without the host here");
            field("rel_permalink", Kind::Text)
        }
        ("Name", []) => field("name", Kind::Text),
        ("Title", []) => field("title", Kind::Text),
        ("Width", []) => field("width", Kind::Integer),
        ("Height", []) => field("height", Kind::Integer),
        ("MediaType", []) => field("media_type", Kind::MediaType),
        ("ResourceType", []) => media_type(&value.field("media_type"), "MainType"),
        ("Params", []) => field("params", Kind::Params),
        (command @ ("Resize" | "Fit" | "Fill" | "Crop"), [options]) => {
            let (file, options) = (value.field("name").text, options.as_text().text);
            let text = format!("image(name={file}, command=\"{command}\", options={options})");
            Ok(Code::new(text, Bond::Whole, Kind::Picture))
        }
        _ => Err(no_field("a file beside a page", name)),
    }
}

/// Ours has the character set behind it: `text/plain; charset=utf-8`.
fn media_type(value: &Code, name: &str) -> Outcome {
    let part = |separator: &str, filter: &str| -> Outcome {
        let parts = value.as_text().filter(&format!("split(pat=\"{separator}\")"), Kind::Texts);
        Ok(parts.filter(filter, Kind::Text))
    };
    match name {
        "Type" | "String" => part(";", "first"),
        "MainType" => part("/", "first"),
        "SubType" => {
            let whole = part(";", "first")?;
            Ok(whole.filter("split(pat=\"/\")", Kind::Texts).filter("last", Kind::Text))
        }
        _ => Err(no_field("a media type", name)),
    }
}

fn picture(value: &Code, name: &str) -> Outcome {
    let code = match name {
        "RelPermalink" | "Permalink" => value.field("url").of(Kind::Text),
        "Width" => value.field("width").of(Kind::Integer),
        "Height" => value.field("height").of(Kind::Integer),
        "Title" | "Name" => value.field("title").of(Kind::Text),
        "Params" => value.field("params").of(Kind::Params),
        _ => return Err(no_field("a picture", name)),
    };
    Ok(Code { optional: value.optional, ..code })
}

fn site(value: &Code, name: &str) -> Outcome {
    let mut code = match name {
        "Title" => value.field("title").of(Kind::Text),
        "BaseURL" => value.field("base_url").of(Kind::Text),
        "Copyright" => value.field("copyright").of(Kind::Text),
        "LanguageCode" => value.field("language").of(Kind::Text),
        "Language" => value.field("language").of(Kind::Language),
        "Params" => value.field("params").of(Kind::Params),
        "Menus" => value.field("menus").of(Kind::Params),
        _ => return Err(no_field("the site", name)),
    };
    code.optional = false;
    Ok(code)
}

fn date(value: &Code, name: &str, arguments: &[Code]) -> Outcome {
    let part = |layout: &str| {
        value.as_text().filter(&format!("date(format=\"{layout}\")"), Kind::Text).filter("int", Kind::Integer)
    };
    Ok(match (name, arguments) {
        ("Format", [layout]) => value.as_text().filter(&format!("date(format={})", layout.text), Kind::Text),
        ("Year", []) => part("2006"),
        ("Month", []) => part("1"),
        ("Day", []) => part("2"),
        ("IsZero", []) => value.not(),
        _ => return Err(no_field("a date", name)),
    })
}
