//! Why a host gave less than was asked for. Messages never hold addresses whole, headers or bodies:
//! redirects carry signatures, and bodies say whatever a registry wants.

use std::time::Duration;

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// We do not do what is asked for.
    #[error("{0}")]
    Refused(String),
    /// There is no such thing.
    #[error("{0} is not there")]
    Missing(String),
    /// Credentials are missing or wrong.
    #[error("{host} refuses access ({status}){hint}")]
    Denied {
        /// Who.
        host: String,
        /// The status of its answer.
        status: u16,
        /// What to do, with a separator before it.
        hint: &'static str,
    },
    /// Asked too often.
    #[error("{host} limits how often it may be asked (429){}{hint}", wait(.after))]
    RateLimited {
        /// Who.
        host: String,
        /// For how long it asks to be left alone.
        after: Option<Duration>,
        /// What to do, with a separator before it.
        hint: &'static str,
    },
    /// Another answer that is none.
    #[error("{host} answers with status {status}")]
    Status {
        /// Who.
        host: String,
        /// The status.
        status: u16,
    },
    /// Something took too long.
    #[error("{host} {what} within {} s", .limit.as_secs_f32())]
    Slow {
        /// Who.
        host: String,
        /// What it did.
        what: &'static str,
        /// How long it was waited for.
        limit: Duration,
    },
    /// The connection failed.
    #[error("{host} could not be read from: {reason}")]
    Transport {
        /// Who.
        host: String,
        /// Why, as far as it is known.
        reason: String,
    },
    /// The body ended early.
    #[error("{host} ended after {passed} of {size} bytes")]
    Short {
        /// Who.
        host: String,
        /// Bytes that came.
        passed: u64,
        /// Bytes that were due.
        size: u64,
    },
    /// Somebody contradicts themselves, or what is known.
    #[error("{0}")]
    Lie(String),
    /// A limit was hit.
    #[error("it is longer than {value} bytes (limit `{name}`)")]
    Limit {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: u64,
    },
    /// The work was stopped.
    #[error("the scan was stopped")]
    Cancelled,
}

impl Fault {
    /// Whether the same request may succeed later.
    pub fn is_passing(&self) -> bool {
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
