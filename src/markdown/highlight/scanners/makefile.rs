//! Makefiles: rules, variables, and recipes in the language of the shell.

use super::super::class::Class;
use super::super::engine;
use super::super::languages::shell::{BASH, MAKE};
use super::super::scan::Scan;
use super::newline;

/// Paints a makefile.
pub(in super::super) fn makefile(scan: &mut Scan) {
    while scan.byte().is_some() {
        let end = logical_end(scan);
        if scan.byte() == Some(b'\t') {
            scan.skip(|byte| matches!(byte, b'\t' | b'@' | b'-' | b'+'));
            scan.paint(Class::O);
            scan.within(end, |scan| engine::run(scan, &BASH));
        } else {
            head(scan);
            scan.within(end, |scan| engine::run(scan, &MAKE));
        }
        newline(scan);
    }
}

/// Returns where a line ends that backslashes carry on.
fn logical_end(scan: &Scan) -> usize {
    let mut end = scan.pos;
    for line in scan.rest().split(|byte| *byte == b'\n') {
        end += line.len();
        if !line.ends_with(b"\\") {
            break;
        }
        end += 1;
    }
    end.min(scan.end())
}

/// Passes the targets of a rule or the name of a variable.
fn head(scan: &mut Scan) {
    let line = scan.line();
    let sign = line.iter().position(|byte| matches!(byte, b':' | b'=' | b'#' | b'$'));
    let Some(at) = sign else { return };
    let assigns = line.get(at) == Some(&b'=') || line.get(at..at + 2) == Some(b":=");
    let name = line.get(..at).unwrap_or_default().trim_ascii_end();
    let name = name.strip_suffix(b"?").or(name.strip_suffix(b"+")).unwrap_or(name).trim_ascii_end();
    match line.get(at) {
        _ if assigns && !name.contains(&b' ') => scan.take(name.len(), Class::Nv),
        Some(b':') => scan.take(name.len(), Class::Nf),
        _ => {}
    }
}
