//! From a reference to an image whose blobs come when they are asked for.

pub(crate) mod bundle;
mod challenge;
mod document;
mod download;
pub(crate) mod reference;
pub(crate) mod session;
mod token;

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;

use artifact::{Artifact, OpenError, Options, Remote, Wanted};
use model::Cancel;

use crate::access::Access;
use network::{Fault, Runtime, pipe};
use reference::Reference;
use session::{Purpose, Session};

pub(crate) use document::sum as document_sum;

/// A registry that gives the blobs of one repository.
struct Registry {
    session: Arc<Session>,
    runtime: Runtime,
}

/// Opens the image a reference names.
pub(crate) fn open(
    reference: &Reference,
    access: &Access,
    options: &Options,
    cancel: &Cancel,
) -> Result<Artifact, OpenError> {
    let fault = |fault: Fault| crate::open_error(&fault);
    let runtime = Runtime::start().map_err(fault)?;
    let session = Arc::new(Session::new(reference, Purpose::Pull, access, cancel).map_err(fault)?);
    let limit = options.limits.manifest_bytes;
    let asked = Arc::clone(&session);
    let named = reference.clone();
    let root = runtime.run(async move { document::fetch(&asked, &named, limit).await }).map_err(fault)?;
    artifact::open_remote(root, Arc::new(Registry { session, runtime }), options)
}

impl Remote for Registry {
    fn open(&self, wanted: &Wanted) -> io::Result<Box<dyn Read + Send>> {
        let (sender, incoming) = pipe();
        let (session, wanted) = (Arc::clone(&self.session), wanted.clone());
        self.runtime.spawn(async move { download::feed(&session, &wanted, &sender).await });
        Ok(Box::new(incoming))
    }
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Registry({})", self.session.http.home)
    }
}
