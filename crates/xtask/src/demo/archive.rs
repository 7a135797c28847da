//! The archive that `docker save` writes today: an OCI layout with the older index `manifest.json` beside it.

use std::io::Write as _;

use anyhow::Context as _;
use flate2::{Compression, GzBuilder};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType};

use super::layer::{Layer, MADE_AT_TEXT, header};

/// The name the image was saved under.
const TAG: &str = "registry.example.org/ledger:0.3.0";

/// One instruction of the build; only some make a layer.
pub(super) struct Step {
    pub(super) by: &'static str,
    pub(super) layer: Option<Layer>,
}

/// Bytes named by their digest.
struct Blob {
    digest: String,
    bytes: Vec<u8>,
}

/// The archive of an image built by these steps.
pub(super) fn docker_save(steps: &[Step]) -> anyhow::Result<Vec<u8>> {
    let mut layers = Vec::new();
    let mut diff_ids = Vec::new();
    for layer in steps.iter().filter_map(|step| step.layer.as_ref()) {
        let tar = layer.tar()?;
        diff_ids.push(format!("sha256:{}", digest(&tar)));
        layers.push(Blob::new(compressed(&tar)?));
    }
    let config = Blob::json(&config(steps, &diff_ids))?;
    let manifest = Blob::json(&manifest(&config, &layers))?;
    let index = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [{
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "digest": manifest.id(), "size": manifest.bytes.len(),
            "annotations": {"io.containerd.image.name": TAG, "org.opencontainers.image.ref.name": "0.3.0"},
        }],
    });
    let docker = json!([{
        "Config": config.path(), "RepoTags": [TAG], "Layers": layers.iter().map(Blob::path).collect::<Vec<_>>(),
    }]);
    let mut files: Vec<(String, Vec<u8>)> =
        layers.into_iter().chain([config, manifest]).map(|blob| (blob.path(), blob.bytes)).collect();
    files.sort();
    files.push(("index.json".to_owned(), serde_json::to_vec(&index)?));
    files.push(("manifest.json".to_owned(), serde_json::to_vec(&docker)?));
    files.push(("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()));
    pack(&files)
}

impl Blob {
    fn new(bytes: Vec<u8>) -> Blob {
        Blob { digest: digest(&bytes), bytes }
    }

    fn json(value: &Value) -> anyhow::Result<Blob> {
        Ok(Blob::new(serde_json::to_vec(value)?))
    }

    fn id(&self) -> String {
        format!("sha256:{}", self.digest)
    }

    fn path(&self) -> String {
        format!("blobs/sha256/{}", self.digest)
    }
}

fn config(steps: &[Step], diff_ids: &[String]) -> Value {
    let history = steps.iter().map(|step| {
        let mut entry = json!({"created": MADE_AT_TEXT, "created_by": step.by});
        if step.layer.is_none() {
            entry["empty_layer"] = true.into();
        }
        entry
    });
    json!({
        "architecture": "amd64",
        "os": "linux",
        "created": MADE_AT_TEXT,
        "config": {
            "Env": ["PATH=/usr/local/bin:/usr/bin", "DATABASE_PASSWORD=hunter2"],
            "Cmd": ["ledger"],
            "Labels": {"org.opencontainers.image.title": "ledger"},
        },
        "rootfs": {"type": "layers", "diff_ids": diff_ids},
        "history": history.collect::<Vec<_>>(),
    })
}

fn manifest(config: &Blob, layers: &[Blob]) -> Value {
    let layer = |blob: &Blob| {
        json!({
            "mediaType": "application/vnd.oci.image.layer.v1.tar+gzip",
            "digest": blob.id(), "size": blob.bytes.len(),
        })
    };
    json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {
            "mediaType": "application/vnd.oci.image.config.v1+json",
            "digest": config.id(), "size": config.bytes.len(),
        },
        "layers": layers.iter().map(layer).collect::<Vec<_>>(),
    })
}

/// A gzip member without name and time.
fn compressed(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish().context("memory takes all")
}

fn pack(files: &[(String, Vec<u8>)]) -> anyhow::Result<Vec<u8>> {
    let mut builder = Builder::new(Vec::new());
    for folder in ["blobs/", "blobs/sha256/"] {
        builder.append_data(&mut header(EntryType::Directory, 0o755, 0), folder, &[][..])?;
    }
    for (path, bytes) in files {
        builder.append_data(&mut header(EntryType::Regular, 0o644, bytes.len()), path, &bytes[..])?;
    }
    Ok(builder.into_inner()?)
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
