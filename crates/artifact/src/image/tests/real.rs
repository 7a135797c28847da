//! A real Debian image of two layers, as umoci makes it and in every form skopeo copies it to.

use std::path::{Path, PathBuf};

use model::TargetKind;
use testkit::program;
use testkit::scratch::Scratch;

use crate::recorder::Recorder;
use crate::{Artifact, Options, Source, detect, open};

const STATUS: &str = "var/lib/dpkg/status";

fn recorder() -> Recorder {
    let paths = vec![STATUS, "etc/os-release", "usr/lib/os-release", "lib/apk/db/installed"];
    Recorder {
        exactly: paths.clone(),
        exact: paths,
        endings: vec![".list"],
        limit: 64 << 20,
        magic: Some(b"\x7fELF"),
        ..Recorder::default()
    }
}

/// Walks it, and compares the packages of the database that counts with what dpkg-query said of the unpacked root.
fn check(artifact: &Artifact) {
    assert_eq!(artifact.kind(), TargetKind::Image);
    assert_eq!(artifact.layers().len(), 2);
    assert!(artifact.layers().iter().all(|layer| layer.diff_id.is_some()));
    let recorder = Recorder { magic: None, ..recorder() };
    let walk = artifact.walk(&recorder, &model::Cancel::new());
    assert_eq!(walk.problems, []);
    let received = recorder.received.lock().expect("one thread");
    let visible: Vec<_> = received.iter().filter(|(origin, _)| walk.view.is_visible(origin)).collect();
    let status: Vec<_> = visible.iter().filter(|(origin, _)| origin.path.as_bytes() == STATUS.as_bytes()).collect();
    assert_eq!(status.len(), 1, "two layers wrote it, one counts");
    assert_eq!(status[0].0.layer.map(|layer| layer.0), Some(1));
    assert_eq!(installed(&String::from_utf8_lossy(&status[0].1)), expected());
    // The purged package's list is hidden by a whiteout.
    let less = |(origin, _): &&(model::Origin, Vec<u8>)| origin.path.as_bytes() == b"var/lib/dpkg/info/less.list";
    assert!(received.iter().any(|file| less(&file)));
    assert!(!visible.iter().any(less));
    let releases: Vec<String> =
        visible.iter().map(|(origin, _)| origin.path.to_string()).filter(|path| path.ends_with("os-release")).collect();
    assert_eq!(releases, ["/usr/lib/os-release"], "the link beside it adds nothing");
}

/// Name, version and architecture of what a database says is installed.
fn installed(status: &str) -> Vec<String> {
    let field = |paragraph: &str, name: &str| {
        let line = paragraph.lines().find(|line| line.split(':').next() == Some(name));
        line.and_then(|line| line.split_once(": ")).map(|(_, value)| value.to_owned()).unwrap_or_default()
    };
    let paragraphs = status.split("\n\n").filter(|paragraph| field(paragraph, "Status").ends_with(" installed"));
    let mut lines: Vec<String> = paragraphs
        .map(|paragraph| ["Package", "Version", "Architecture"].map(|name| field(paragraph, name)).join("\t"))
        .collect();
    lines.sort();
    lines
}

fn expected() -> Vec<String> {
    let path = testkit::components::image("debian-packages.txt").expect("made with the image");
    let mut lines: Vec<String> = std::fs::read_to_string(path).expect("a text").lines().map(str::to_owned).collect();
    lines.sort();
    assert!(lines.len() > 50, "a Debian root has more packages");
    lines
}

/// A copy of the image by skopeo, as it would come from elsewhere.
fn copied(layout: &Path, scratch: &Scratch, to: &str, more: &[&str]) -> Option<PathBuf> {
    let skopeo = program::find("skopeo", "the Debian image as skopeo copies it")?;
    let path = scratch.join("copy");
    let from = format!("oci:{}:latest", layout.display());
    let to = to.replace("PATH", &path.display().to_string());
    let arguments: Vec<&str> = ["--insecure-policy", "copy", "--quiet"]
        .into_iter()
        .chain(more.iter().copied())
        .chain([from.as_str(), to.as_str()])
        .collect();
    program::run(&skopeo, &arguments);
    Some(path)
}

fn check_copy(to: &str, more: &[&str], expected: fn(PathBuf) -> Source) {
    let Some(layout) = testkit::components::image("debian") else { return };
    let scratch = Scratch::new();
    let Some(path) = copied(&layout, &scratch, to, more) else { return };
    let source = detect(&path).expect("it was just made");
    assert_eq!(source, expected(path));
    check(&open(&source, &Options::default()).expect("an image"));
}

#[test]
fn as_umoci_makes_it() {
    let Some(layout) = testkit::components::image("debian") else { return };
    let artifact = open(&detect(&layout).expect("it is there"), &Options::default()).expect("an image");
    assert_eq!(artifact.platform(), Some("linux/amd64"));
    let instructions: Vec<_> =
        artifact.layers().iter().map(|layer| layer.created_by.as_deref().unwrap_or_default()).collect();
    assert_eq!(instructions, ["mmdebstrap bookworm", "dpkg --purge less"]);
    assert_eq!(artifact.config().map(|config| config.config.user.as_str()), Some("nobody"));
    check(&artifact);
}

#[test]
fn as_a_docker_archive() {
    check_copy("docker-archive:PATH:example.org/debian:1", &[], Source::DockerArchive);
}

#[test]
fn as_an_oci_archive() {
    check_copy("oci-archive:PATH:latest", &[], Source::OciArchive);
}

#[test]
fn with_zstd_layers() {
    check_copy("oci:PATH:latest", &["--dest-compress", "--dest-compress-format", "zstd"], Source::OciLayout);
}

#[test]
fn uncompressed() {
    check_copy("oci:PATH:latest", &["--dest-decompress"], Source::OciLayout);
}

#[test]
fn executables_with_several_names_need_no_second_pass() {
    let Some(layout) = testkit::components::image("debian") else { return };
    let artifact = open(&detect(&layout).expect("it is there"), &Options::default()).expect("an image");
    let recorder = Recorder { magic: Some(b"#!/usr/bin/perl"), ..recorder() };
    let walk = artifact.walk(&recorder, &model::Cancel::new());
    assert_eq!(walk.problems, []);
    assert!(walk.files_seen > 5000, "{}", walk.files_seen);
}
