//! Images of real builders: buildah's multi-stage build and its index of three platforms, umoci's 127 layers; each through a registry, too.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::Value;

use crate::command::{Folder, scan_json};
use crate::engines::{is_missing, push_all, registry};
use crate::images::dpkg_line;

/// An image of the set-up.
fn built(name: &str) -> Option<PathBuf> {
    let folder = testkit::workspace().join(".cache/images/built");
    if !folder.join("platforms/index.json").exists() {
        testkit::skip("images of real builders", "run `cargo xtask test` as root once, it makes them");
        return None;
    }
    Some(folder.join(name))
}

/// Lines of a tool's list, with single blanks.
fn stated(file: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(built(file).unwrap()).unwrap();
    text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn scan(arguments: &[&str]) -> Value {
    let report = scan_json(testkit::workspace(), &[&["--fail-on", "none", "--no-cache"], arguments].concat());
    let target = report["targets"][0].clone();
    let errors = target["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error");
    assert_eq!(errors.count(), 0, "{:#}", target["problems"]);
    target
}

fn packages(target: &Value, kind: &str, show: fn(&Value) -> String) -> BTreeSet<String> {
    let packages = target["packages"].as_array().unwrap().iter();
    packages.filter(|package| package["type"] == kind && package["state"].is_null()).map(show).collect()
}

fn name_and_version(package: &Value) -> String {
    format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
}

#[test]
fn a_multi_stage_build() {
    let Some(image) = built("staged") else { return };
    let target = scan(&[&format!("oci:{}", image.display())]);
    assert_eq!(packages(&target, "deb", dpkg_line), stated("packages.txt"));
    assert_eq!(packages(&target, "pypi", name_and_version), stated("python.txt"));
    assert_eq!(packages(&target, "npm", name_and_version), stated("node.txt"));
    assert!(stated("packages.txt").len() > 50 && stated("python.txt").len() == 2 && stated("node.txt").len() > 20);
    // Its own steps are on top of the base's two, and what the first stage made is nowhere.
    let layers = target["layers"].as_array().unwrap();
    assert!(layers.len() > 2, "{layers:?}");
    assert!(layers.iter().all(|layer| !layer["created_by"].as_str().unwrap_or_default().contains("left behind")));
    assert!(layers.last().unwrap()["created_by"].as_str().unwrap().contains("dpkg --purge"), "{layers:?}");
    let root: Vec<_> = target["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|found| ["image/runs-as-root", "image/no-user"].iter().any(|rule| found["rule"] == *rule))
        .collect();
    assert_eq!(root.len(), 0, "USER 1000 is no root: {root:?}");
}

#[test]
fn one_hundred_and_twenty_seven_layers() {
    let Some(image) = built("many") else { return };
    let target = scan(&[&format!("oci:{}", image.display())]);
    let layers = target["layers"].as_array().unwrap();
    assert_eq!((layers.len(), layers[126]["created_by"].as_str()), (127, Some("layer 126")));
    // Every third layer writes the database again; the last is the 127th.
    assert_eq!(packages(&target, "deb", name_and_version), BTreeSet::from(["many 126".to_owned()]));
    let efficiency = &target["efficiency"];
    let causes = efficiency["causes"].as_array().unwrap().iter();
    let overwritten: u64 =
        causes.filter(|one| one["cause"] == "overwritten").map(|one| one["files"].as_u64().unwrap()).sum();
    assert_eq!(overwritten, 42, "{efficiency:#}");
}

#[test]
fn an_index_of_three_platforms() {
    let Some(image) = built("platforms") else { return };
    let layout = format!("oci:{}", image.display());
    let check = |arguments: &[&str], platform: &str, package: &str| {
        let target = scan(arguments);
        assert_eq!(target["platform"], platform);
        assert_eq!(packages(&target, "deb", name_and_version), BTreeSet::from([format!("only-{package} 1")]));
    };
    let platforms = [("linux/amd64", "amd64"), ("linux/arm64", "arm64"), ("linux/arm/v7", "arm")];
    for (platform, package) in platforms {
        check(&["--platform", platform, &layout], platform, package);
    }
    if is_missing(&["docker-registry", "skopeo"]) {
        return;
    }
    let folder = Folder::new();
    let (_service, address) = registry(&folder, "");
    push_all(&image, &format!("docker://{address}/team/platforms:1"));
    let reference = format!("registry:{address}/team/platforms:1");
    for (platform, package) in platforms {
        check(&["--plain-http", &address, "--platform", platform, &reference], platform, package);
    }
}
