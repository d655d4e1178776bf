//! Takes connections until it is told to stop, and then sees them to their end.
//!
//! Does not look into connections: that is `connection`'s business.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::connection;
use super::{Answers, Hub, Listener, Rules, Stop};

/// Threads that move bytes. Answers are made on threads of their own, so that two are plenty.
const WORKERS: usize = 2;

/// Answers that are made at one time; others wait. Every thread has memory of its own, which it does not give back.
const ANSWERS_MAX: usize = 32;

/// Pause after a connection could not be taken, most often because file handles have run out.
const PAUSE: Duration = Duration::from_millis(50);

/// What all connections share.
pub(super) struct Shared {
    pub(super) answers: Arc<dyn Answers>,
    pub(super) hub: Arc<Hub>,
    pub(super) rules: Rules,
    pub(super) stop: Stop,
}

/// Serves until `stop` is told, then ends streams and connections.
///
/// Connections that wait for a request are closed at once. A response on its way has
/// [`Limits::grace`](super::Limits::grace) to arrive; an answer that is still being made by then is not waited for.
///
/// # Errors
/// Threads or the system's event queue cannot be had.
pub(crate) fn serve(
    listener: Listener,
    answers: Arc<dyn Answers>,
    hub: Arc<Hub>,
    rules: Rules,
    stop: Stop,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .max_blocking_threads(ANSWERS_MAX)
        .enable_all()
        .build()?;
    let shared = Arc::new(Shared { answers, hub, rules, stop });
    let served = runtime.block_on(take(listener.into_socket(), shared));
    runtime.shutdown_background();
    served
}

/// Takes connections, and when the stop is told waits for those that are open.
async fn take(socket: TcpListener, shared: Arc<Shared>) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let socket = tokio::net::TcpListener::from_std(socket)?;
    let most = shared.rules.limits.connections_max;
    let places = Arc::new(Semaphore::new(usize::try_from(most).unwrap_or(Semaphore::MAX_PERMITS)));
    loop {
        let place = places.clone().acquire_owned();
        let Some(Ok(place)) = shared.stop.or(place).await else {
            break;
        };
        match shared.stop.or(socket.accept()).await {
            None => break,
            Some(Ok((stream, _))) => {
                let shared = shared.clone();
                tokio::spawn(async move {
                    connection::attend(stream, shared).await;
                    drop(place);
                });
            }
            // The client is gone again, or file handles have run out: both pass.
            Some(Err(_)) => tokio::time::sleep(PAUSE).await,
        }
    }
    // The port is free from here on: who starts the server again gets the same one.
    drop(socket);
    shared.hub.close();
    // All places are free when all connections have ended.
    let _ = tokio::time::timeout(shared.rules.limits.grace, places.acquire_many(most)).await;
    Ok(())
}
