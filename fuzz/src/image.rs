//! Images around foreign bytes, and a reader that wants all of every file.

use artifact::{FileBytes, FileMeta, Interest, Options, Sink, open_bytes};
use model::Cancel;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

/// Opens the bytes as whatever they are, and reads all of it.
pub(crate) fn read(name: &str, bytes: Vec<u8>) {
    // What inflates to more is a limit, and waiting for it would only show that it is slow.
    let limits = artifact::Limits { layer_bytes: 64 << 20, image_bytes: 64 << 20, ..artifact::Limits::default() };
    let options = Options { limits, ..Options::default() };
    let Ok(artifact) = open_bytes(name, bytes, &options) else { return };
    artifact.walk(&Everything, &Cancel::new());
}

/// An OCI archive of these layers. Digests and sizes are right, so that nothing is refused before it is read.
pub(crate) fn archive(manifest: Option<&[u8]>, config: Option<&[u8]>, layers: &[&[u8]]) -> Vec<u8> {
    let usual = json!({
        "architecture": "amd64", "os": "linux",
        "rootfs": {"type": "layers", "diff_ids": layers.iter().map(|layer| id(layer)).collect::<Vec<_>>()},
        "history": layers.iter().map(|_| json!({"created_by": "COPY . /"})).collect::<Vec<_>>(),
    });
    let config = config.map_or_else(|| bytes(&usual), <[u8]>::to_vec);
    let described = |kind: &str, content: &[u8]| {
        let kind = format!("application/vnd.oci.image.{kind}");
        json!({"mediaType": kind, "digest": id(content), "size": content.len()})
    };
    let usual = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": described("config.v1+json", &config),
        "layers": layers.iter().map(|layer| described("layer.v1.tar", layer)).collect::<Vec<_>>(),
    });
    let manifest = manifest.map_or_else(|| bytes(&usual), <[u8]>::to_vec);
    let index = json!({"schemaVersion": 2, "manifests": [described("manifest.v1+json", &manifest)]});
    let mut members = vec![
        ("oci-layout".to_owned(), br#"{"imageLayoutVersion":"1.0.0"}"#.to_vec()),
        ("index.json".to_owned(), bytes(&index)),
        (place(&manifest), manifest),
        (place(&config), config),
    ];
    members.extend(layers.iter().map(|layer| (place(layer), layer.to_vec())));
    tar(members)
}

/// An archive as `docker save` writes it, with these bytes for its list of images.
pub(crate) fn docker_archive(list: &[u8]) -> Vec<u8> {
    let layer = [0; 1024];
    let config =
        json!({"rootfs": {"type": "layers", "diff_ids": [id(&layer)]}, "architecture": "amd64", "os": "linux"});
    tar(vec![
        ("config.json".to_owned(), bytes(&config)),
        ("layer.tar".to_owned(), layer.to_vec()),
        ("manifest.json".to_owned(), list.to_vec()),
    ])
}

fn tar(members: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    for (path, content) in members {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_size(content.len() as u64);
        builder.append_data(&mut header, path, &content[..]).expect("memory takes all");
    }
    builder.into_inner().expect("memory takes all")
}

/// `sha256:…` of the bytes.
pub(crate) fn id(bytes: &[u8]) -> String {
    format!("sha256:{}", hexadecimal(bytes))
}

fn place(bytes: &[u8]) -> String {
    format!("blobs/sha256/{}", hexadecimal(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).expect("JSON is writable")
}

/// Asks for the head of every file first, then for the file.
struct Everything;

impl Sink for Everything {
    fn interest(&self, file: &FileMeta) -> Interest {
        if file.size % 2 == 0 { Interest::Head(8) } else { Interest::Whole { limit: 1 << 20 } }
    }

    fn interest_after_head(&self, _: &FileMeta, head: &[u8]) -> Interest {
        if head.first() == Some(&0) { Interest::Skip } else { Interest::Whole { limit: 1 << 20 } }
    }

    fn content(&self, file: &FileMeta, content: FileBytes) {
        assert!(content.len() <= 1 << 20, "{} is larger than its limit", file.origin.path);
    }

    fn exact_paths(&self) -> Vec<String> {
        ["etc/os-release", "usr/lib/os-release", "var/lib/dpkg/info"].map(str::to_owned).to_vec()
    }
}
