//! Checks where the links of a page lead, and whether what it shows is there.

use percent_encoding::percent_decode_str;

use super::addresses::Meaning;
use super::facts::{Reference, Use};
use super::finding::Finding;
use super::{Checked, Sheet};
use crate::diag::Diagnostic;
use crate::output::Class;
use crate::path::Route;
use crate::site::links::{NotFoundReason, find_page};
use crate::site::{PageId, Reason};

/// Returns what is wrong with the addresses of a page.
pub(super) fn check(checked: &Checked<'_>, sheet: &Sheet<'_>) -> Vec<Finding> {
    // Where a page says what its addresses count from, a script is at work that we do not know.
    if sheet.facts.base.is_some() {
        return Vec::new();
    }
    let references = sheet.facts.references.iter();
    references.filter_map(|reference| check_reference(checked, sheet, reference)).collect()
}

fn check_reference(checked: &Checked<'_>, sheet: &Sheet<'_>, reference: &Reference) -> Option<Finding> {
    let target = reference.target.as_str();
    if checked.is_ignored(target) {
        return None;
    }
    match checked.addresses.meaning(&sheet.route, target) {
        Meaning::Inside(route, fragment) if !checked.is_ignored(route.as_str()) => {
            match checked.addresses.find(&route) {
                None if checked.addresses.is_promised(&route) => None,
                None => Some(missing(checked, sheet, reference, &route)),
                Some(found) => check_found(checked, sheet, reference, found, fragment.as_deref()),
            }
        }
        Meaning::Inside(..) | Meaning::Other => None,
        Meaning::Beside(path) => beside(checked, sheet, reference, &path),
        Meaning::Outside(_) => mixed(checked, sheet, reference),
        Meaning::Nothing => empty(sheet, reference),
    }
}

fn check_found(
    checked: &Checked<'_>,
    sheet: &Sheet<'_>,
    reference: &Reference,
    found: usize,
    fragment: Option<&str>,
) -> Option<Finding> {
    if reference.role != Use::Link {
        return None;
    }
    fragment
        .and_then(|fragment| anchor(checked, sheet, reference, found, fragment))
        .or_else(|| other_language(checked, sheet, reference, found))
}

/// The page is there: is the place in it?
fn anchor(
    checked: &Checked<'_>,
    sheet: &Sheet<'_>,
    reference: &Reference,
    found: usize,
    fragment: &str,
) -> Option<Finding> {
    // `#top` is the top of every page; text fragments, and what scripts read, are no anchors.
    if fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with([':', '!', '/']) {
        return None;
    }
    let target = checked.sheets.get(found)?.as_ref()?;
    // A page that has an error may lack the very part.
    if target.class != Class::Page || checked.faulty.contains(target.producer) {
        return None;
    }
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    if target.facts.has_id(&decoded) || target.facts.has_id(fragment) {
        return None;
    }
    let page =
        if target.route == sheet.route { "this page".to_owned() } else { format!("`{}`", target.route) };
    let ids = target.facts.ids.iter().map(String::as_str);
    let message = format!("`#{decoded}` is nowhere on {page}");
    let diagnostic = Diagnostic::warning("anchor-missing", message).did_you_mean(&decoded, ids);
    let mut needles = checked.spellings(&reference.target);
    needles.extend([format!("#{fragment}"), format!("#{decoded}")]);
    Some(sheet.finding(diagnostic, needles))
}

fn missing(checked: &Checked<'_>, sheet: &Sheet<'_>, reference: &Reference, route: &Route) -> Finding {
    let target = reference.target.as_str();
    let diagnostic = match reference.role {
        Use::Link | Use::Translation => {
            Diagnostic::error("link-broken", absent(&format!("`{target}`"), "leads to", target, route))
        }
        role => {
            let named = format!("the {} `{target}`", noun_of(role));
            Diagnostic::error("file-missing", absent(&named, "would be", target, route))
        }
    };
    let hint = meant(checked, sheet, target, route);
    let diagnostic = match hint {
        Some(hint) => diagnostic.hint(hint),
        None => diagnostic,
    };
    sheet.finding(diagnostic, checked.spellings(target))
}

/// Says that something is not there, with its address where that is not what was written.
fn absent(named: &str, verb: &str, target: &str, route: &Route) -> String {
    if target == route.as_str() || target == route.encoded() {
        return format!("{named} is not in the site");
    }
    format!("{named} {verb} `{route}`, which is not in the site")
}

fn noun_of(role: Use) -> &'static str {
    match role {
        Use::Picture | Use::Shared => "picture",
        Use::Media => "medium",
        Use::Script => "script",
        Use::Style => "style sheet",
        Use::Link | Use::Translation | Use::File => "file",
    }
}

/// Returns what was probably meant: a page that is not published, another page, another address.
fn meant(checked: &Checked<'_>, sheet: &Sheet<'_>, target: &str, route: &Route) -> Option<String> {
    let page = sheet.page.map(|id| checked.site.page(id))?;
    let path = target.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy();
    if let Err(not_found) = find_page(checked.site, page, path.trim_end_matches('/'))
        && let NotFoundReason::LeftOut(source, reason) = not_found.reason
    {
        return Some(format!("`{source}` {}", why(reason)));
    }
    checked.addresses.nearest(route).map(|near| format!("did you mean `{near}`?"))
}

fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::Draft => "is a draft",
        Reason::Future => "is not yet due",
        Reason::Expired => "has expired",
    }
}

/// An address from the host's root in a site that lies deeper: a mistake if the site has such a page.
fn beside(checked: &Checked<'_>, sheet: &Sheet<'_>, reference: &Reference, path: &str) -> Option<Finding> {
    checked.addresses.find(&Route::new(path))?;
    let base = checked.site.config.base_url.path();
    let target = reference.target.as_str();
    let message = format!("`{target}` leads out of the site, which is at `{base}`");
    let right = format!("{}{path}", base.trim_end_matches('/'));
    let diagnostic = Diagnostic::error("link-broken", message).hint(format!("the page is at `{right}`"));
    Some(sheet.finding(diagnostic, checked.spellings(target)))
}

/// What a page at `https` loads by `http` is not loaded, or makes the page unsafe.
fn mixed(checked: &Checked<'_>, sheet: &Sheet<'_>, reference: &Reference) -> Option<Finding> {
    let target = reference.target.as_str();
    let is_plain = target.get(..5).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http:"));
    let is_loaded = !matches!(reference.role, Use::Link | Use::Translation | Use::Shared);
    let is_safe = checked.site.config.base_url.to_string().starts_with("https:");
    if !(is_plain && is_loaded && is_safe) {
        return None;
    }
    let noun = noun_of(reference.role);
    let diagnostic = Diagnostic::warning(
        "mixed-content",
        format!("the {noun} `{target}` is loaded without encryption into a page that has it"),
    );
    Some(sheet.finding(diagnostic.hint("write `https:`, if the server has it"), checked.spellings(target)))
}

/// An empty `src` loads the page once more as a picture or script; an empty `href` is a link to nowhere.
fn empty(sheet: &Sheet<'_>, reference: &Reference) -> Option<Finding> {
    if matches!(reference.role, Use::Shared | Use::File) {
        return None;
    }
    let (diagnostic, needles) = if reference.role == Use::Link {
        (Diagnostic::error("link-broken", "a link without an address"), ["]()", "href=\"\"", "href=''"])
    } else {
        let message = format!("a {} without an address", noun_of(reference.role));
        (Diagnostic::error("file-missing", message), ["]()", "src=\"\"", "src=''"])
    };
    let needles = needles.map(str::to_owned).to_vec();
    Some(Finding { is_of_text: true, ..sheet.finding(diagnostic, needles) })
}

/// A link in a text that leads to another language although the page is there in the reader's.
fn other_language(
    checked: &Checked<'_>,
    sheet: &Sheet<'_>,
    reference: &Reference,
    found: usize,
) -> Option<Finding> {
    let of = |id: PageId| checked.site.page(id);
    let own = of(sheet.page?);
    let linked = of(checked.sheets.get(found)?.as_ref()?.page?);
    if own.language == linked.language {
        return None;
    }
    let better = linked.translations.iter().map(|id| of(*id)).find(|page| page.language == own.language)?;
    if better.route == own.route {
        return None;
    }
    let name = |page: &crate::site::Page| checked.site.config_of(page).language.key.clone();
    let message = format!(
        "`{}` leads to `{}` in `{}`, and the page is there in `{}`",
        reference.target,
        linked.route,
        name(linked),
        name(own)
    );
    let diagnostic = Diagnostic::note("link-language", message)
        .hint(format!("`{}` is the page in this language", better.route));
    Some(Finding { is_of_text: true, ..sheet.finding(diagnostic, checked.spellings(&reference.target)) })
}
