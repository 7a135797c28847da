//! What a registry is shown, and where it comes from.

use super::{Access, Login, credential_program};
use network::{Origin, Secret};

/// What a registry is shown.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// Nothing.
    Anonymous,
    /// User and password.
    Basic(Login),
    /// A token that is exchanged for others.
    Identity(Secret),
    /// A token that is shown as it is.
    Bearer(Secret),
}

impl Credentials {
    pub(crate) fn is_anonymous(&self) -> bool {
        matches!(self, Credentials::Anonymous)
    }
}

impl Access {
    /// The credentials for a registry: what was given, else what the Docker configuration has, else none.
    pub(crate) fn credentials(&self, origin: &Origin) -> Result<Credentials, String> {
        if let Some(login) = &self.login {
            return Ok(Credentials::Basic(login.clone()));
        }
        if let Some(stored) = self.docker_config.stored(origin) {
            return Ok(stored);
        }
        match self.docker_config.helper(origin).filter(|_| self.credential_helpers) {
            Some((name, server)) => credential_program::ask(name, &server),
            None => Ok(Credentials::Anonymous),
        }
    }

    /// What may help where a registry wants credentials and got none.
    pub(crate) fn hint(&self, origin: &Origin) -> &'static str {
        match self.docker_config.helper(origin) {
            Some(_) if !self.credential_helpers => {
                "; the Docker configuration names a credential helper, which --credential-helpers allows to be run"
            }
            _ => "; set PORTCULLIS_REGISTRY_USER and PORTCULLIS_REGISTRY_PASSWORD, or log in with docker",
        }
    }
}
