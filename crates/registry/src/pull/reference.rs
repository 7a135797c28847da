//! References of images, read as Docker reads them: `alpine` is `docker.io/library/alpine:latest`.

use std::fmt;
use std::str::FromStr;

use model::Digest;

use crate::access::Access;
use crate::access::docker_config::HUB;
use network::{Host, Origin};

/// A reference: registry, repository, and a tag or a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    parsed: oci_client::Reference,
    host: Host,
    digest: Option<Digest>,
}

/// Why a text is no reference.
#[derive(Debug, thiserror::Error)]
#[error("`{text}` is no image reference: {reason}")]
pub struct ReferenceError {
    text: String,
    reason: String,
}

impl Reference {
    /// The repository.
    pub(crate) fn repository(&self) -> &str {
        self.parsed.repository()
    }

    /// What is asked for: the digest where there is one, else the tag.
    pub(crate) fn target(&self) -> &str {
        self.parsed.digest().or(self.parsed.tag()).unwrap_or("latest")
    }

    /// The digest it is pinned to.
    pub(crate) fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// Where the registry is.
    pub(crate) fn origin(&self, access: &Access) -> Origin {
        let plain = self.host.origin(false);
        let is_plain = access.plain_http.iter().any(|host| host.is(&plain));
        if is_plain { plain } else { self.host.origin(true) }
    }
}

impl FromStr for Reference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Reference, ReferenceError> {
        let fault = |reason: String| ReferenceError { text: text.to_owned(), reason };
        let parsed: oci_client::Reference =
            text.parse().map_err(|error: oci_client::ParseError| fault(error.to_string()))?;
        let is_hub = matches!(parsed.registry(), "docker.io" | "index.docker.io");
        let host = if is_hub { HUB } else { parsed.registry() };
        let host = host.parse().map_err(|error: network::HostError| fault(error.to_string()))?;
        let digest = parsed.digest().map(str::parse).transpose();
        let digest = digest.map_err(|error: model::DigestError| fault(error.to_string()))?;
        Ok(Reference { parsed, host, digest })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.parsed.whole())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shown: &str, origin: &str) {
        let reference: Reference = text.parse().expect("a reference");
        let access = Access { plain_http: vec!["localhost:5000".parse().expect("a host")], ..Access::default() };
        assert_eq!((reference.to_string().as_str(), reference.origin(&access).base().as_str()), (shown, origin));
    }

    #[test]
    fn as_docker_reads_them() {
        check("alpine", "docker.io/library/alpine:latest", "https://registry-1.docker.io:443");
        check("user/app:1", "docker.io/user/app:1", "https://registry-1.docker.io:443");
        check("registry.example/a/b:1", "registry.example/a/b:1", "https://registry.example:443");
        check("localhost:5000/app", "localhost:5000/app:latest", "http://localhost:5000");
        check("localhost:5001/app", "localhost:5001/app:latest", "https://localhost:5001");
        let pinned = format!("r.example/app@sha256:{}", "a".repeat(64));
        check(&pinned, &pinned, "https://r.example:443");
    }

    #[test]
    fn refuses_what_is_none() {
        for text in ["", "UPPER", "a b", "../etc/passwd", "app@sha256:abc", "-"] {
            assert!(text.parse::<Reference>().is_err(), "{text}");
        }
    }
}
