//! Images built in memory, written as OCI layouts and as Docker archives.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use crate::digest::{Sum, sha256};
use crate::layer::Layer;
use crate::tar::{Entry, Tar};

/// One image: layers, base first, and what its documents say.
#[derive(Clone, Debug)]
pub struct Image {
    layers: Vec<Layer>,
    reference: Option<String>,
    platform: (String, String, Option<String>),
    run: Value,
    empty_steps: Vec<(usize, String)>,
    manifest: Value,
    config: Value,
}

/// Files by name: what an image is written as.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Image {
    /// An image for `linux/amd64` without a name.
    pub fn new(layers: impl IntoIterator<Item = Layer>) -> Image {
        Image {
            layers: layers.into_iter().collect(),
            reference: None,
            platform: ("linux".to_owned(), "amd64".to_owned(), None),
            run: json!({}),
            empty_steps: Vec::new(),
            manifest: json!({}),
            config: json!({}),
        }
    }

    /// Under this name: `registry.example/app:1` or `latest`.
    pub fn named(mut self, reference: &str) -> Image {
        self.reference = Some(reference.to_owned());
        self
    }

    /// For this platform.
    pub fn platform(mut self, os: &str, architecture: &str, variant: Option<&str>) -> Image {
        self.platform = (os.to_owned(), architecture.to_owned(), variant.map(str::to_owned));
        self
    }

    /// With this under `config` in its configuration: `{"User": "nobody"}`.
    pub fn run(mut self, run: Value) -> Image {
        self.run = run;
        self
    }

    /// With a step in its history that made no layer, before the step of layer `before`.
    pub fn empty_step(mut self, before: usize, instruction: &str) -> Image {
        self.empty_steps.push((before, instruction.to_owned()));
        self
    }

    /// With these fields in its manifest, over those it has.
    pub fn manifest_fields(mut self, fields: Value) -> Image {
        self.manifest = fields;
        self
    }

    /// With these fields in its configuration, over those it has.
    pub fn config_fields(mut self, fields: Value) -> Image {
        self.config = fields;
        self
    }

    /// The configuration.
    pub fn config(&self) -> Vec<u8> {
        let (os, architecture, variant) = &self.platform;
        let mut config = json!({
            "os": os,
            "architecture": architecture,
            "config": self.run,
            "rootfs": {"type": "layers", "diff_ids": self.layers.iter().map(|layer| layer.diff_id().to_string()).collect::<Vec<_>>()},
            "history": self.history(),
        });
        if let Some(variant) = variant {
            config["variant"] = json!(variant);
        }
        merge(&mut config, &self.config);
        config.to_string().into_bytes()
    }

    /// The manifest.
    pub fn manifest(&self) -> Vec<u8> {
        let config = self.config();
        let layers: Vec<Value> = self
            .layers
            .iter()
            .map(|layer| {
                let size = layer.claimed_size.unwrap_or(layer.stored.len() as u64);
                json!({"mediaType": layer.media_type, "digest": layer.digest().to_string(), "size": size})
            })
            .collect();
        let mut manifest = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": sha256(&config).to_string(), "size": config.len()},
            "layers": layers,
        });
        merge(&mut manifest, &self.manifest);
        manifest.to_string().into_bytes()
    }

    /// The digest of the manifest.
    pub fn digest(&self) -> Sum {
        sha256(&self.manifest())
    }

    /// The files of a layout that holds this image alone.
    pub fn layout(&self) -> Files {
        layout(std::slice::from_ref(self))
    }

    /// An OCI archive.
    pub fn oci_archive(&self) -> Vec<u8> {
        archive(&self.layout())
    }

    /// A classic Docker archive: a folder with a plain tar for each layer.
    pub fn docker_archive(&self) -> Vec<u8> {
        docker_archive(std::slice::from_ref(self))
    }

    /// A Docker archive of version 25 and later: with an OCI layout inside.
    pub fn hybrid_archive(&self) -> Vec<u8> {
        let mut files = self.layout();
        let layers: Vec<String> = self.layers.iter().map(|layer| blob_name(&layer.digest())).collect();
        let entry = json!([{"Config": blob_name(&sha256(&self.config())), "RepoTags": self.tags(), "Layers": layers}]);
        files.insert("manifest.json".to_owned(), entry.to_string().into_bytes());
        archive(&files)
    }

    /// Its blobs, by their names in a layout.
    fn blobs(&self) -> Files {
        let present = self.layers.iter().filter(|layer| !layer.is_missing);
        let layers = present.map(|layer| (blob_name(&layer.digest()), layer.stored.clone()));
        let documents = [self.config(), self.manifest()].map(|bytes| (blob_name(&sha256(&bytes)), bytes));
        layers.chain(documents).collect()
    }

    fn descriptor(&self) -> Value {
        let manifest = self.manifest();
        let (os, architecture, variant) = &self.platform;
        let media_type: Value = serde_json::from_slice::<Value>(&manifest).expect("our own JSON")["mediaType"].clone();
        let mut descriptor = json!({
            "mediaType": media_type,
            "digest": sha256(&manifest).to_string(),
            "size": manifest.len(),
            "platform": {"os": os, "architecture": architecture},
        });
        if let Some(variant) = variant {
            descriptor["platform"]["variant"] = json!(variant);
        }
        if let Some(reference) = &self.reference {
            descriptor["annotations"] = json!({"org.opencontainers.image.ref.name": reference});
        }
        descriptor
    }

    fn tags(&self) -> Value {
        self.reference.as_ref().map_or(Value::Null, |reference| json!([reference]))
    }

    fn history(&self) -> Vec<Value> {
        let mut history = Vec::new();
        for (at, layer) in self.layers.iter().enumerate() {
            let empty = self.empty_steps.iter().filter(|(before, _)| *before == at);
            history.extend(empty.map(|(_, instruction)| json!({"created_by": instruction, "empty_layer": true})));
            history.push(json!({"created_by": layer.created_by}));
        }
        if self.layers.iter().all(|layer| layer.created_by.is_none()) { Vec::new() } else { history }
    }
}

/// The files of a layout that holds these images.
pub fn layout(images: &[Image]) -> Files {
    let mut files: Files = images.iter().flat_map(Image::blobs).collect();
    let index = json!({"schemaVersion": 2, "manifests": images.iter().map(Image::descriptor).collect::<Vec<_>>()});
    files.insert("index.json".to_owned(), index.to_string().into_bytes());
    files.insert("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec());
    files
}

/// A layout whose index leads to one index of these images, for several platforms, under one name.
pub fn nested_layout(images: &[Image], reference: &str) -> Files {
    let mut files = layout(images);
    let media_type = "application/vnd.oci.image.index.v1+json";
    let manifests: Vec<Value> = images.iter().map(Image::descriptor).collect();
    let inner = json!({"schemaVersion": 2, "mediaType": media_type, "manifests": manifests}).to_string().into_bytes();
    let descriptor = json!({
        "mediaType": media_type,
        "digest": sha256(&inner).to_string(),
        "size": inner.len(),
        "annotations": {"org.opencontainers.image.ref.name": reference},
    });
    files.insert(blob_name(&sha256(&inner)), inner);
    files.insert(
        "index.json".to_owned(),
        json!({"schemaVersion": 2, "manifests": [descriptor]}).to_string().into_bytes(),
    );
    files
}

/// A classic Docker archive of these images.
pub fn docker_archive(images: &[Image]) -> Vec<u8> {
    let mut files = Files::new();
    let mut entries = Vec::new();
    for image in images {
        let config = image.config();
        let name = format!("{}.json", sha256(&config).hex());
        let layers: Vec<String> =
            image.layers.iter().map(|layer| format!("{}/layer.tar", sha256(&layer.tar).hex())).collect();
        for (name, layer) in layers.iter().zip(&image.layers).filter(|(_, layer)| !layer.is_missing) {
            files.insert(name.clone(), layer.tar.clone());
        }
        entries.push(json!({"Config": name, "RepoTags": image.tags(), "Layers": layers}));
        files.insert(name, config);
    }
    files.insert("manifest.json".to_owned(), Value::from(entries).to_string().into_bytes());
    archive(&files)
}

/// A tar of these files.
pub fn archive(files: &Files) -> Vec<u8> {
    files.iter().fold(Tar::new(), |tar, (name, bytes)| tar.entry(&Entry::file(name, bytes))).finish()
}

/// Writes these files below a folder.
pub fn write(files: &Files, folder: &Path) {
    for (name, bytes) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a writable folder");
        std::fs::write(path, bytes).expect("a writable folder");
    }
}

/// The name of a blob in a layout.
pub fn blob_name(sum: &Sum) -> String {
    format!("blobs/sha256/{}", sum.hex())
}

fn merge(into: &mut Value, fields: &Value) {
    for (key, value) in fields.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}
