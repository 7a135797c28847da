//! Layers into a registry: each blob by itself, then the manifest that names them (OCI distribution 1.1, "Pushing blobs monolithically").
//!
//! Nothing is sent anywhere but where the user said: a registry that leads an upload to another origin is refused.

use std::sync::Arc;

use model::{Cancel, Digest};
use network::{Ask, Fault, Origin, Runtime, Upload, UploadMethod, Url, header, host_of, pause, sleep};
use oci_client::manifest::OCI_IMAGE_MEDIA_TYPE;
use reqwest::Response;
use serde_json::json;

use crate::access::Access;
use crate::bundle::{BundleFault, BundleLayer};
use crate::pull::bundle::TITLE;
use crate::pull::document_sum;
use crate::pull::reference::Reference;
use crate::pull::session::{Purpose, Session};

/// The type of a configuration that says nothing; every client takes it.
const CONFIG: &str = "application/vnd.unknown.config.v1+json";
const EMPTY: &[u8] = b"{}";

/// Puts all blobs, then the manifest under the tag.
pub(crate) fn push(
    reference: &Reference,
    layers: &[BundleLayer],
    access: &Access,
    cancel: &Cancel,
) -> Result<Digest, BundleFault> {
    if reference.digest().is_some() {
        return Err(
            Fault::Refused(format!("{reference} names a digest: a tag is needed to put something under")).into()
        );
    }
    let runtime = Runtime::start()?;
    let session = Arc::new(Session::new(reference, Purpose::Push, access, cancel)?);
    let config = BundleLayer { media_type: CONFIG.to_owned(), title: String::new(), bytes: EMPTY.to_vec() };
    let manifest = manifest(&config, layers);
    for layer in std::iter::once(&config).chain(layers) {
        let (session, bytes) = (Arc::clone(&session), layer.bytes.clone());
        runtime.run(async move { trying_again(&session, || blob(&session, &bytes)).await })?;
    }
    let digest = document_sum(&manifest, None);
    let target = reference.target().to_owned();
    runtime.run(async move { trying_again(&session, || document(&session, &target, &manifest)).await })?;
    Ok(digest)
}

fn manifest(config: &BundleLayer, layers: &[BundleLayer]) -> Vec<u8> {
    let descriptor = |layer: &BundleLayer| {
        let digest = document_sum(&layer.bytes, None).to_string();
        let mut descriptor = json!({"mediaType": layer.media_type, "digest": digest, "size": layer.bytes.len()});
        if !layer.title.is_empty() {
            descriptor["annotations"] = json!({ TITLE: layer.title });
        }
        descriptor
    };
    let layers: Vec<_> = layers.iter().map(descriptor).collect();
    json!({"schemaVersion": 2, "mediaType": OCI_IMAGE_MEDIA_TYPE, "config": descriptor(config), "layers": layers})
        .to_string()
        .into_bytes()
}

async fn trying_again<W: Future<Output = Result<(), Fault>>>(
    session: &Session,
    work: impl Fn() -> W,
) -> Result<(), Fault> {
    let mut failures = 0;
    loop {
        let Err(fault) = work().await else { return Ok(()) };
        failures += 1;
        let Some(wait) = pause(&fault, failures, session.http.reach.retries.0) else { return Err(fault) };
        sleep(&session.http.cancel, wait).await?;
    }
}

async fn blob(session: &Session, bytes: &[u8]) -> Result<(), Fault> {
    let begin =
        Upload { method: UploadMethod::Post, media_type: "application/octet-stream".to_owned(), bytes: Vec::new() };
    let url = session.url("blobs", "uploads/")?;
    let response = session.send(url.clone(), &Ask { upload: Some(begin), ..Ask::default() }).await?;
    accepted(session, &response, 202)?;
    let place = header(&response, "location").and_then(|location| url.join(location).ok());
    let mut place = place.ok_or_else(|| Fault::Lie(format!("{} names no place for an upload", session.http.home)))?;
    if Origin::of(&place).as_ref() != Some(&session.http.home) {
        let to = Origin::of(&place).map(|origin| origin.to_string()).unwrap_or_default();
        return Err(Fault::Refused(format!("{} leads an upload to {to}, which is not followed", session.http.home)));
    }
    place.query_pairs_mut().append_pair("digest", &document_sum(bytes, None).to_string());
    put(session, place, "application/octet-stream", bytes).await
}

async fn document(session: &Session, target: &str, bytes: &[u8]) -> Result<(), Fault> {
    put(session, session.url("manifests", target)?, OCI_IMAGE_MEDIA_TYPE, bytes).await
}

async fn put(session: &Session, url: Url, media_type: &str, bytes: &[u8]) -> Result<(), Fault> {
    let upload = Upload { method: UploadMethod::Put, media_type: media_type.to_owned(), bytes: bytes.to_vec() };
    let response = session.send(url, &Ask { upload: Some(upload), ..Ask::default() }).await?;
    accepted(session, &response, 201)
}

fn accepted(session: &Session, response: &Response, wanted: u16) -> Result<(), Fault> {
    let status = response.status().as_u16();
    if status == wanted {
        return Ok(());
    }
    let hints = session.access.hints(&session.http.home);
    let other = || Fault::Status { host: host_of(response), status };
    Err(network::refusal(response, &host_of(response), "the repository", hints).unwrap_or_else(other))
}
