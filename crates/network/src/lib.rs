//! The network: requests over HTTP/1.1 and TLS, where they may go, how long they may take, and what is tried again.
//!
//! One stack for all who need it (`reqwest` with `ring`). A server gains nothing by HTTP/2, and its attacks stay out. The
//! rules that no server can talk us out of: what is secret goes to the origin it is meant for, nobody but the user leads us
//! to a private address, nothing goes from TLS to plain text, and everything has a time and a size.

mod address;
mod body;
mod client;
mod fault;
mod host;
mod pace;
mod reach;
mod resolver;
mod retry;
mod runtime;
mod secret;
mod stream;
mod tls;
mod watch;

pub use body::{body, host_of};
pub use client::{Ask, Hints, Http, Upload, UploadMethod, refusal, transport};
pub use fault::Fault;
pub use host::{Host, HostError, Origin};
pub use pace::Pace;
pub use reach::{Proxies, Reach, Retries, Timeouts, Words};
pub use reqwest::{Response, Url};
pub use retry::pause;
pub use runtime::Runtime;
pub use secret::Secret;
pub use stream::{Incoming, Outgoing, header, pipe};
pub use tls::trusting_nobody;
pub use watch::{Wait, sleep, watch};
