//! The demo of the README: what a new user sees first.

use std::collections::BTreeSet;

use crate::command::{NOW, check_report, portcullis};

#[test]
fn the_demo_stops_the_release_with_every_class() {
    let run = portcullis(&["scan", "fixtures/demo", "-f", "json", "--now", NOW]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("a report");
    check_report(&report);
    let targets = report["targets"].as_array().unwrap();
    let kinds: Vec<&str> = targets.iter().map(|target| target["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["directory", "image"]);
    let findings: Vec<&serde_json::Value> =
        targets.iter().flat_map(|target| target["findings"].as_array().unwrap()).collect();
    let classes: BTreeSet<&str> = findings.iter().map(|finding| finding["class"].as_str().unwrap()).collect();
    assert!(classes.is_superset(&["vulnerability", "unmaintained", "policy"].into()), "{classes:?}");
    for finding in targets[0]["findings"].as_array().unwrap() {
        assert!(finding["locations"][0]["line"].is_u64(), "no line: {finding:#}");
    }
    let image = &targets[1];
    let of_packages = image["findings"].as_array().unwrap().iter().filter(|finding| finding["package"].is_string());
    assert!(of_packages.clone().count() > 0);
    assert!(of_packages.into_iter().all(|finding| finding["locations"][0]["layer"].is_u64()));
    assert!(image["layers"][0]["created_by"].is_string(), "{}", image["layers"]);
    assert!(image["digest"].is_string() && image["os"]["id"].is_string());
}

#[test]
fn the_text_shows_lines_fixes_and_coverage() {
    let run = portcullis(&["scan", "fixtures/demo", "--now", NOW]);
    for expected in ["Dockerfile:", "deploy/deployment.yaml:", "Cargo.lock:", "web/package-lock.json:", "layer", "gate"]
    {
        assert!(run.stdout.contains(expected), "`{expected}` is not in\n{}", run.stdout);
    }
    assert!(!run.stdout.contains('\u{1b}'), "colour without a terminal");
    let coloured = portcullis(&["scan", "fixtures/demo", "--now", NOW, "--color", "always"]);
    assert!(coloured.stdout.contains('\u{1b}'));
}
