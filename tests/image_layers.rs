//! Whose what is in an image: the base image, what later layers hide, and what the bytes are spent on, through the program.

use serde_json::{Value, json};
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use crate::command::{Folder, portcullis_in, scan_json};

const OS: &str = "ID=debian\nVERSION_ID=12\n";

fn package(name: &str) -> String {
    format!("Package: {name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.0\n\n")
}

fn status(names: &[&str]) -> String {
    names.iter().map(|name| package(name)).collect()
}

fn base() -> Layer {
    Layer::files(&[("etc/os-release", OS), ("var/lib/dpkg/status", &status(&["alpha", "gone"]))])
        .created_by("ADD rootfs.tar / ")
}

/// Its second layer writes the list of packages anew, as every installation does.
fn image() -> Image {
    let own =
        Layer::files(&[("var/lib/dpkg/status", &status(&["alpha", "beta"]))]).created_by("RUN apt-get install beta");
    Image::new([base(), own]).run(json!({"User": "1000"}))
}

/// Advisories about all three packages.
fn advisories(folder: &Folder) {
    for name in ["alpha", "beta", "gone"] {
        let record = json!({
            "id": format!("DSA-{name}"), "modified": "2026-08-01T00:00:00Z", "database_specific": {"severity": "HIGH"},
            "affected": [{"package": {"ecosystem": "Debian:12", "name": name},
                "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}],
        });
        folder.write(&format!("records/{name}.json"), record.to_string());
    }
    let run = portcullis_in(folder.path(), &["db", "build", "--from", "records", "-o", "own.snapshot"], b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// `name` with what is said of its layers, for packages or findings.
fn told(list: &Value, name: impl Fn(&Value) -> String) -> Vec<String> {
    let word = |value: &Value, what: &str| if value.is_null() { String::new() } else { format!(" {what} {value}") };
    let items = list.as_array().unwrap().iter();
    items
        .map(|item| format!("{}{}{}", name(item), word(&item["base"], "base"), word(&item["hidden_by"], "hidden by")))
        .collect()
}

fn packages(target: &Value) -> Vec<String> {
    told(&target["packages"], |package| package["name"].as_str().unwrap().to_owned())
}

fn findings(target: &Value) -> Vec<String> {
    told(&target["findings"], |finding| format!("{} {}", finding["rule"].as_str().unwrap(), finding["gate"]))
}

#[test]
fn what_the_base_image_brought_is_told_apart() {
    let folder = Folder::new();
    advisories(&folder);
    folder.write("image.tar", image().oci_archive());
    folder.write("base.tar", Image::new([base()]).docker_archive());
    let arguments =
        ["image.tar", "--base", "base.tar", "--db", "own.snapshot", "--fail-on", "any", "--scanners", "vuln"];
    let report = scan_json(folder.path(), &arguments);
    let target = &report["targets"][0];
    assert_eq!(target["problems"], json!([]), "{:#}", target["problems"]);
    let of_base: Vec<&Value> = target["layers"].as_array().unwrap().iter().map(|layer| &layer["base"]).collect();
    assert_eq!(of_base, [&json!(true), &json!(false)]);
    // The list was written anew by the second layer; what the first had listed is of the base all the same.
    assert_eq!(packages(target), ["alpha base true", "beta base false"]);
    assert_eq!(findings(target), ["DSA-alpha true base true", "DSA-beta true base false"]);
    let text = portcullis_in(folder.path(), &[&["scan", "--now", "2026-08-25"], &arguments[..]].concat(), b"").stdout;
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} is not in {text}"));
    assert!(at("yours: 1 finding") < at("DSA-beta") && at("DSA-beta") < at("base image: 1 finding"), "{text}");
    assert!(at("base image: 1 finding") < at("DSA-alpha"), "{text}");
}

/// Which image of an archive is scanned says nothing of the archive that the base is in.
#[test]
fn a_chosen_image_leaves_the_base_alone() {
    let folder = Folder::new();
    let own = testkit::layer::Layer::files(&[("app", "x")]);
    folder.write("image.tar", Image::new([base(), own]).named("app:1").docker_archive());
    folder.write("base.tar", Image::new([base()]).docker_archive());
    let report =
        scan_json(folder.path(), &["image.tar", "--base", "base.tar", "--fail-on", "none", "--image", "app:1"]);
    assert_eq!(report["targets"][0]["layers"][0]["base"], true, "{:#}", report["targets"][0]["problems"]);
}

#[test]
fn a_base_that_is_none_is_said() {
    let folder = Folder::new();
    folder.write("image.tar", image().oci_archive());
    folder.write("other.tar", Image::new([Layer::files(&[("x", "x")])]).oci_archive());
    folder.write("text", "x");
    let report = scan_json(folder.path(), &["image.tar", "--base", "other.tar", "--fail-on", "none"]);
    let target = &report["targets"][0];
    assert!(target["layers"][0]["base"].is_null());
    let said = target["problems"].to_string();
    assert!(said.contains("the image is not built on other.tar: layer 0 is another than its"), "{said}");
    let run = portcullis_in(folder.path(), &["scan", "image.tar", "--base", "text"], b"");
    assert_eq!((run.code, run.stderr.contains("is not an image")), (2, true), "{}", run.stderr);
}

/// A waiver by fingerprint outlives the workspace it was written in, and the build of an image that has a name.
#[test]
fn where_an_image_lies_changes_no_fingerprint() {
    let folder = Folder::new();
    advisories(&folder);
    for place in ["job-1/image.tar", "job-2/image.tar", "job-2/other.tar"] {
        folder.write(place, image().oci_archive());
    }
    folder.write("first/saved.tar", image().named("example/app:1").docker_archive());
    folder.write("second.tar", image().named("example/app:2").oci_archive());
    let fingerprints = |place: &str| -> Vec<Value> {
        let report = scan_json(folder.path(), &[place, "--db", "own.snapshot", "--fail-on", "none"]);
        let findings = report["targets"][0]["findings"].as_array().unwrap();
        assert!(findings.len() >= 2, "{findings:?}");
        findings.iter().map(|finding| finding["fingerprint"].clone()).collect()
    };
    assert_eq!(fingerprints("job-1/image.tar"), fingerprints("job-2/image.tar"));
    assert_ne!(fingerprints("job-2/image.tar"), fingerprints("job-2/other.tar"));
    assert_eq!(fingerprints("first/saved.tar"), fingerprints("second.tar"));
    assert_ne!(fingerprints("first/saved.tar"), fingerprints("job-1/image.tar"));
}

#[test]
fn what_later_layers_hide_is_listed_and_fails_nothing() {
    let folder = Folder::new();
    advisories(&folder);
    folder.write("image.tar", image().oci_archive());
    let scan = |more: &[&str]| {
        let arguments = ["image.tar", "--db", "own.snapshot", "--fail-on", "any", "--scanners", "vuln"];
        scan_json(folder.path(), &[&arguments, more].concat())
    };
    assert_eq!(packages(&scan(&[])["targets"][0]), ["alpha", "beta"]);
    let report = scan(&["--all-layers"]);
    let target = &report["targets"][0];
    assert_eq!(packages(target), ["alpha", "beta", "gone hidden by 1"]);
    assert_eq!(target["packages"][2]["state"], "removed-later");
    assert_eq!(findings(target), ["DSA-alpha true", "DSA-gone false hidden by 1", "DSA-beta true"]);
    let message = target["findings"][1]["message"].as_str().unwrap();
    assert!(message.ends_with("Layer 1 overwrites or deletes it."), "{message}");
    let reasons = report["verdict"]["reasons"].to_string();
    assert!(reasons.contains("1 finding about what later layers overwrite or delete, not counted"), "{reasons}");
    // What is there has the same fingerprints either way.
    let plain = scan(&[]);
    let prints = |report: &Value| -> Vec<Value> {
        let findings = report["targets"][0]["findings"].as_array().unwrap().clone();
        findings
            .iter()
            .filter(|finding| finding["hidden_by"].is_null())
            .map(|finding| finding["fingerprint"].clone())
            .collect()
    };
    assert_eq!(prints(&plain), prints(&report));
}

#[test]
fn caches_and_second_copies_fail_the_gate() {
    let folder = Folder::new();
    let copy = "z".repeat(700);
    let layers = [
        Layer::files(&[("var/cache/apt/archives/a.deb", &"d".repeat(900)), ("opt/a", &copy)]),
        Layer::files(&[("opt/b", &copy), ("srv/c", "c")]),
    ];
    folder.write("image.tar", Image::new(layers).run(json!({"User": "1000"})).oci_archive());
    let report =
        scan_json(folder.path(), &["image.tar", "--fail-on", "cache>800,duplicate-content>1KB,reclaimable>1500"]);
    assert_eq!(report["verdict"]["exit_code"], 1, "{:#}", report["verdict"]);
    let reasons = report["verdict"]["reasons"].to_string();
    assert!(reasons.contains("image.tar for cache>800: 900 of 2301 bytes have the cause cache"), "{reasons}");
    assert!(reasons.contains("image.tar for reclaimable>1500: 1600 of 2301 bytes could be reclaimed"), "{reasons}");
    assert!(!reasons.contains("duplicate-content"), "{reasons}");
    let efficiency = &report["targets"][0]["efficiency"];
    let causes = json!([
        {"layer": 0, "cause": "cache", "files": 1, "bytes": 900},
        {"layer": 1, "cause": "duplicate-content", "files": 1, "bytes": 700},
    ]);
    assert_eq!((&efficiency["causes"], &efficiency["hidden_bytes"]), (&causes, &json!(0)));
    assert_eq!(efficiency["waste"][1]["same_as"], "/opt/a");
    // The rule and the cause look into the same folders.
    assert!(report["targets"][0]["findings"].to_string().contains("image/package-cache"));
}

#[test]
fn wasted_bytes_fail_the_gate() {
    let folder = Folder::with("--- plain.txt\nx\n--- portcullis.toml\nfail-on = \"efficiency<0.9\"\n");
    let big = "x".repeat(3000);
    let layers =
        [Layer::files(&[("a", &big)]), Layer::of(&[Entry::file("a", "y".repeat(3000)), Entry::file("b", "x")])];
    folder.write("image.tar", Image::new(layers).run(json!({"User": "1000"})).oci_archive());
    let reasons = |arguments: &[&str], code: i32| -> String {
        let report = scan_json(folder.path(), &[&["image.tar"], arguments].concat());
        assert_eq!(report["verdict"]["exit_code"], code, "{arguments:?}: {:#}", report["verdict"]);
        report["verdict"]["reasons"].to_string()
    };
    let exact = "3000 of 6001 bytes could be reclaimed";
    assert!(reasons(&[], 1).contains(&format!("image.tar for efficiency<0.9: its efficiency is 0.5001, {exact}")));
    assert!(reasons(&["--fail-on", "high,reclaimable>2KB"], 1).contains(exact));
    assert!(reasons(&["--fail-on", "wasted>5KB,wasted-ratio>0.5"], 1).contains("dive counts 6000 wasted bytes"));
    assert!(reasons(&["--fail-on", "efficiency<0.5"], 0).contains("nothing was asked of findings"));
    let tree = scan_json(folder.path(), &["plain.txt", "--allow-empty"]);
    assert!(
        tree["verdict"]["reasons"].to_string().contains("efficiency<0.9 is not known of plain.txt: it is no image")
    );
}
