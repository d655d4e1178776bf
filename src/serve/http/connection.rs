//! Attends to one connection: reads its requests one after the other, has them answered, and ends it in good manners.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioTimer;
use tokio::net::TcpStream;

use super::body::Outgoing;
use super::respond::{self, Visit};
use super::server::Shared;
use super::socket::Socket;

/// Size of a request's head: request line and all headers.
const HEAD_SIZE_MAX: usize = 16 * 1024;

/// Headers of a request.
const HEADERS_MAX: usize = 100;

/// What hyper may hold of one connection in either direction.
const BUFFER_SIZE_MAX: usize = 64 * 1024;

/// How long a client that was refused may go on sending before the connection is cut.
const LINGER: Duration = Duration::from_millis(500);

type Responding = Pin<Box<dyn Future<Output = Result<Response<Outgoing>, Infallible>> + Send>>;

/// Answers the requests of one connection until it ends.
pub(super) async fn attend(stream: TcpStream, shared: Arc<Shared>) {
    let Ok(local) = stream.local_addr() else {
        return;
    };
    // Events are small and must not wait for company. Where this fails they are late, not lost.
    let _ = stream.set_nodelay(true);
    let limits = &shared.rules.limits;
    let (socket, request_state) = Socket::new(stream, limits.head_timeout, limits.write_timeout);
    let visit = Arc::new(Visit { shared: shared.clone(), local: local.ip(), request_state });
    let service = service_fn(move |request: Request<Incoming>| -> Responding {
        let visit = visit.clone();
        Box::pin(async move { Ok(respond::respond(request, &visit).await) })
    });
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // hyper starts this clock when the last response is done, so it is the time to be idle; the time for the head
        // itself is kept by `Socket`.
        .header_read_timeout(limits.idle_timeout)
        .max_headers(HEADERS_MAX)
        .max_header_size(HEAD_SIZE_MAX)
        .max_buf_size(BUFFER_SIZE_MAX)
        .serve_connection(socket, service);
    let run = shared.stop.or(std::future::poll_fn(|context| connection.poll_without_shutdown(context)));
    if run.await.is_none() {
        Pin::new(&mut connection).graceful_shutdown();
        let _ = std::future::poll_fn(|context| connection.poll_without_shutdown(context)).await;
        return;
    }
    // A connection closed with bytes unread is reset, and the client may lose the response that tells it why.
    let socket = connection.into_parts().io;
    let _ = tokio::time::timeout(LINGER, socket.drain()).await;
}
