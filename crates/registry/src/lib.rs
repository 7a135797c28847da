//! Images of registries and of container engines: OCI distribution specification 1.1, Docker Registry HTTP API V2 with
//! its token authentication, Docker Engine API.
//!
//! Layers are scanned while they come and are never stored; the room `artifact` asks for blobs ([`artifact::Remote`]) and
//! holds every one against its digest. Here are the network, and the rules that a registry cannot talk us out of:
//! credentials go to the one host and port the user named, nobody but the user leads us to a private address, and
//! everything has a time and a size.
//!
//! # Why requests are made here and not by `oci-client`
//!
//! `oci-client` reads references and names the types of manifests. Its client (0.18) is not used, for what a hostile
//! registry could do with it: manifests are read without a limit, credentials go to whatever token server the registry
//! names, redirects are followed to any address and there is no place to look at where they lead, nothing is tried
//! again, and a partial answer is not held against the range that was asked for. So requests go through `reqwest` (one
//! stack, with `ring` and HTTP/1.1 alone: a registry gains nothing by HTTP/2, and its attacks stay out).

mod access;
mod daemon;
mod pull;

pub use access::docker_config::DockerConfig;
pub use access::{Access, Login};
pub use daemon::{Daemon, Engine};
pub use pull::reference::{Reference, ReferenceError};

use artifact::{Artifact, OpenError, Options};
use model::Cancel;
use network::Fault;
pub use network::{Host, Proxies, Retries, Secret, Timeouts};

/// Opens an image of a registry: fetches its manifest and configuration; layers come when they are walked.
pub fn open(reference: &Reference, access: &Access, options: &Options, cancel: &Cancel) -> Result<Artifact, OpenError> {
    pull::open(reference, access, options, cancel)
}

/// A fault before anything could be scanned.
fn open_error(fault: &Fault) -> OpenError {
    let is_missing = matches!(fault, Fault::Missing(_));
    OpenError::Remote { what: fault.to_string(), is_missing }
}
