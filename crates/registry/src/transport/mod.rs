//! Requests over HTTP/1.1, where they may go, how long they may take, and what is tried again.

pub(crate) mod address;
pub(crate) mod client;
mod resolver;
pub(crate) mod retry;
pub(crate) mod runtime;
pub(crate) mod stream;
pub(crate) mod tls;
pub(crate) mod watch;
