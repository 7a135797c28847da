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
mod bundle;
mod daemon;
mod pull;
mod push;

pub use access::docker_config::DockerConfig;
pub use access::{Access, Login};
pub use bundle::{BundleFault, BundleLayer, PulledBundle};
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

/// Fetches what is kept as layers in a registry and is no image: policies and their data. Every layer is whole and is what its
/// digest says; all of them together are at most so many bytes.
pub fn pull_bundle(
    reference: &Reference,
    access: &Access,
    most_bytes: u64,
    cancel: &Cancel,
) -> Result<PulledBundle, BundleFault> {
    pull::bundle::pull(reference, access, most_bytes, cancel)
}

/// Puts layers into a registry under a tag, with a configuration that holds nothing. Returns the digest of the manifest.
pub fn push_bundle(
    reference: &Reference,
    layers: &[BundleLayer],
    access: &Access,
    cancel: &Cancel,
) -> Result<model::Digest, BundleFault> {
    push::push(reference, layers, access, cancel)
}

/// A fault before anything could be scanned.
fn open_error(fault: &Fault) -> OpenError {
    let is_missing = matches!(fault, Fault::Missing(_));
    OpenError::Remote { what: fault.to_string(), is_missing }
}
