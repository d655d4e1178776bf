//! A progress bar on a terminal, for builds that take their time.

use std::time::Duration;

use hallway::pipeline::Stage;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Builds that are done by then show no bar.
const PATIENCE: Duration = Duration::from_millis(300);

/// The progress bar of one build; draws nothing where stderr is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Starts a bar that shows itself once the build has taken its time.
    pub(crate) fn start(shows: bool) -> Self {
        let bar = ProgressBar::new(0).with_style(
            ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}")
                .unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        bar.set_draw_target(ProgressDrawTarget::hidden());
        if shows && std::io::IsTerminal::is_terminal(&std::io::stderr()) {
            let waiting = bar.downgrade();
            std::thread::spawn(move || {
                std::thread::sleep(PATIENCE);
                if let Some(bar) = waiting.upgrade().filter(|bar| !bar.is_finished()) {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                }
            });
        }
        Self { bar }
    }

    /// Shows how far the build is.
    pub(crate) fn tell(&self, stage: Stage) {
        match stage {
            Stage::Reading => self.bar.set_message("reading"),
            Stage::Rendering => self.bar.set_message("rendering"),
            Stage::Pictures(done, all) => {
                self.bar.set_message("pictures");
                self.bar.set_length(all as u64);
                self.bar.set_position(done as u64);
            }
            Stage::Writing => self.bar.set_message("writing"),
        }
    }

    /// Shows how many things of how many are done.
    pub(crate) fn tell_of(&self, doing: &'static str, done: usize, all: usize) {
        self.bar.set_message(doing);
        self.bar.set_length(all as u64);
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
