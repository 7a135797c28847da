//! Hosts as users name them, and origins as requests have them.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// A host with an optional port, as it stands in a reference: `registry.example:5000`, `[::1]:5000`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    name: String,
    port: Option<u16>,
}

/// What was given is no host.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no HOST or HOST:PORT")]
pub struct HostError(String);

/// Scheme, host and port: what credentials are bound to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Over TLS.
    pub tls: bool,
    /// Name or address, in lower case.
    pub name: String,
    /// Port.
    pub port: u16,
}

impl Host {
    /// Whether an origin is at this host; a port that was not given is the scheme's own.
    pub fn is(&self, origin: &Origin) -> bool {
        let usual = if origin.tls { 443 } else { 80 };
        self.name == origin.name && self.port.unwrap_or(usual) == origin.port
    }

    /// The origin at this host.
    pub fn origin(&self, tls: bool) -> Origin {
        let usual = if tls { 443 } else { 80 };
        Origin { tls, name: self.name.clone(), port: self.port.unwrap_or(usual) }
    }
}

impl Origin {
    /// The origin of an address; `None` where it has no host or another scheme.
    pub fn of(url: &Url) -> Option<Origin> {
        let tls = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        Some(Origin { tls, name: url.host_str()?.to_ascii_lowercase(), port: url.port_or_known_default()? })
    }

    /// Scheme and authority.
    pub fn base(&self) -> String {
        format!("{}://{}:{}", if self.tls { "https" } else { "http" }, self.name, self.port)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.port)
    }
}

impl FromStr for Host {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Host, HostError> {
        let fault = || HostError(text.to_owned());
        // Read as part of an address, so that both sides of a comparison went through the same reader.
        let url = Url::parse(&format!("https://{text}/")).map_err(|_| fault())?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.username().is_empty() && !text.contains('@');
        let name = url.host_str().filter(|_| is_bare && !text.contains('/')).ok_or_else(fault)?;
        // The usual port is dropped by the reader; written out it was meant.
        let port = url.port().or_else(|| text.ends_with(":443").then_some(443));
        Ok(Host { name: name.to_ascii_lowercase(), port })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, url: &str, expected: bool) {
        let host: Host = host.parse().expect("a host");
        let origin = Origin::of(&Url::parse(url).expect("an address")).expect("an origin");
        assert_eq!(host.is(&origin), expected, "{host:?} {url}");
    }

    #[test]
    fn a_port_is_part_of_it() {
        check("registry.example", "https://registry.example/v2/", true);
        check("registry.example", "https://REGISTRY.example:443/v2/", true);
        check("registry.example", "http://registry.example/v2/", true);
        check("registry.example", "https://registry.example:8443/", false);
        check("registry.example:443", "http://registry.example/", false);
        check("[::1]:5000", "http://[::1]:5000/", true);
        check("127.0.0.1:5000", "http://127.0.0.1:5001/", false);
    }

    #[test]
    fn refuses_what_is_no_host() {
        for text in ["", "a/b", "user@host", "https://host", "host:port", "host?x"] {
            assert!(text.parse::<Host>().is_err(), "{text}");
        }
    }
}
