//! The document a reference leads to, whole and held against its digest.

use artifact::RootDocument;
use model::Digest;
use network::{Ask, Fault, body, header, pause, refusal, sleep};
use oci_client::manifest::{
    IMAGE_MANIFEST_LIST_MEDIA_TYPE, IMAGE_MANIFEST_MEDIA_TYPE, OCI_IMAGE_INDEX_MEDIA_TYPE, OCI_IMAGE_MEDIA_TYPE,
};
use sha2::{Digest as _, Sha256, Sha512};

use super::reference::Reference;
use super::session::Session;

/// The types of manifests we read; what we refuse by name may come too.
pub(super) const TYPES: [&str; 4] =
    [OCI_IMAGE_INDEX_MEDIA_TYPE, OCI_IMAGE_MEDIA_TYPE, IMAGE_MANIFEST_LIST_MEDIA_TYPE, IMAGE_MANIFEST_MEDIA_TYPE];

/// Fetches it, trying again where that may help.
pub(super) async fn fetch(session: &Session, reference: &Reference, limit: u64) -> Result<RootDocument, Fault> {
    let mut failures = 0;
    loop {
        match fetch_once(session, reference, limit).await {
            Ok(document) => return Ok(document),
            Err(fault) => {
                failures += 1;
                let Some(wait) = pause(&fault, failures, session.http.reach.retries.0) else { return Err(fault) };
                sleep(&session.http.cancel, wait).await?;
            }
        }
    }
}

async fn fetch_once(session: &Session, reference: &Reference, limit: u64) -> Result<RootDocument, Fault> {
    let http = &session.http;
    let host = http.home.to_string();
    let accept = TYPES.join(", ");
    let url = session.url("manifests", reference.target())?;
    let response = session.send(url, &Ask { accept: Some(&accept), ..Ask::default() }).await?;
    let sign = if reference.digest().is_some() { '@' } else { ':' };
    let what = format!("{}{sign}{}", reference.repository(), reference.target());
    if let Some(fault) = refusal(&response, &host, &what, session.access.hints(&http.home)) {
        return Err(fault);
    }
    let claimed = header(&response, "content-type").unwrap_or_default();
    let claimed = claimed.split(';').next().unwrap_or_default().trim().to_owned();
    let named: Option<Digest> = header(&response, "docker-content-digest").and_then(|text| text.parse().ok());
    let bytes = body(http, response, &host, ("manifest_bytes", limit)).await?;
    let digest = sum(&bytes, reference.digest());
    for expected in [reference.digest(), named].into_iter().flatten() {
        let found = sum(&bytes, Some(expected));
        if found != expected {
            return Err(Fault::Lie(format!("{host} gave a manifest with the digest {found} where {expected} was due")));
        }
    }
    let is_known = TYPES.contains(&claimed.as_str()) || claimed.contains("manifest.v1+");
    let media_type = if is_known { claimed } else { String::new() };
    Ok(RootDocument { reference: reference.to_string(), bytes, digest, media_type })
}

pub(crate) fn sum(bytes: &[u8], like: Option<Digest>) -> Digest {
    match like.map(|digest| digest.algorithm()) {
        Some(model::DigestAlgorithm::Sha512) => Digest::sha512(Sha512::digest(bytes).into()),
        _ => Digest::sha256(Sha256::digest(bytes).into()),
    }
}
