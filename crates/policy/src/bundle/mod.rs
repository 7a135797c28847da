//! OPA's bundles: policies and data under the roots that a manifest names, in a folder or an archive.
//!
//! A bundle that holds something outside of its roots is refused, as OPA refuses it. Compiled policies (WebAssembly, plans) in it are
//! not used: its Rego is.

mod archive;
mod data;
mod layers;
mod manifest;
mod signature;

use serde_json::Value as Json;

use crate::{Options, PolicyError, PolicyFile, Trust, rego};
use manifest::Manifest;

pub use layers::{
    BUNDLE_LAYER, DATA_LAYER, MANIFEST_LAYER, POLICY_LAYER, PolicyLayer, files_of_layers, layers_of_files,
};
pub use signature::BundleKey;

/// What a bundle holds.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its policies.
    pub files: Vec<PolicyFile>,
    /// Its data: an object.
    pub data: Json,
    /// What its manifest says of its version.
    pub revision: String,
}

/// One file of a bundle.
#[derive(Clone, Debug)]
pub struct BundleFile {
    /// From the root of the bundle, with `/`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The name of the manifest, at the root of a bundle.
pub const MANIFEST: &str = ".manifest";

impl Bundle {
    /// From an archive: tar, gzip-compressed or not. `name` is what messages call it. With a key it must be signed with that, whole;
    /// without one no signature is asked for.
    pub fn of_archive(name: &str, bytes: &[u8], key: Option<&BundleKey>) -> Result<Bundle, Vec<PolicyError>> {
        let files = archive::files(bytes).map_err(|message| vec![PolicyError::in_file(name, message)])?;
        Bundle::of_files(name, files, key)
    }

    /// From the files of a folder; where there is a key, from all of them.
    pub fn of_files(name: &str, files: Vec<BundleFile>, key: Option<&BundleKey>) -> Result<Bundle, Vec<PolicyError>> {
        if let Some(key) = key {
            signature::verify(&files, key).map_err(|message| vec![PolicyError::in_file(name, message)])?;
        }
        let within = |path: &str| format!("{name}!/{path}");
        let mut manifest = Manifest::default();
        let mut data = data::Data::default();
        let (mut policies, mut errors) = (Vec::new(), Vec::new());
        for file in files {
            let base = file.path.rsplit('/').next().unwrap_or_default();
            let read = match base {
                MANIFEST if file.path == MANIFEST => Manifest::read(&file.bytes).map(|read| manifest = read),
                "data.json" | "data.yaml" | "data.yml" => data.add(&file),
                base if base.ends_with(".rego") => text(file.bytes).map(|text| {
                    policies.push(PolicyFile { name: within(&file.path), text, trust: Trust::User });
                }),
                // Signatures, which were asked above, compiled policies and whatever else.
                _ => Ok(()),
            };
            if let Err(message) = read {
                errors.push(PolicyError::in_file(&within(&file.path), message));
            }
        }
        let data = data.finish();
        for path in data::paths(&data) {
            if !manifest.covers(&path) {
                let message = format!("data at `{}` is under none of the roots that {MANIFEST} names", path.join("/"));
                errors.push(PolicyError::in_file(name, message));
            }
        }
        for file in &policies {
            // One that does not parse is complained of when it is loaded.
            let Ok(module) = rego::parse(file, &Options::default()) else { continue };
            if !manifest.covers(&module.package) {
                let package = module.package.join(".");
                let message = format!("package `{package}` is under none of the roots that {MANIFEST} names");
                errors.push(PolicyError::at(&file.name, module.package_line(), 1, message));
            }
        }
        if errors.is_empty() { Ok(Bundle { files: policies, data, revision: manifest.revision }) } else { Err(errors) }
    }
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "the policy is not UTF-8".to_owned())
}
