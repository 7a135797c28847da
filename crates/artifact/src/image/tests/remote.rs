//! Images whose blobs come from elsewhere: the same image as from a layout, and what a liar gives away.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::{Arc, Mutex};

use insta::assert_snapshot;
use testkit::image::{Files, Image, nested_layout};
use testkit::layer::{Layer, Storage};

use crate::recorder::Recorder;
use crate::stream::digest_of;
use crate::{Artifact, OpenError, Options, Part, Remote, RootDocument, Wanted, open_remote};

/// Serves the blobs of a layout, and writes down what was asked.
#[derive(Debug, Default)]
struct Blobs {
    files: BTreeMap<String, Vec<u8>>,
    asked: Mutex<Vec<Part>>,
}

impl Remote for Blobs {
    fn open(&self, wanted: &Wanted) -> io::Result<Box<dyn Read + Send>> {
        self.asked.lock().expect("no test panics here").push(wanted.part);
        let name = format!("blobs/sha256/{}", wanted.digest.hex());
        let bytes = self.files.get(&name).cloned();
        bytes
            .map(|bytes| Box::new(Cursor::new(bytes)) as Box<_>)
            .ok_or_else(|| io::Error::other("the registry is down"))
    }
}

fn open(files: Files, root: &[u8], options: &Options) -> (Result<Artifact, OpenError>, Arc<Blobs>) {
    let remote = Arc::new(Blobs { files, ..Blobs::default() });
    let digest = digest_of(root, model::Digest::sha256([0; 32]));
    let root = RootDocument {
        reference: "example.org/app:1".to_owned(),
        bytes: root.to_vec(),
        digest,
        media_type: String::new(),
    };
    (open_remote(root, Arc::clone(&remote) as Arc<dyn Remote>, options), remote)
}

fn image() -> Image {
    let plain = Layer::files(&[("a", "1"), ("b", "1")]).stored_as(Storage::Plain);
    Image::new([plain, Layer::files(&[("a", "2")]).created_by("COPY a /")])
}

#[test]
fn a_manifest() {
    let (artifact, remote) = open(image().layout(), &image().manifest(), &Options::default());
    let artifact = artifact.expect("an image");
    assert_eq!(artifact.name(), "example.org/app:1");
    assert_eq!(artifact.digest().map(|digest| digest.to_string()), Some(image().digest().to_string()));
    assert_eq!(artifact.platform(), Some("linux/amd64"));
    assert_snapshot!(Recorder::all().tell(&artifact), @r"
    /a layer 0 (hidden by 1): 1
    /b layer 0: 1
    /a layer 1: 2
    ");
    let asked = remote.asked.lock().expect("no test panics here").clone();
    assert_eq!(asked, [Part::Config, Part::Layer, Part::Layer], "every blob is fetched once");
}

#[test]
fn an_index() {
    let arm = Image::new([Layer::files(&[("arm", "")])]).platform("linux", "arm64", Some("v8"));
    let files = nested_layout(&[image(), arm], "app");
    let index: serde_json::Value = serde_json::from_slice(&files["index.json"]).expect("our own");
    let name = index["manifests"][0]["digest"].as_str().expect("a digest").replace("sha256:", "blobs/sha256/");
    let root = files[&name].clone();
    let options = Options { platform: Some("linux/arm64".to_owned()), ..Options::default() };
    let (artifact, remote) = open(files, &root, &options);
    assert_eq!(artifact.expect("an image").platform(), Some("linux/arm64/v8"));
    assert_eq!(remote.asked.lock().expect("no test panics here")[0], Part::Manifest);
}

#[test]
fn blobs_that_lie() {
    let mut files = image().layout();
    for bytes in files.values_mut().filter(|bytes| bytes.starts_with(&[0x1f, 0x8b])) {
        *bytes = testkit::layer::gzip(b"not a tar, and not what was promised");
    }
    let (artifact, _) = open(files, &image().manifest(), &Options::default());
    let told = Recorder::all().tell(&artifact.expect("an image"));
    assert!(told.contains("error digest-mismatch layer 1: the blob of the layer has the digest"), "{told}");
    assert!(told.contains("error digest-mismatch layer 1: the layer has the diff id"), "{told}");
}

#[test]
fn blobs_that_do_not_come() {
    let mut files = image().layout();
    files.retain(|_, bytes| !bytes.starts_with(&[0x1f, 0x8b]));
    let (artifact, _) = open(files, &image().manifest(), &Options::default());
    assert_snapshot!(Recorder::all().tell(&artifact.expect("an image")), @r"
    /a layer 0: 1
    /b layer 0: 1
    error io layer 1: the layer was not read to its end: it could not be read: the registry is down; what came before is kept
    ");
}
