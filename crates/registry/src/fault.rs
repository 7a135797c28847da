//! Why a registry or a daemon gave less than was asked for. Messages never hold addresses whole, headers or bodies:
//! redirects carry signatures, and bodies say whatever a registry wants.

use std::time::Duration;

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// We do not do what the registry asks for.
    #[error("{0}")]
    Refused(String),
    /// There is no such thing.
    #[error("{0} is not there")]
    Missing(String),
    /// Credentials are missing or wrong.
    #[error("{host} refuses access ({status}){hint}")]
    Denied { host: String, status: u16, hint: &'static str },
    /// Asked too often.
    #[error("{host} limits how often it may be asked (429){}; log in for a higher limit, or scan a mirror", wait(.after))]
    RateLimited { host: String, after: Option<Duration> },
    /// Another answer that is none.
    #[error("{host} answers with status {status}")]
    Status { host: String, status: u16 },
    /// Something took too long.
    #[error("{host} {what} within {} s", .limit.as_secs_f32())]
    Slow { host: String, what: &'static str, limit: Duration },
    /// The connection failed.
    #[error("{host} could not be read from: {reason}")]
    Transport { host: String, reason: String },
    /// The body ended early.
    #[error("{host} ended after {passed} of {size} bytes")]
    Short { host: String, passed: u64, size: u64 },
    /// The registry contradicts itself or the manifest.
    #[error("{0}")]
    Lie(String),
    /// A limit was hit.
    #[error("it is longer than {value} bytes (limit `{name}`)")]
    Limit { name: &'static str, value: u64 },
    /// The scan was stopped.
    #[error("the scan was stopped")]
    Cancelled,
}

impl Fault {
    /// Whether the same request may succeed later.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Fault::RateLimited { .. } | Fault::Slow { .. } | Fault::Transport { .. } | Fault::Short { .. } => true,
            Fault::Status { status, .. } => matches!(status, 408 | 500 | 502..=504),
            _ => false,
        }
    }
}

fn wait(after: &Option<Duration>) -> String {
    after.map(|after| format!(" and asks to wait {} s", after.as_secs())).unwrap_or_default()
}
