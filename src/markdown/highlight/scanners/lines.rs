//! Formats where the start of a line says what the line is: diffs, shell sessions, HTTP messages.

use super::super::class::Class;
use super::super::engine;
use super::super::languages::{data::JSON, shell::BASH};
use super::super::scan::Scan;
use super::newline;

/// Paints a unified diff.
pub(in super::super) fn diff(scan: &mut Scan) {
    const HEADS: [&str; 8] =
        ["diff ", "index ", "--- ", "+++ ", "Index: ", "new file", "deleted file", "rename "];
    while let Some(byte) = scan.byte() {
        let class = match byte {
            _ if HEADS.iter().any(|head| scan.looking_at(head)) => Class::Gh,
            b'@' => Class::Gu,
            b'+' | b'>' => Class::Gi,
            b'-' | b'<' | b'!' => Class::Gd,
            _ => Class::Plain,
        };
        scan.take_to(scan.line_end(), class);
        newline(scan);
    }
}

/// Paints a session in a terminal: prompts, commands, and what they answered.
///
/// A session without any prompt is a script.
pub(in super::super) fn console(scan: &mut Scan) {
    let lines = || scan.rest().split(|byte| *byte == b'\n');
    if !lines().any(|line| prompt_len(line) > 0) {
        return engine::run(scan, &BASH);
    }
    // Where `$` is the prompt, `#` starts a remark, and is not the prompt of root.
    let remarks = lines().any(|line| line.trim_ascii_start().starts_with(b"$ "));
    while scan.byte().is_some() {
        if remarks && scan.looking_at("#") {
            scan.take_to(scan.line_end(), Class::C1);
            newline(scan);
            continue;
        }
        let prompt = prompt_len(scan.line());
        if prompt > 0 {
            scan.take(prompt, Class::Gp);
            scan.within(command_end(scan), |scan| engine::run(scan, &BASH));
        } else {
            scan.take_to(scan.line_end(), Class::Go);
        }
        newline(scan);
    }
}

/// Returns the length of the prompt of a line: `$ `, `user@host:~# `, `PS C:\>`, `>>> `.
fn prompt_len(line: &[u8]) -> usize {
    let indent = line.iter().take_while(|byte| **byte == b' ').count();
    let text = line.get(indent..).unwrap_or_default();
    let len = match text {
        [b'>', b'>', b'>', b' ', ..] => 4,
        [b'$' | b'#' | b'%' | b'>', b' ', ..] => 2,
        [b'$' | b'#' | b'%'] => 1,
        _ => named_prompt(text),
    };
    if len == 0 { 0 } else { indent + len }
}

/// Returns the length of a prompt that names a machine, a folder or a virtual environment.
fn named_prompt(text: &[u8]) -> usize {
    let windows = text.starts_with(b"PS ") || text.get(1..3) == Some(b":\\");
    let head = text.get(..text.len().min(120)).unwrap_or_default();
    let end = if windows {
        head.iter().position(|byte| *byte == b'>')
    } else {
        head.windows(2).position(|pair| matches!(pair, [b'$' | b'#' | b'%', b' ']))
    };
    let Some(end) = end else { return 0 };
    let name = head.get(..end).unwrap_or_default();
    let plausible = windows
        || (name.contains(&b'@') || name.starts_with(b"[") || name.starts_with(b"("))
            && name.iter().filter(|byte| **byte == b' ').count() <= 2;
    let blank = usize::from(text.get(end + 1) == Some(&b' '));
    if plausible { end + 1 + blank } else { 0 }
}

/// Returns where a command ends, which a backslash carries over to the next line.
fn command_end(scan: &Scan) -> usize {
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

/// Paints an HTTP request or response.
pub(in super::super) fn http(scan: &mut Scan) {
    scan.skip(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.'));
    scan.paint(Class::K);
    scan.take_to(scan.line_end(), Class::Plain);
    newline(scan);
    while let Some(byte) = scan.byte() {
        if byte == b'\n' || byte == b'\r' {
            break;
        }
        if let Some(colon) = memchr::memchr(b':', scan.line()) {
            scan.take(colon, Class::Na);
            scan.take(1, Class::O);
        }
        scan.take_to(scan.line_end(), Class::Plain);
        newline(scan);
    }
    scan.skip(|byte| byte.is_ascii_whitespace());
    if matches!(scan.byte(), Some(b'{' | b'[')) {
        engine::run(scan, &JSON);
    }
}
