//! How the network may be used: all of it an argument, nothing read from the environment.

use std::time::Duration;

use crate::host::Host;
use crate::secret::Secret;

/// How the network may be used. The default is TLS with the certificates of the system, and no proxy.
#[derive(Clone, Default)]
pub struct Reach {
    /// Certificates to trust beside the system's, PEM each.
    pub certificates: Vec<Vec<u8>>,
    /// Hosts that are spoken to without TLS.
    pub plain_http: Vec<Host>,
    /// Hosts that may be led to though their addresses are private.
    pub trusted: Vec<Host>,
    /// Proxies.
    pub proxies: Proxies,
    /// How long anything may take.
    pub timeouts: Timeouts,
    /// How often in a row a request may fail before it is given up.
    pub retries: Retries,
    /// What messages call things.
    pub words: Words,
}

/// What messages call things, so that they name the option that helps.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Who answers.
    pub server: &'static str,
    /// The option for certificates.
    pub certificates: &'static str,
    /// The option for hosts that may be led to.
    pub trust: &'static str,
}

impl Default for Words {
    fn default() -> Words {
        Words { server: "the server", certificates: "--ca", trust: "--trust" }
    }
}

/// Proxies, as addresses. They resolve names themselves: what lies behind them is theirs to guard.
#[derive(Clone, Default)]
pub struct Proxies {
    /// For requests without TLS.
    pub http: Option<Secret>,
    /// For requests with TLS.
    pub https: Option<Secret>,
    /// Hosts to be reached directly, as `NO_PROXY` has them.
    pub except: Option<String>,
}

/// How often a request is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries(pub u32);

impl Default for Retries {
    fn default() -> Retries {
        Retries(4)
    }
}

/// How long anything may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// To find a host and be connected.
    pub connect: Duration,
    /// From the request to the first byte of the answer.
    pub first_byte: Duration,
    /// Without a byte of the body.
    pub idle: Duration,
    /// For one document or layer, all tries together.
    pub total: Duration,
    /// Bytes a second that must come, counted over each `idle` of waiting: who drips is cut off.
    pub slowest: u64,
}

impl Default for Timeouts {
    fn default() -> Timeouts {
        Timeouts {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(30),
            idle: Duration::from_secs(30),
            total: Duration::from_secs(1800),
            slowest: 1024,
        }
    }
}
