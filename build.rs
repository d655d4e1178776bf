//! Lists the built-in theme for `include_bytes!`: every file of `templates/`, `static/` and `i18n/`, sorted by
//! path.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

#[expect(clippy::disallowed_methods, reason = "a build script writes what it makes")]
fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or(io::ErrorKind::NotFound)?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?);
    check_nasm()?;
    let theme = [("TEMPLATES", "templates"), ("STATIC_FILES", "static")];
    fs::write(out.join("builtin.rs"), listing(&root, &theme)?)?;
    fs::write(out.join("words.rs"), listing(&root, &[("WORDS", "i18n")])?)
}

/// Stops a build with libjpeg-turbo where its assembler is missing: without it photos take three times as long.
///
/// `HALLWAY_SLOW_JPEG=1` says that this is known. Other processors than Intel's need no assembler.
fn check_nasm() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=HALLWAY_SLOW_JPEG");
    println!("cargo::rerun-if-env-changed=PATH");
    let architecture = env::var_os("CARGO_CFG_TARGET_ARCH").unwrap_or_default();
    let needs_it =
        env::var_os("CARGO_FEATURE_TURBO").is_some() && (architecture == "x86_64" || architecture == "x86");
    let is_known = env::var_os("HALLWAY_SLOW_JPEG").is_some_and(|value| value == "1");
    let works = |name: &str| Command::new(name).arg("-v").output().is_ok_and(|done| done.status.success());
    if !needs_it || is_known || works("nasm") || works("yasm") {
        return Ok(());
    }
    let message = "the feature `turbo` needs `nasm` (apt install nasm, brew install nasm), without which libjpeg-turbo \
                   is slower than the decoder of builds without `turbo`; HALLWAY_SLOW_JPEG=1 builds it all the same";
    Err(io::Error::other(message))
}

/// Writes a constant for each folder.
fn listing(root: &Path, folders: &[(&str, &str)]) -> io::Result<String> {
    let mut code = String::new();
    for (constant, folder) in folders {
        println!("cargo::rerun-if-changed={folder}");
        let mut files = Vec::new();
        collect(&root.join(folder), &mut files)?;
        files.sort();
        let _ = writeln!(code, "/// The files of `{folder}/`: path within it, and bytes.");
        let _ = writeln!(code, "pub(crate) const {constant}: &[(&str, &[u8])] = &[");
        for file in files {
            let name =
                file.strip_prefix(root.join(folder)).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", file.to_string_lossy());
        }
        let _ = writeln!(code, "];");
    }
    Ok(code)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            files.push(path);
        }
    }
    Ok(())
}
