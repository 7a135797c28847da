//! Both generations, every kind of repository.

use insta::assert_snapshot;

use super::DETECTOR;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const LOCK_FILE: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/helm/Chart.lock");
const MANIFEST: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/helm/Chart.yaml");

#[test]
fn lock() {
    assert_snapshot!(list(&run(&DETECTOR, "Chart.lock", LOCK_FILE)), @r#"
    pkg:helm/postgresql@10.3.11?repository_url=https:%2F%2Fcharts.example%2Fbitnami · lines 2-4 · OtherRegistry("https://charts.example/bitnami") · Direct · Runtime
    pkg:helm/redis@16.13.2?repository_url=oci:%2F%2Fregistry.example%2Fcharts · lines 5-7 · OtherRegistry("oci://registry.example/charts") · Direct · Runtime
    pkg:helm/shared@0.1.0 · lines 8-9 · Path · Direct · Runtime
    pkg:helm/inner@1.0.0%2Bbuild.5?repository_url=%40team · lines 11-13 · OtherRegistry("@team") · Direct · Runtime
    pkg:helm/bundled@2.0.0 · lines 14-16 · Path · Direct · Runtime
    pkg:helm/redis@16.13.2?repository_url=oci:%2F%2Fregistry.example%2Fcharts · lines 17-19 · OtherRegistry("oci://registry.example/charts") · Direct · Runtime
    Error Shape line 20: package `half` has no version: it is not read
    "#);
}

#[test]
fn with_the_manifest() {
    let found = run_with(&DETECTOR, "x/Chart.lock", LOCK_FILE, &[("x/Chart.yaml", MANIFEST)]);
    let scopes: Vec<String> =
        found.packages.iter().map(|package| format!("{} {:?}", package.name, package.scope)).collect();
    assert_snapshot!(scopes.join("\n"), @r"
    postgresql Optional
    redis Runtime
    shared Runtime
    inner Runtime
    bundled Runtime
    redis Runtime
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "Chart.lock", &LOCK_FILE[..100])), @r#"
    pkg:helm/postgresql@10.3.11?repository_url=https:%2F%2Fcharts.example%2Fbitnami · lines 2-4 · OtherRegistry("https://charts.example/bitnami") · Direct · Runtime
    Warning Truncated line 5: the file does not end in a line break, as its tool writes it: it may be cut short
    Error Shape line 5: a package without a name: it is not read
    "#);
    assert_snapshot!(list(&run(&DETECTOR, "requirements.lock", b"dependencies:\n- name: a\n- version: 1\n- x\n")), @r"
    Error Shape line 2: package `a` has no version: it is not read
    Error Shape line 3: a package without a name: it is not read
    Error Shape line 4: a package without a name: it is not read
    ");
    assert_snapshot!(list(&run(&DETECTOR, "Chart.lock", b"a: 1\n")), @r"Error Shape line 1: the file has no `dependencies`: it locks no charts");
}

#[test]
fn a_chart_without_dependencies() {
    assert_snapshot!(list(&run(&DETECTOR, "Chart.lock", b"dependencies: []\ndigest: sha256:643d\n")), @"");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "Chart.lock", LOCK_FILE);
}
