//! A throw-away site in a temporary folder, built by the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A site that lives as long as the value.
pub(crate) struct Site {
    folder: TempDir,
}

impl Site {
    /// Makes a site of files, each a path and its text.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        files.iter().for_each(|(path, text)| site.put(path, text));
        site
    }

    /// Returns the folder of the site.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    /// Writes a file of the site, or beside it (`../x`).
    pub(crate) fn put(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.path().join(path);
        fs::create_dir_all(self.path()).expect("the site's folder");
        fs::create_dir_all(file.parent().expect("a parent")).expect("its folder");
        fs::write(file, content).expect("a file");
    }

    /// Runs the program in the site's folder, with a fixed clock.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hallway"));
        command.args(arguments).args(["--clock", "2025-06-15T12:00:00Z"]).current_dir(self.path());
        Run::of(command.output().expect("the program runs"))
    }

    /// Builds the site into `public/`, which has to go well.
    pub(crate) fn build(&self) -> Run {
        let run = self.run(&["build"]);
        assert_eq!(run.code, Some(0), "{}", run.told);
        run
    }

    /// Reads a file that was built.
    pub(crate) fn built(&self, path: &str) -> String {
        let file = self.path().join("public").join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    /// Says whether a file was built.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.path().join("public").join(path).is_file()
    }
}

/// What a run of the program did.
pub(crate) struct Run {
    /// Exit code; none where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Everything on stdout and stderr.
    pub(crate) told: String,
}

impl Run {
    fn of(output: Output) -> Self {
        let told = [output.stdout, output.stderr].concat();
        Self { code: output.status.code(), told: String::from_utf8_lossy(&told).into_owned() }
    }

    /// Checks that the program refused with `code`, naming `diagnostic`.
    #[track_caller]
    pub(crate) fn refuses(&self, code: i32, diagnostic: &str) {
        assert_eq!(self.code, Some(code), "{}", self.told);
        assert!(self.told.contains(&format!("error[{diagnostic}]")), "{}", self.told);
    }
}

/// Returns all files below a folder with their bytes, sorted, in one text: equal trees give equal texts.
pub(crate) fn tree(folder: &Path) -> String {
    let mut lines = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                lines.push(format!("{} {}", path.display(), String::from_utf8_lossy(&bytes)));
            }
        }
    }
    lines.sort();
    lines.join("\n")
}
