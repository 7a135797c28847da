//! Names to addresses, for hosts that the user did not name: what leads to a private address leads nowhere. Looked at
//! here, and not before the request, so that a name cannot answer differently the second time.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::is_public;
use crate::reach::Words;

/// Finds public addresses only, but for the proxies, which the user named.
pub(crate) struct PublicOnly {
    pub(crate) proxies: Vec<String>,
    pub(crate) words: Words,
}

/// A name that leads to no address of the public network.
#[derive(Debug, thiserror::Error)]
#[error("its name leads to a private or link-local address, where nobody but you may send us ({trust})")]
pub(crate) struct Private {
    /// The option that allows it.
    trust: &'static str,
}

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        let is_proxy = self.proxies.iter().any(|proxy| proxy.eq_ignore_ascii_case(name.as_str()));
        let trust = self.words.trust;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One private address among public ones is enough to be suspicious of the name.
            if !is_proxy && found.iter().any(|address| !is_public(address.ip())) {
                return Err(Private { trust }.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
