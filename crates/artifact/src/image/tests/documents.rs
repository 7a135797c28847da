//! Manifests, indexes and configurations that are damaged, or not what they say.

use insta::assert_snapshot;
use serde_json::json;
use testkit::digest::sha256;
use testkit::image::{Files, Image, blob_name};
use testkit::layer::Layer;

use super::open_files;
use crate::recorder::Recorder;
use crate::{Limits, OpenError, Options};

fn image() -> Image {
    Image::new([Layer::files(&[("a", "1")]).created_by("COPY a /")])
}

/// Why it is not opened; digests are left out.
fn refusal(files: &Files) -> String {
    refusal_with(files, Limits::default())
}

fn refusal_with(files: &Files, limits: Limits) -> String {
    let error = open_files(files, &Options { limits, ..Options::default() }).expect_err("a refusal");
    assert!(!error.is_usage(), "{error}");
    without_digests(&error)
}

fn without_digests(error: &OpenError) -> String {
    let text = error.to_string();
    let words = text.split(' ').map(|word| if word.starts_with("sha256:") { "sha256:…" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

/// A layout whose index leads to this document.
fn leading_to(document: &serde_json::Value, media_type: &str) -> Files {
    let bytes = document.to_string().into_bytes();
    let descriptor = json!({"mediaType": media_type, "digest": sha256(&bytes).to_string(), "size": bytes.len()});
    let mut files = image().layout();
    files.insert(blob_name(&sha256(&bytes)), bytes);
    files.insert(
        "index.json".to_owned(),
        json!({"schemaVersion": 2, "manifests": [descriptor]}).to_string().into_bytes(),
    );
    files
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";

#[test]
fn both_index_and_manifest() {
    let document = json!({"schemaVersion": 2, "manifests": [], "layers": [], "config": null});
    assert_snapshot!(refusal(&leading_to(&document, MANIFEST)), @"image.tar: sha256:… is both an index and a manifest; two readers would see two images; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&leading_to(&document, "")), @"image.tar: sha256:… is both an index and a manifest; two readers would see two images; nothing of it was scanned, fetch or build it again");
}

#[test]
fn not_what_it_was_said_to_be() {
    let document: serde_json::Value = serde_json::from_slice(&image().manifest()).expect("our own JSON");
    assert_snapshot!(refusal(&leading_to(&document, "application/vnd.docker.distribution.manifest.v2+json")), @"image.tar: sha256:… says it is `application/vnd.oci.image.manifest.v1+json`, and what leads to it says `application/vnd.docker.distribution.manifest.v2+json`; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&leading_to(&json!({"schemaVersion": 2, "manifests": []}), MANIFEST)), @"image.tar: sha256:… is neither an index nor an image manifest; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&leading_to(&json!({"schemaVersion": 2}), MANIFEST)), @"image.tar: sha256:… is neither an index nor an image manifest; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&leading_to(&json!([1]), MANIFEST)), @"image.tar: sha256:… is no JSON object; nothing of it was scanned, fetch or build it again");
}

#[test]
fn schema_1() {
    let document =
        json!({"schemaVersion": 1, "name": "app", "tag": "1", "fsLayers": [{"blobSum": "sha256:00"}], "history": []});
    assert_snapshot!(refusal(&leading_to(&document, "")), @"image.tar: sha256:… is a Docker schema 1 manifest, which names layers without a verifiable order; push or save the image again with a current tool");
    let signed = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    assert!(refusal(&leading_to(&document, signed)).contains("schema 1"));
}

#[test]
fn no_container_image() {
    let helm = image().manifest_fields(json!({"config": {
        "mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": sha256(b"{}").to_string(), "size": 2
    }}));
    assert_snapshot!(refusal(&helm.layout()), @"image.tar: sha256:… is no container image but `application/vnd.cncf.helm.config.v1+json`");
}

#[test]
fn damaged_layouts() {
    let without = |name: &str| {
        let mut files = image().layout();
        files.remove(name);
        files
    };
    let with = |name: &str, bytes: &[u8]| {
        let mut files = image().layout();
        files.insert(name.to_owned(), bytes.to_vec());
        files
    };
    let manifest = blob_name(&image().digest());
    assert_snapshot!(refusal(&without(&manifest)), @"image.tar: blob sha256:… is missing; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&with(&manifest, b"{}")), @"image.tar: blob sha256:… has the digest sha256:… nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&with("index.json", b"{")), @"image.tar: `index.json` is no valid manifest: EOF while parsing an object at line 1 column 1; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&with("index.json", br#"{"manifests":[]}"#)), @"image.tar: its index leads to no image; nothing of it was scanned, fetch or build it again");
    assert_snapshot!(refusal(&without("index.json")), @"image.tar: it holds neither `index.json` nor `manifest.json`, so no image can be told; nothing of it was scanned, fetch or build it again");
    let escaping = br#"{"manifests":[{"mediaType":"","digest":"sha256:../../../etc/passwd","size":1}]}"#;
    assert_snapshot!(refusal(&with("index.json", escaping)), @"image.tar: `index.json` is no valid manifest: digest `sha256:../../../etc/passwd` does not have the right number of lower-case hex digits at line 1 column 67; nothing of it was scanned, fetch or build it again");
    let deep = [b"{\"annotations\":".as_slice(), &b"[".repeat(100_000), &b"]".repeat(100_000), b"}"].concat();
    assert_snapshot!(refusal(&with("index.json", &deep)), @"image.tar: `index.json` is neither an index nor an image manifest; nothing of it was scanned, fetch or build it again");
}

#[test]
fn limits_on_documents() {
    let limits = Limits { manifest_bytes: 10, ..Limits::default() };
    assert_snapshot!(refusal_with(&image().layout(), limits), @"image.tar: `index.json` has 235 bytes (limit `manifest_bytes` is 10; `--limit manifest_bytes=N` raises it); nothing of it was scanned");
}

#[test]
fn indexes_inside_indexes() {
    let mut files = image().layout();
    let manifest = image().manifest();
    let mut descriptor =
        json!({"mediaType": MANIFEST, "digest": sha256(&manifest).to_string(), "size": manifest.len()});
    let mut refusals = Vec::new();
    for depth in 0..7 {
        let index = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": [descriptor]}).to_string().into_bytes();
        files.insert("index.json".to_owned(), index.clone());
        files.insert(blob_name(&sha256(&index)), index.clone());
        descriptor = json!({"mediaType": INDEX, "digest": sha256(&index).to_string(), "size": index.len()});
        if let Err(error) = open_files(&files, &Options::default()) {
            refusals.push((depth, without_digests(&error)));
        }
    }
    assert_eq!(refusals.iter().map(|(depth, _)| *depth).collect::<Vec<_>>(), [5, 6]);
    assert_snapshot!(refusals[0].1, @"image.tar: indexes lie deeper inside each other (limit `index_depth` is 4; `--limit index_depth=N` raises it); nothing of it was scanned");
}

#[test]
fn an_index_that_repeats_itself_costs_no_more() {
    let manifest = image().manifest();
    let descriptor = json!({"mediaType": MANIFEST, "digest": sha256(&manifest).to_string(), "size": manifest.len()});
    let mut files = image().layout();
    files.insert("index.json".to_owned(), json!({"manifests": vec![descriptor; 20_000]}).to_string().into_bytes());
    assert!(open_files(&files, &Options::default()).is_ok());
}

#[test]
fn a_configuration_that_cannot_be_read_leaves_the_layers() {
    let mut files = image().layout();
    files.remove(&blob_name(&sha256(&image().config())));
    let artifact = open_files(&files, &Options::default()).expect("an image");
    let text = Recorder::all().tell(&artifact);
    assert!(text.starts_with("/a layer 0: 1\nerror manifest: the configuration of the image was not read"), "{text}");
}

#[test]
fn a_configuration_that_contradicts_the_manifest() {
    let check = |fields: serde_json::Value| {
        let artifact = open_files(&image().config_fields(fields).layout(), &Options::default()).expect("an image");
        Recorder::all().tell(&artifact)
    };
    assert_snapshot!(check(json!({"rootfs": {"type": "layers", "diff_ids": []}})), @r"
    /a layer 0: 1
    error manifest: the configuration lists 0 layers and the manifest 1; runtimes refuse such an image
    ");
    let step = json!({"created_by": "RUN x"});
    assert_snapshot!(check(json!({"history": [step, step]})), @r"
    /a layer 0: 1
    note manifest: the history has 2 steps for 1 layers; no layer's instruction is known
    ");
}
