//! How registries may be spoken to: all of it an argument, nothing read from the environment.

mod credential_program;
pub(crate) mod credentials;
pub(crate) mod docker_config;

use docker_config::DockerConfig;
use network::{Hints, Host, Origin, Proxies, Reach, Retries, Secret, Timeouts, Words};

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

impl Access {
    /// What of it is about the network alone.
    pub(crate) fn reach(&self) -> Reach {
        Reach {
            certificates: self.certificates.clone(),
            plain_http: self.plain_http.clone(),
            trusted: self.trusted.clone(),
            proxies: self.proxies.clone(),
            timeouts: self.timeouts,
            retries: self.retries,
            words: Words { server: "the registry", certificates: "--registry-ca", trust: "--registry-trust" },
        }
    }

    /// What to do where a registry refuses.
    pub(crate) fn hints(&self, origin: &Origin) -> Hints {
        Hints { denied: self.hint(origin), limited: "; log in for a higher limit, or scan a mirror" }
    }
}
