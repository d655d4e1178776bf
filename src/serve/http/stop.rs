//! Carries the word that the server is to end, from the keyboard or from a test.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::watch;

/// Exit code of a program that ends by Ctrl-C, as shells have it: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// The word that the server is to end; clones carry the same word.
#[derive(Debug, Clone)]
pub(crate) struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self::new()
    }
}

impl Stop {
    /// Returns a word that is not told yet.
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Ends every server that was given this word or a clone of it.
    pub(crate) fn tell(&self) {
        self.0.send_replace(true);
    }

    /// Tells the word at the first Ctrl-C or SIGTERM; the second ends the program at once with exit code 130.
    ///
    /// The second is heeded as long as the program runs, also when the server has ended and something else hangs.
    ///
    /// # Errors
    /// Signals cannot be watched.
    pub(crate) fn tell_at_signals(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut signals = {
            let _entered = runtime.enter();
            Signals::new()?
        };
        let stop = self.clone();
        let wait = move || {
            runtime.block_on(signals.next());
            stop.tell();
            runtime.block_on(signals.next());
            std::process::exit(INTERRUPTED);
        };
        std::thread::Builder::new().name("signals".to_owned()).spawn(wait).map(|_| ())
    }

    /// Returns when the word is told.
    pub(super) async fn told(&self) {
        // The sender lives in `self`, so waiting cannot fail.
        let _ = self.0.subscribe().wait_for(|is_told| *is_told).await;
    }

    /// Returns the outcome of a future, or nothing if the word is told before.
    pub(super) async fn or<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut told = pin!(self.told());
        let mut future = pin!(future);
        std::future::poll_fn(|context| {
            if told.as_mut().poll(context).is_ready() {
                return Poll::Ready(None);
            }
            future.as_mut().poll(context).map(Some)
        })
        .await
    }
}

/// The signals that end the program.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let (interrupt, terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        Ok(Self { interrupt, terminate })
    }

    async fn next(&mut self) {
        std::future::poll_fn(|context| {
            let interrupt = self.interrupt.poll_recv(context);
            if interrupt.is_ready() { interrupt } else { self.terminate.poll_recv(context) }
        })
        .await;
    }
}

/// The signals that end the program.
#[cfg(windows)]
struct Signals(tokio::signal::windows::CtrlC);

#[cfg(windows)]
impl Signals {
    fn new() -> io::Result<Self> {
        tokio::signal::windows::ctrl_c().map(Self)
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}
