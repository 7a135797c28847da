//! What a peer recorded with its tiny advisory sets: the same findings here, or the difference explained.
//!
//! Small repositories are scanned again, and the findings are the same. Of images there is only the list of findings: each
//! package in it is asked for by its package URL, and the ids are the same. The peer is a second opinion, not a specification.

mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use portcullis::advisory::{BuildOptions, Snapshot, build, write};
use portcullis::model::{Finding, Package, Purl};
use portcullis::{Advisories, Cancel, Config, MoreEvidence, Scanner, ScannerKind, Scanners, Source};
use serde_json::Value;

use crate::command::Folder;

/// Findings: id, package, version.
type Found = BTreeSet<(String, String, String)>;

/// Recorded results that list a vulnerability.
const RESULTS: usize = 63;

/// Binary packages of which the recorded results do not say the source, which advisories speak of.
const SOURCES: [(&str, &str); 12] = [
    ("libcrypto1.1", "openssl"),
    ("libssl1.1", "openssl"),
    ("musl-utils", "musl"),
    ("libidn2-0", "libidn2"),
    ("e2fslibs", "e2fsprogs"),
    ("libcomerr2", "e2fsprogs"),
    ("libcom-err2", "e2fsprogs"),
    ("libext2fs2", "e2fsprogs"),
    ("libss2", "e2fsprogs"),
    ("curl-libs", "curl"),
    ("libcrypto3", "openssl"),
    ("libssl3", "openssl"),
];

/// Red Hat's products.
const OF_RED_HAT: &str = "the peer asks Red Hat of CentOS and names its products by numbers; OSV names them by CPE, and has nothing of CentOS";

/// Results that differ, and why. In each something is missing here, and in none is something more.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "alpine-distroless.json.golden",
        "the peer asks the rolling branch of a release it does not know; here data without the release 3.16 has no source for it, and that is said",
    ),
    ("amazon-1.json.golden", "OSV has no ecosystem for Amazon Linux"),
    ("amazon-2.json.golden", "OSV has no ecosystem for Amazon Linux"),
    ("amazonlinux2-gp2-x86-vm.json.golden", "OSV has no ecosystem for Amazon Linux"),
    ("centos-6.json.golden", OF_RED_HAT),
    ("centos-7-ignore-unfixed.json.golden", OF_RED_HAT),
    ("centos-7-medium.json.golden", OF_RED_HAT),
    ("centos-7.json.golden", OF_RED_HAT),
    ("cocoapods.json.golden", "OSV has no ecosystem for CocoaPods"),
    (
        "composer.vendor.json.golden",
        "the file lies where Composer writes none: only vendor/composer/installed.json says what is installed",
    ),
    (
        "minikube-kbom.json.golden",
        "a package URL of the type k8s, which no OSV ecosystem is about; Kubernetes' own components are Go modules",
    ),
    ("oraclelinux-8.json.golden", "OSV has no ecosystem for Oracle Linux"),
    (
        "photon-30.json.golden",
        "the peer's set names sources of Photon OS; OSV names its packages, and curl-libs is none of the set",
    ),
    (
        "pubspec.lock.json.golden",
        "the lockfile names a mirror of pub.dev, and packages of other registries are not compared but counted",
    ),
    ("ubi-7-comprehensive.json.golden", OF_RED_HAT),
    ("ubi-7.json.golden", OF_RED_HAT),
];

/// Results that the peer filtered: it has no more than we find.
const FILTERED: [&str; 8] = [
    "alpine-39-high-critical.json.golden",
    "alpine-39-ignore-cveids.json.golden",
    "centos-7-ignore-unfixed.json.golden",
    "centos-7-medium.json.golden",
    "debian-buster-ignore-unfixed.json.golden",
    "gomod-skip.json.golden",
    "gomod-vex.json.golden",
    "ubuntu-1804-ignore-unfixed.json.golden",
];

#[test]
fn recorded_results_are_the_same_or_explained() {
    let Some(goldens) = testkit::shared("samples/peer-goldens") else { return };
    let folder = Folder::new();
    let snapshot = folder.path().join("peer.snapshot");
    build_from(&goldens.join("fixtures/db"), &folder, &snapshot);
    let opened = Snapshot::open(&snapshot).unwrap();
    let mut differing = BTreeMap::new();
    let mut judged = 0;
    let mut paths: Vec<_> = std::fs::read_dir(&goldens).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.to_string_lossy().ends_with(".json.golden")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let golden: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let listed = vulnerabilities(&golden);
        if listed.is_empty() {
            continue;
        }
        judged += 1;
        let repository = golden["ArtifactName"].as_str().and_then(|name| name.strip_prefix("testdata/fixtures/repo/"));
        let repository = repository.map(|name| goldens.join("fixtures/repo").join(name)).filter(|path| path.is_dir());
        let found = match &repository {
            Some(repository) => scanned(repository, &snapshot),
            None => asked(&golden, &opened),
        };
        let missing: Vec<_> = listed.difference(&found).collect();
        let more: Vec<_> = found.difference(&listed).filter(|_| !FILTERED.contains(&name.as_str())).collect();
        if !(missing.is_empty() && more.is_empty()) {
            differing.insert(name, format!("missing {missing:?}, more {more:?}"));
        }
    }
    assert_eq!(judged, RESULTS);
    let explained: BTreeSet<&str> = DIFFERENCES.iter().map(|(name, _)| *name).collect();
    let unexplained: Vec<_> = differing.iter().filter(|(name, _)| !explained.contains(name.as_str())).collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    let over: Vec<&&str> = explained.iter().filter(|name| !differing.contains_key(**name)).collect();
    assert!(over.is_empty(), "explained, and no longer there: {over:?}");
    eprintln!(
        "{} of {judged} recorded results are the same, {} differ and are explained",
        judged - differing.len(),
        differing.len()
    );
}

fn build_from(sets: &Path, folder: &Folder, snapshot: &Path) {
    let mut lines = String::new();
    let mut paths: Vec<_> = std::fs::read_dir(sets).unwrap().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        // Texts of vulnerabilities, names of sources, products of Red Hat: no advisories.
        if ["vulnerability.yaml", "data-source.yaml", "cpe.yaml"].contains(&name.as_str()) {
            continue;
        }
        for record in records::of(&name, &std::fs::read(&path).unwrap()) {
            lines += &format!("{record}\n");
        }
    }
    let path = folder.write("peer.jsonl", lines);
    let (built, problems) = build(&[path], &BuildOptions::default()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    write(&built.bytes, snapshot).unwrap();
}

fn vulnerabilities(golden: &Value) -> Found {
    results(golden)
        .map(|found| {
            let text = |key: &str| found[key].as_str().expect("a text").to_owned();
            (text("VulnerabilityID"), text("PkgName"), text("InstalledVersion"))
        })
        .collect()
}

fn results(golden: &Value) -> impl Iterator<Item = &Value> {
    let results = golden["Results"].as_array().into_iter().flatten();
    results.flat_map(|result| result["Vulnerabilities"].as_array().into_iter().flatten())
}

/// What a scan of a repository finds.
fn scanned(repository: &Path, snapshot: &Path) -> Found {
    let mut config = Config::new("2026-08-05T00:00:00Z".parse().unwrap());
    config.advisories = vec![Advisories::File(snapshot.to_owned())];
    config.scanners = Scanners::new([ScannerKind::Vulnerability]).unwrap();
    config.evidence = MoreEvidence { installed_in_trees: true, ..MoreEvidence::default() };
    let scanner = Scanner::new(config).unwrap();
    let report = scanner.scan(&[Source::detect(repository)], &Cancel::new()).unwrap();
    let targets = report.targets.iter();
    targets.flat_map(|target| target.findings.iter().map(|finding| of_finding(finding, &target.packages))).collect()
}

fn of_finding(finding: &Finding, packages: &[Package]) -> (String, String, String) {
    let purl = finding.package.as_ref().expect("a package");
    let package = packages.iter().find(|package| package.purl() == purl).expect("it is listed");
    (finding.rule.to_string(), package.name.clone(), package.version.clone().unwrap_or_default())
}

/// What is said of the packages of a list.
fn asked(golden: &Value, snapshot: &Snapshot) -> Found {
    let mut found = Found::new();
    for result in results(golden) {
        let (name, version) = (result["PkgName"].as_str().unwrap(), result["InstalledVersion"].as_str().unwrap());
        let mut purl: Purl = result["PkgIdentifier"]["PURL"].as_str().unwrap().parse().unwrap();
        let of_release = purl.qualifier("distro").filter(|distro| distro.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(release) = of_release {
            let full = format!("alpine-{release}");
            purl = purl.clone().with_qualifier("distro", &full).unwrap();
        }
        if let Some((_, source)) = SOURCES.iter().find(|(binary, _)| *binary == name) {
            purl = purl.with_qualifier("upstream", source).unwrap();
        }
        let answer = snapshot.match_package(&Package::of_purl(purl, "peer")).unwrap();
        for finding in answer.findings {
            found.insert((finding.rule.to_string(), name.to_owned(), version.to_owned()));
        }
    }
    found
}
