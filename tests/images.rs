//! A real Debian image in every form it comes in: the packages its own dpkg-query lists, whatever the packing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::command::{Folder, NOW, findings, scan_json};

/// The image of the set-up, and what its own `dpkg-query` says is installed (`name version architecture`).
pub(crate) fn debian() -> Option<(PathBuf, BTreeSet<String>)> {
    let images = testkit::workspace().join(".cache/images");
    if !images.join("debian/index.json").exists() {
        testkit::skip("the Debian image", "run `cargo xtask test` as root once, it makes one");
        return None;
    }
    let list = std::fs::read_to_string(images.join("debian-packages.txt")).unwrap();
    let list = list.lines().map(|line| line.split('\t').collect::<Vec<_>>().join(" ")).collect();
    Some((images.join("debian"), list))
}

fn check_image(path: &Path, prefix: &str, expected: &BTreeSet<String>) -> Value {
    let report = scan_json(testkit::workspace(), &["--fail-on", "none", &format!("{prefix}{}", path.display())]);
    let target = &report["targets"][0];
    assert_eq!(
        (target["kind"].as_str(), target["os"]["id"].as_str()),
        (Some("image"), Some("debian")),
        "{:#}",
        target["problems"]
    );
    let installed = |package: &&Value| package["type"] == "deb" && package["state"].is_null();
    let found: BTreeSet<String> =
        target["packages"].as_array().unwrap().iter().filter(installed).map(dpkg_line).collect();
    let (missing, extra) =
        (expected.difference(&found).collect::<Vec<_>>(), found.difference(expected).collect::<Vec<_>>());
    assert!(missing.is_empty() && extra.is_empty(), "missing {missing:?}, more {extra:?}");
    assert_eq!(target["layers"].as_array().unwrap().len(), 2);
    let errors = target["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
    assert_eq!(errors.count(), 0, "{:#}", target["problems"]);
    report
}

pub(crate) fn dpkg_line(package: &Value) -> String {
    let purl = package["purl"].as_str().unwrap();
    let architecture = purl.split_once("arch=").map_or("?", |(_, rest)| rest.split('&').next().unwrap());
    format!("{} {} {architecture}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
}

fn skopeo(from: &Path, to: &str, more: &[&str]) -> bool {
    if Command::new("skopeo").arg("--version").output().is_err() {
        testkit::skip("skopeo", "not installed");
        return false;
    }
    let source = format!("oci:{}:latest", from.display());
    let status =
        Command::new("skopeo").args(["--insecure-policy", "copy", "--quiet"]).args(more).args([&source, to]).status();
    assert!(status.unwrap().success(), "skopeo copy to {to}");
    true
}

#[test]
fn oci_layout() {
    let Some((image, expected)) = debian() else { return };
    let report = check_image(&image, "", &expected);
    let target = &report["targets"][0];
    // The second layer rewrote the database: every package was last written there.
    let packages = target["packages"].as_array().unwrap();
    let (of_system, told): (Vec<_>, Vec<_>) = packages.iter().partition(|package| package["found_by"] == "dpkg");
    let layers: BTreeSet<u64> =
        of_system.iter().filter_map(|package| package["locations"][0]["layer"].as_u64()).collect();
    assert_eq!(layers, BTreeSet::from([1]));
    // What is told by its bytes (bash, perl, libcrypto) belongs to the system's packages, and is counted once with them.
    for package in told {
        assert!(package["owned_by"].is_string(), "{package}");
    }
    let made: Vec<&str> =
        target["layers"].as_array().unwrap().iter().map(|layer| layer["created_by"].as_str().unwrap()).collect();
    assert_eq!(made, ["mmdebstrap bookworm", "dpkg --purge less"]);
    assert!(!expected.iter().any(|line| line.starts_with("less ")));
}

#[test]
fn every_archive_form_gives_the_same_packages() {
    let Some((image, expected)) = debian() else { return };
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    if !skopeo(&image, &format!("docker-archive:{}:app:1", at("docker.tar").display()), &[]) {
        return;
    }
    check_image(&at("docker.tar"), "", &expected);
    check_image(&at("docker.tar"), "docker-archive:", &expected);
    skopeo(&image, &format!("oci-archive:{}:app", at("oci.tar").display()), &[]);
    check_image(&at("oci.tar"), "", &expected);
    let zstd = ["--dest-compress-format", "zstd", "--dest-compress-level", "3"];
    skopeo(&image, &format!("oci:{}:latest", at("zstd").display()), &zstd);
    check_image(&at("zstd"), "oci:", &expected);
    let gzipped = Command::new("gzip").arg("-1").arg(at("docker.tar")).status().unwrap();
    assert!(gzipped.success());
    check_image(&at("docker.tar.gz"), "", &expected);
}

/// What is too long for memory lies in a file that has no name: nothing is left of it, and the answer is the same.
#[test]
fn from_standard_input() {
    let Some((image, expected)) = debian() else { return };
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    if !skopeo(&image, &format!("docker-archive:{}:example.org/app:1", at("image.tar").display()), &[]) {
        return;
    }
    assert!(at("image.tar").metadata().unwrap().len() > 64 << 20, "it would stay in memory");
    assert!(Command::new("gzip").args(["-1", "--keep"]).arg(at("image.tar")).status().unwrap().success());
    std::fs::create_dir(at("tmp")).unwrap();
    let scan = |name: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
        command.args(["scan", "-", "--no-cache", "--fail-on", "none", "-f", "json", "--now", NOW]).args(more);
        command.env_clear().env("TMPDIR", at("tmp")).stdin(std::fs::File::open(at(name)).unwrap());
        let output = command.output().unwrap();
        assert_eq!(std::fs::read_dir(at("tmp")).unwrap().count(), 0);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, of_plain, stderr) = scan("image.tar", &[]);
    assert_eq!(code, Some(0), "{stderr}");
    let report: Value = serde_json::from_str(&of_plain).unwrap();
    let packages = report["targets"][0]["packages"].as_array().unwrap().iter();
    let found: BTreeSet<String> =
        packages.filter(|package| package["type"] == "deb" && package["state"].is_null()).map(dpkg_line).collect();
    assert_eq!(found, expected);
    assert!(scan("image.tar.gz", &[]) == (code, of_plain, stderr), "compressed as a whole it is another");
    let (code, report, stderr) = scan("image.tar", &["--limit", "spool_bytes=70000000"]);
    assert_eq!(code, Some(4), "{stderr}");
    assert!(report.contains("limit `spool_bytes` is 70000000; `--limit spool_bytes=N` raises it"), "{report}");
}

#[test]
fn an_unpacked_root_is_the_same_too() {
    let Some((image, expected)) = debian() else { return };
    let folder = Folder::new();
    let bundle = folder.path().join("bundle");
    let unpacked =
        Command::new("umoci").args(["unpack", "--image", &format!("{}:latest", image.display())]).arg(&bundle).output();
    match unpacked {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("umoci unpack: {}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => return testkit::skip("umoci", "not installed"),
    }
    let root = format!("rootfs:{}", bundle.join("rootfs").display());
    let report = scan_json(testkit::workspace(), &["--fail-on", "none", &root]);
    let target = &report["targets"][0];
    assert_eq!((target["kind"].as_str(), target["os"]["id"].as_str()), (Some("rootfs"), Some("debian")));
    let debs = target["packages"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|package| package["type"] == "deb" && package["state"].is_null());
    assert_eq!(debs.map(dpkg_line).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn matching_data_gives_findings_with_their_layer() {
    let Some((image, _)) = debian() else { return };
    let folder = Folder::new();
    folder.write(
        "advisories/a.json",
        r#"{"id":"DSA-0000-1","modified":"2026-08-01T00:00:00Z","upstream":["CVE-2026-0001"],
            "affected":[{"package":{"ecosystem":"Debian:12","name":"zlib"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"9:9"}]}]}]}"#,
    );
    let built = crate::command::portcullis_in(
        folder.path(),
        &["db", "build", "--from", "advisories", "-o", "own.snapshot"],
        b"",
    );
    assert_eq!(built.code, 0, "{}", built.stderr);
    let report = scan_json(folder.path(), &["--db", "own.snapshot", &image.display().to_string(), "--fail-on", "any"]);
    assert_eq!(report["verdict"]["exit_code"], 1, "{:#}", report["verdict"]);
    let found = findings(&report);
    assert!(found.iter().any(|finding| finding.starts_with("vulnerability ")), "{found:?}");
    let all = report["targets"][0]["findings"].as_array().unwrap();
    let finding = all.iter().find(|finding| finding["class"] == "vulnerability").unwrap();
    assert_eq!(finding["locations"][0]["layer"], 1);
    assert_eq!(finding["fixed_in"][0], "9:9");
    assert!(finding["package"].as_str().unwrap().starts_with("pkg:deb/debian/zlib1g@"), "{finding:#}");
    // Everything else of the image was compared with this source, and none was left out.
    assert_eq!(report["targets"][0]["coverage"]["packages"]["no_advisory_source"], 0);
}
