//! Inventories made by others, as a user gives them: by prefix, by name, on standard input; and our own, read again.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::command::{Folder, NOW, portcullis_in};

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

fn report(arguments: &[&str], input: &[u8]) -> (i32, Value) {
    let folder = Folder::new();
    let arguments = [arguments, &["-f", "json", "--now", NOW, "--fail-on", "any"]].concat();
    let run = portcullis_in(folder.path(), &arguments, input);
    let report = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("no report: {}", run.stderr));
    (run.code, report)
}

/// Rules of advisories, with the package each is about.
fn advisories(report: &Value) -> BTreeSet<String> {
    let targets = report["targets"].as_array().unwrap().iter();
    let findings = targets.flat_map(|target| target["findings"].as_array().unwrap());
    findings
        .filter_map(|finding| Some(format!("{} {}", finding["rule"].as_str()?, finding["package"].as_str()?)))
        .collect()
}

#[test]
fn by_prefix_by_name_and_on_standard_input() {
    let path = fixture("sbom/shop.cdx.json");
    let shown = path.display().to_string();
    let bytes = std::fs::read(&path).unwrap();
    for (arguments, input) in [
        (["scan", &format!("sbom:{shown}")], &b""[..]),
        (["scan", &shown], b""),
        (["sbom", &shown], b""),
        (["sbom", "-"], &bytes),
    ] {
        let (code, report) = report(&arguments, input);
        let target = &report["targets"][0];
        assert_eq!(target["kind"], "sbom", "{arguments:?}");
        assert_eq!(target["os"]["id"], "alpine", "{arguments:?}");
        assert_eq!(target["packages"].as_array().unwrap().len(), 7, "{arguments:?}");
        // Two components could not be read in full, and the vulnerable package fails the gate before that counts.
        assert_eq!(code, 1, "{arguments:?}");
        let finding = target["findings"].as_array().unwrap().iter().find(|finding| !finding["via"].is_null()).unwrap();
        assert_eq!(finding["package"], "pkg:pypi/jinja2@2.10");
        assert_eq!(finding["via"], serde_json::json!(["pkg:pypi/flask@0.12", "pkg:pypi/jinja2@2.10"]));
        assert_eq!(finding["locations"][0]["line"], 37);
    }
}

#[test]
fn what_is_no_inventory_is_said() {
    let folder = Folder::with("--- notes.txt\nnothing\n");
    let run = portcullis_in(folder.path(), &["sbom", "notes.txt"], b"");
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("is not an inventory of CycloneDX or SPDX"), "{}", run.stderr);
    let run = portcullis_in(folder.path(), &["scan", "sbom:notes.txt", "--now", NOW], b"");
    assert_eq!(run.code, 4);
    assert!(run.stdout.contains("this is no inventory that is known"), "{}", run.stdout);
    let run = portcullis_in(folder.path(), &["scan", "sbom:absent.json"], b"");
    assert_eq!(run.code, 2);
}

#[test]
fn a_wrong_line_of_a_list_costs_no_other() {
    let list = fixture("sbom/list.purls").display().to_string();
    let (code, report) = report(&["scan", &format!("purls:{list}")], b"");
    let target = &report["targets"][0];
    assert_eq!((code, target["kind"].as_str()), (1, Some("purl")));
    assert_eq!(target["packages"].as_array().unwrap().len(), 2);
    assert_eq!(target["problems"][0]["line"], 5);
}

/// What we wrote of a tree, read again, holds the same packages and the same advisories.
#[test]
fn our_own_are_read_again() {
    let tree = fixture("demo").display().to_string();
    let (_, first) = report(&["scan", &tree, "--scanners", "vulnerability"], b"");
    let expected = advisories(&first);
    assert!(expected.len() > 10, "{expected:?}");
    for format in ["cyclonedx", "spdx"] {
        let folder = Folder::new();
        let arguments = ["scan", &tree, "--scanners", "vulnerability", "-f", format, "--now", NOW];
        let written = portcullis_in(folder.path(), &arguments, b"").stdout;
        let (_, again) = report(&["sbom", "-"], written.as_bytes());
        assert_eq!(advisories(&again), expected, "{format}");
    }
}

/// In an image an inventory is a claim: what is there confirms or contradicts it.
#[test]
fn inside_an_image_claims_are_held_against_what_is_there() {
    let folder = Folder::with(
        r#"--- root/etc/os-release
ID=debian
VERSION_ID="12"
--- root/var/lib/dpkg/status
Package: zlib1g
Status: install ok installed
Version: 1.2.13
Architecture: amd64

--- root/app/bom.cdx.json
{"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
 {"type": "operating-system", "name": "alpine", "version": "3.19"},
 {"type": "library", "name": "zlib1g", "version": "1.3", "purl": "pkg:deb/debian/zlib1g@1.3"},
 {"type": "library", "name": "jinja2", "version": "2.10", "purl": "pkg:pypi/jinja2@2.10"}]}
"#,
    );
    let run = portcullis_in(folder.path(), &["scan", "rootfs:root", "-f", "json", "--now", NOW], b"");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let target = &report["targets"][0];
    assert_eq!(target["os"]["id"], "debian");
    let packages = target["packages"].as_array().unwrap().iter();
    let shown: Vec<String> = packages.map(|package| format!("{} {}", package["name"], package["state"])).collect();
    assert_eq!(shown, [r#""zlib1g" null"#, r#""jinja2" "inferred""#]);
    let problems = target["problems"].to_string();
    assert!(problems.contains("claims zlib1g 1.3, but zlib1g 1.2.13 is what was found"), "{problems}");
    assert!(problems.contains("1 package is claimed by this inventory alone: jinja2 2.10"), "{problems}");
}
