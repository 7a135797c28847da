//! How registries may be spoken to: all of it an argument, nothing read from the environment.

mod credential_program;
pub(crate) mod credentials;
pub(crate) mod docker_config;
pub(crate) mod host;
pub(crate) mod secret;

use std::time::Duration;

use docker_config::DockerConfig;
use host::Host;
use secret::Secret;

/// How registries may be spoken to. The default is anonymous, over TLS, with the certificates of the system.
#[derive(Clone, Default)]
pub struct Access {
    /// User and password for the registries that are named.
    pub login: Option<Login>,
    /// The Docker configuration file.
    pub docker_config: DockerConfig,
    /// Whether the programs it names may be run to get credentials.
    pub credential_helpers: bool,
    /// Certificates to trust beside the system's, PEM each.
    pub certificates: Vec<Vec<u8>>,
    /// Registries that are spoken to without TLS.
    pub plain_http: Vec<Host>,
    /// Token servers and blob stores that a registry may lead to though their addresses are private; these token
    /// servers get the credentials.
    pub trusted: Vec<Host>,
    /// Follow addresses that a manifest gives for its layers.
    pub foreign_layers: bool,
    /// Proxies.
    pub proxies: Proxies,
    /// How long anything may take.
    pub timeouts: Timeouts,
    /// How often in a row a request may fail before it is given up.
    pub retries: Retries,
}

/// A user name and a password.
#[derive(Clone)]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password, or a token that stands for one.
    pub password: Secret,
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
