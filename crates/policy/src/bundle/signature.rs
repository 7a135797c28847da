//! Signed bundles: `.signatures.json` holds a JSON web token over the hashes of all other files, as `opa sign` writes it.
//!
//! Of data and manifests the hash is of the value, keys sorted, without blanks; of all else of the bytes. Numbers that are written
//! with an exponent or with digits no float holds are hashed otherwise than by OPA, so that such a bundle is refused.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::{BundleFile, MANIFEST};
use crate::rego::{claims_signed_with, yaml_of_text};

/// The file with the signature, at the root of a bundle.
pub(super) const SIGNATURES: &str = ".signatures.json";

/// What a bundle must be signed with: a public key or certificate in PEM, JSON web keys, or the secret of an HMAC.
#[derive(Clone)]
pub struct BundleKey(String);

#[derive(Deserialize)]
struct Signatures {
    signatures: Vec<String>,
}

#[derive(Deserialize)]
struct SignedFile {
    name: String,
    hash: String,
    #[serde(default)]
    algorithm: String,
}

impl BundleKey {
    /// From the text of a key file. Line breaks at the end of a secret do not count.
    pub fn new(text: &str) -> BundleKey {
        BundleKey(text.trim_end_matches(['\r', '\n']).to_owned())
    }
}

impl fmt::Debug for BundleKey {
    /// It may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BundleKey(…)")
    }
}

/// Whether every file of a bundle is what was signed, and nothing is missing.
pub(super) fn verify(files: &[BundleFile], key: &BundleKey) -> Result<(), String> {
    let mut signed = signed_files(files, key)?;
    for file in files.iter().filter(|file| file.path != SIGNATURES) {
        let path = &file.path;
        let entry = signed.remove(path).ok_or_else(|| format!("`{path}` is not among the files that were signed"))?;
        let actual = hash(file, &entry.algorithm)?;
        if !actual.eq_ignore_ascii_case(&entry.hash) {
            return Err(format!("`{path}` is not what was signed"));
        }
    }
    match signed.keys().next() {
        Some(missing) => Err(format!("`{missing}` was signed and is not in the bundle")),
        None => Ok(()),
    }
}

fn signed_files(files: &[BundleFile], key: &BundleKey) -> Result<BTreeMap<String, SignedFile>, String> {
    let file = files.iter().find(|file| file.path == SIGNATURES);
    let file = file.ok_or_else(|| format!("it is not signed: there is no {SIGNATURES}, and a key was given"))?;
    let odd = |error: serde_json::Error| format!("{SIGNATURES} is not what a signed bundle has: {error}");
    let Signatures { signatures } = serde_json::from_slice(&file.bytes).map_err(odd)?;
    let [token] = &signatures[..] else {
        return Err(format!("{SIGNATURES} holds {} signatures, and one is read", signatures.len()));
    };
    let mut claims = claims_signed_with(token, &key.0).map_err(|message| format!("{SIGNATURES}: {message}"))?;
    let listed = claims.remove("files").unwrap_or_default();
    let listed: Vec<SignedFile> = serde_json::from_value(listed).map_err(odd)?;
    Ok(listed.into_iter().map(|file| (file.name.trim_start_matches('/').to_owned(), file)).collect())
}

fn hash(file: &BundleFile, algorithm: &str) -> Result<String, String> {
    let bytes = if is_structured(&file.path) { canonical(file)? } else { file.bytes.clone() };
    let hex = |sum: &[u8]| sum.iter().map(|byte| format!("{byte:02x}")).collect();
    match algorithm {
        "SHA-256" | "" => Ok(hex(&Sha256::digest(&bytes))),
        "SHA-384" => Ok(hex(&Sha384::digest(&bytes))),
        "SHA-512" => Ok(hex(&Sha512::digest(&bytes))),
        other => Err(format!("`{}` was hashed with {other}; SHA-256, SHA-384 and SHA-512 are taken", file.path)),
    }
}

fn is_structured(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("data.json" | "data.yaml" | MANIFEST))
}

/// The value of a file as JSON without blanks, keys sorted.
fn canonical(file: &BundleFile) -> Result<Vec<u8>, String> {
    let odd = |message: String| format!("`{}` cannot be read: {message}", file.path);
    let value: Json = if file.path.ends_with(".yaml") {
        let text = std::str::from_utf8(&file.bytes).map_err(|error| odd(error.to_string()))?;
        yaml_of_text(text).map_err(|message| odd(message.to_string()))?
    } else {
        serde_json::from_slice(&file.bytes).map_err(|error| odd(error.to_string()))?
    };
    let mut text = String::new();
    write(&mut text, &value);
    Ok(text.into_bytes())
}

fn write(text: &mut String, value: &Json) {
    match value {
        Json::Object(members) => {
            let sorted: BTreeMap<&String, &Json> = members.iter().collect();
            text.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                text.push_str(&Json::from(name.as_str()).to_string());
                text.push(':');
                write(text, value);
            }
            text.push('}');
        }
        Json::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                text.push_str(if at == 0 { "" } else { "," });
                write(text, item);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
