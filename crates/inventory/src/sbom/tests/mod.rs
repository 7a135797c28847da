//! Every form, what others get wrong in them, and the official examples.

use insta::assert_snapshot;
use model::{Origin, ProblemSeverity, TreePath};

use super::{DETECTOR, is_sbom, read_purls, read_sbom};
use crate::hostile::survives;
use crate::listing::{list, run};
use crate::{Detector, Input};

const CYCLONEDX: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.cdx.json");
const CYCLONEDX_XML: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.cdx.xml");
const SPDX: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.spdx.json");
const SPDX_TAG: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.spdx");
const SPDX3: &[u8] = include_bytes!("../../../../../fixtures/sbom/shop.spdx3.json");
const PURLS: &[u8] = include_bytes!("../../../../../fixtures/sbom/list.purls");

fn listed(bytes: &[u8]) -> String {
    list(&run(&DETECTOR, "bom", bytes))
}

#[test]
fn cyclonedx_json() {
    assert_snapshot!(listed(CYCLONEDX), @r#"
    pkg:apk/alpine/libssl3@3.1.4-r5?arch=x86_64&distro=alpine-3.19.1 · lines 13-15 · source openssl 3.1.4-r5 · license Apache-2.0
    pkg:pypi/flask@0.12 · lines 27-30 · license MIT OR Apache-2.0 · sha256:abababa · Direct · Runtime · needs jinja2 @a/inner
    pkg:npm/%40a/inner@1.0.0 · line 34 · Transitive
    pkg:pypi/jinja2@2.10 · line 37 · Transitive
    pkg:rpm/redhat/bash@4.4.20-4.el8?distro=redhat-8.9&epoch=1 · line 38
    pkg:generic/homemade@7 · line 39
    pkg:generic/wrong@1 · line 40
    Os { id: "alpine", version: Some("3.19.1"), codename: None, like: [], name: None }
    Error Shape line 42: a component without a name: it is not read
    Warning Shape line 50: the inventory says of itself that it is not complete
    Error Shape line 40: the package URL `pkg:npm` of `wrong` is wrong, a package URL needs a name: it cannot be matched
    Warning Shape line 1: 1 component has no package URL, so no advisory can be matched: `homemade`
    "#);
}

#[test]
fn cyclonedx_xml() {
    assert_snapshot!(listed(CYCLONEDX_XML), @r"
    pkg:maven/org.example/core@2.1 · lines 9-14 · license MIT AND House · sha256:abababa · Direct · Optional · needs org.example:shaded
    pkg:maven/org.example/shaded@1 · line 16 · Transitive
    pkg:generic/nameless-url@3 · line 19
    Error Shape line 20: a component without a name: it is not read
    Warning Shape line 1: 1 component has no package URL, so no advisory can be matched: `nameless-url`
    ");
}

#[test]
fn spdx_json() {
    assert_snapshot!(listed(SPDX), @r#"
    pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl · lines 10-11 · source openssl 3.0.11-1~deb12u2 · license Apache-2.0 · sha256:abababa
    pkg:pypi/flask@2.2.5 · lines 22-23 · license BSD-3-Clause · Direct · needs jinja2
    pkg:pypi/jinja2@3.1.2 · lines 29-30 · Transitive
    Os { id: "debian", version: Some("12"), codename: None, like: [], name: None }
    "#);
}

#[test]
fn spdx_tag_value() {
    assert_snapshot!(listed(SPDX_TAG), @r"pkg:cargo/serde@1.0.193 · lines 12-14 · license MIT OR Apache-2.0 · sha256:abababa · Direct");
}

#[test]
fn spdx_three() {
    assert_snapshot!(listed(SPDX3), @r"
    pkg:maven/com.google.guava/guava@31.0-jre · lines 10-11 · license Apache-2.0 · sha256:abababa · Direct · needs com.google.guava:failureaccess
    pkg:maven/com.google.guava/failureaccess@1.0.1 · lines 18-19 · Transitive
    ");
}

#[test]
fn statements_and_envelopes() {
    let inner = r#"{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "a", "purl": "pkg:npm/a@1"}]}"#;
    let statement = format!(r#"{{"predicateType": "https://cyclonedx.org/bom", "predicate": {inner}}}"#);
    assert_snapshot!(listed(statement.as_bytes()), @r"pkg:npm/a@1 · line 1");
    let payload = data_encoding::BASE64.encode(statement.as_bytes());
    assert_snapshot!(listed(format!(r#"{{"payloadType": "application/vnd.in-toto+json", "payload": "{payload}"}}"#).as_bytes()), @r"
    pkg:npm/a@1
    Note Unsupported line 1: the signature of the envelope was not checked
    ");
    assert_snapshot!(listed(br#"{"payloadType": "x", "payload": "%"}"#), @r"Error Encoding line 1: the payload of the envelope is no text in base64: nothing of it is read");
}

#[test]
fn purls() {
    let detector = Detector { name: "purl", parse: read_purls, ..DETECTOR };
    assert_snapshot!(list(&run(&detector, "list.purls", PURLS)), @r"
    pkg:pypi/jinja2@2.10 · line 2
    pkg:maven/org.example/core@2.1 · line 4
    Error Syntax line 5: `lodash@4.17.4` is no package URL, a package URL begins with `pkg:`: it is not read
    ");
}

#[test]
fn broken() {
    assert_snapshot!(listed(b""), @r"Error Shape line 1: this is no inventory that is known: it is neither JSON nor XML, and has no `SPDXVersion:` line");
    assert_snapshot!(listed(b"{}"), @r"Error Shape line 1: this is no inventory that is known: CycloneDX, SPDX 2 and 3, and statements of in-toto about them were tried");
    assert_snapshot!(listed(b"<html/>"), @r"Error Shape line 1: the XML has no `bom`: it is no inventory of CycloneDX");
    assert_snapshot!(listed(br#"{"bomFormat": "CycloneDX", "specVersion": "9.9"}"#), @r"
    Warning FormatVersion line 1: CycloneDX 9.9 is not known: it is read as 1.7, and may say more
    Note Shape line 1: the inventory names no components
    ");
    assert_snapshot!(listed(&CYCLONEDX[..CYCLONEDX.len() / 3]), @r#"
    pkg:apk/alpine/libssl3@3.1.4-r5?arch=x86_64&distro=alpine-3.19.1 · lines 13-15 · source openssl 3.1.4-r5 · license Apache-2.0
    Os { id: "alpine", version: Some("3.19.1"), codename: None, like: [], name: None }
    Error Truncated line 19: the JSON ends in the middle: what follows is missing
    "#);
    assert_snapshot!(listed(b"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>open\n"), @r"
    pkg:generic/a · line 2
    Error Truncated line 3: a text is not closed: the file is cut short, and packages may be missing
    Warning Shape line 1: 1 component has no package URL, so no advisory can be matched: `a`
    ");
}

#[test]
fn told_by_name_and_content() {
    for (name, bytes) in [("x.json", CYCLONEDX), ("x", CYCLONEDX_XML), ("y", SPDX), ("z", SPDX_TAG), ("w", SPDX3)] {
        assert!(is_sbom(name, bytes), "{name}");
    }
    assert!(is_sbom("bom.json", b"{}"));
    assert!(!is_sbom("package-lock.json", br#"{"lockfileVersion": 3}"#));
    assert!(!is_sbom("pom.xml", b"<project/>"));
}

#[test]
fn survives_anything() {
    for bytes in [CYCLONEDX, CYCLONEDX_XML, SPDX, SPDX_TAG, SPDX3] {
        survives(&DETECTOR, "bom", bytes);
    }
    survives(&Detector { name: "purl", parse: read_purls, ..DETECTOR }, "list.purls", PURLS);
}

/// Every valid document of the specification is read without an error; what is listed is counted.
#[test]
fn official_examples() {
    let Some(root) = testkit::shared("conformance/cyclonedx/examples") else { return };
    let (mut documents, mut packages, mut faults) = (0, 0, String::new());
    for version in ["1.2", "1.3", "1.4", "1.5", "1.6", "1.7"] {
        let mut files: Vec<_> = std::fs::read_dir(root.join(version)).expect("a folder").flatten().collect();
        files.sort_by_key(std::fs::DirEntry::file_name);
        for file in files {
            let name = file.file_name().to_string_lossy().into_owned();
            if !name.starts_with("valid-") {
                continue;
            }
            let bytes = std::fs::read(file.path()).expect("a readable file");
            let origin = Origin::file(TreePath::new(&name).expect("a path"));
            let parsed = read_sbom(&Input { origin: &origin, bytes: &bytes, companions: &[] });
            documents += 1;
            packages += parsed.packages.len();
            for problem in parsed.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error) {
                faults.push_str(&format!("{version}/{name}: {}\n", problem.message));
            }
        }
    }
    assert_snapshot!(faults, @"");
    assert_snapshot!(format!("{documents} documents, {packages} packages"), @r"218 documents, 198 packages");
}

/// As GitHub's interface gives the inventory of a repository.
#[test]
fn what_github_exports() {
    let bytes =
        br#"{"sbom": {"spdxVersion": "SPDX-2.3", "packages": [{"name": "a", "versionInfo": "1", "externalRefs": [
        {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1"}]}]}}"#;
    assert!(is_sbom("export.json", bytes));
    let origin = Origin::file(TreePath::new("export.json").expect("a path"));
    let parsed = read_sbom(&Input { origin: &origin, bytes, companions: &[] });
    let names: Vec<String> = parsed.packages.iter().map(|package| package.purl().to_string()).collect();
    assert_eq!((names, parsed.problems), (vec!["pkg:npm/a@1".to_owned()], Vec::new()));
}

/// The same image, as a peer wrote it in each form: the same packages.
#[test]
fn one_image_in_three_forms() {
    let Some(root) = testkit::shared("samples/peer-goldens/fixtures/sbom") else { return };
    let names = |file: &str| {
        let bytes = std::fs::read(root.join(file)).expect("a readable file");
        let origin = Origin::file(TreePath::new(file).expect("a path"));
        let parsed = read_sbom(&Input { origin: &origin, bytes: &bytes, companions: &[] });
        let mut names: Vec<String> = parsed
            .packages
            .iter()
            .map(|package| format!("{} {}", package.name, package.version.as_deref().unwrap_or("-")))
            .collect();
        names.sort();
        names
    };
    let cyclonedx = names("centos-7-cyclonedx.json");
    assert_eq!(names("centos-7-spdx.json"), cyclonedx);
    assert_eq!(names("centos-7-spdx.txt"), cyclonedx);
    assert_eq!(names("centos-7-cyclonedx.intoto.jsonl"), cyclonedx);
    assert_snapshot!(cyclonedx.join("\n"), @r"
    bash 4.2.46-31.el7
    openssl-libs 1:1.0.2k-16.el7
    ");
}
